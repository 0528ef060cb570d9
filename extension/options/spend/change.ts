import { type Picodollars, pico } from '../../../shared/money.ts'
import type { Spend, SpendDriver } from '../../../shared/spend.ts'
import { amountInWords, signedAmount } from '../../ui/amounts.ts'
import type { Speech } from '../../ui/words/speech.ts'
import { monthName, presentMonth } from './months.ts'

type Of<By extends SpendDriver['by']> = Extract<SpendDriver, { by: By }>
type Part = Exclude<SpendDriver, Of<'replies'> | Of<'reply-cost'>>

const size = (amount: bigint): Picodollars => pico(amount < 0n ? -amount : amount)

const isPart = (driver: SpendDriver): driver is Part =>
  driver.by === 'model' || driver.by === 'member' || driver.by === 'channel'

/** The part that pulled the same way as the whole and the hardest; parts without a name explain nothing to anybody. */
const mainPart = (drivers: readonly SpendDriver[], change: bigint): (Part & { name: string }) | undefined =>
  drivers
    .filter(isPart)
    .flatMap(({ name, ...part }) => (name === null ? [] : [{ ...part, name }]))
    .find(({ difference }) => difference > 0n === change > 0n)

const totalInWords = ({ t, locale }: Speech, change: bigint, month: string, running: boolean): string => {
  const facts = { amount: amountInWords(size(change), locale), month }
  if (change === 0n)
    return t(running ? 'options.spend.change.sameByNow' : 'options.spend.change.same', { month })
  if (change > 0n) return t(running ? 'options.spend.change.moreByNow' : 'options.spend.change.more', facts)
  return t(running ? 'options.spend.change.lessByNow' : 'options.spend.change.less', facts)
}

const partInWords = ({ t, locale }: Speech, part: Part & { name: string }, change: bigint): string => {
  const facts = { name: part.name, amount: signedAmount(part.difference, locale) }
  const isMost = size(part.difference) * 2n >= size(change)
  return t(isMost ? 'options.spend.change.most' : 'options.spend.change.largest', facts)
}

const repliesInWords = ({ t, locale }: Speech, { before, after, difference }: Of<'replies'>): string => {
  const facts = { count: Math.abs(after - before), amount: signedAmount(difference, locale) }
  return t(after > before ? 'options.spend.change.moreReplies' : 'options.spend.change.fewerReplies', facts)
}

const costInWords = ({ t, locale }: Speech, { before, after, difference }: Of<'reply-cost'>): string =>
  t('options.spend.change.replyCost', {
    after: amountInWords(after, locale),
    before: amountInWords(before, locale),
    amount: signedAmount(difference, locale),
  })

/**
 * What changed against the month before, and what drove it, as plain sentences: the total, the one part that explains most of it, the number of
 * replies, and what a reply cost. A running month is compared until the same moment. Undefined without a month before.
 */
export const changeInWords = (speech: Speech, spend: Spend): string | undefined => {
  const { before, drivers } = spend
  if (before === null) return undefined
  const change = spend.settled - before.settled
  const main = mainPart(drivers, change)
  const replies = drivers.find((driver): driver is Of<'replies'> => driver.by === 'replies')
  const cost = drivers.find((driver): driver is Of<'reply-cost'> => driver.by === 'reply-cost')
  const running = spend.month === presentMonth(spend)
  return [
    totalInWords(speech, change, monthName(before.month, speech.locale), running),
    ...(main === undefined || change === 0n ? [] : [partInWords(speech, main, change)]),
    ...(replies === undefined || replies.before === replies.after ? [] : [repliesInWords(speech, replies)]),
    ...(cost === undefined || cost.before === 0n || cost.after === 0n ? [] : [costInWords(speech, cost)]),
  ].join(' ')
}
