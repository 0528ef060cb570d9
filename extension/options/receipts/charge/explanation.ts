import { sum } from '../../../../shared/money.ts'
import type { Attempt, ReceiptLine } from '../../../../shared/receipts.ts'
import { exactAmount } from '../../../ui/amounts.ts'
import { exactMoment } from '../../../ui/moments.ts'
import type { Speech } from '../../../ui/words/speech.ts'
import { contradictionInWords } from './Contradiction.tsx'
import { overHoldInWords } from './OverHold.tsx'
import { priceInWords } from './price.ts'

type Asked = { readonly attempt: Attempt; readonly timeZone: string | undefined }

const lineInWords = ({ t, locale }: Speech, { bucket, tokens, perMillion, amount }: ReceiptLine): string =>
  `${t(`buckets.${bucket}`)}: ${new Intl.NumberFormat(locale).format(tokens)} × ${exactAmount(perMillion, locale)} / 1,000,000 = ${exactAmount(amount, locale)}`

const formulaInWords = (speech: Speech, { lines }: Attempt): readonly string[] => {
  const { t, locale } = speech
  if (lines.length === 0) return [t('options.receipt.noLines')]
  const total = exactAmount(sum(lines.map(({ amount }) => amount)), locale)
  return [...lines.map((line) => lineInWords(speech, line)), `${t('options.receipt.sum')}: ${total}`]
}

/** What the prices of the lines contain besides the list price; empty when nothing. */
export const factorsInWords = ({ t, locale }: Speech, attempt: Attempt): readonly string[] => {
  const { multiplier, tier, region, longOver } = attempt
  const because = [tier, region].filter((name) => name !== null).join(', ')
  const over = longOver === null ? '' : new Intl.NumberFormat(locale).format(longOver)
  return [
    ...(multiplier === null ? [] : [t('options.receipt.factor', { multiplier, because })]),
    ...(longOver === null ? [] : [t('options.receipt.long', { over })]),
  ]
}

const moneyInWords = (
  { t, locale }: Speech,
  { settled, likely, held, certainty }: Attempt,
): readonly string[] => [
  `${t('options.receipt.settled')}: ${exactAmount(settled, locale)}`,
  ...(likely === null ? [] : [`${t('options.receipt.likely')}: ${exactAmount(likely, locale)}`]),
  `${t('options.receipt.reserved')}: ${exactAmount(held, locale)}`,
  `${t('options.receipt.certainty')}: ${t(`certainties.${certainty}.name`)}`,
]

/** The whole charge of one provider call as text, line by line, to be sent to somebody who asks. It holds no word of a customer. */
export const explanationOf = (speech: Speech, { attempt, timeZone }: Asked): string => {
  const { t, locale } = speech
  const { id, number, provider, model, startedAt, price, flaw, providerRequestId } = attempt
  const overHold = overHoldInWords(speech, attempt)
  return [
    `${t('options.receipt.attempt', { number })}: ${t(`providers.${provider}`)}, ${model}, ${exactMoment(startedAt, locale, timeZone)}`,
    ...formulaInWords(speech, attempt),
    ...factorsInWords(speech, attempt),
    ...moneyInWords(speech, attempt),
    ...(overHold === undefined ? [] : [overHold]),
    `${t('options.receipt.priceSource')}: ${priceInWords(speech, price)} (${price.id})`,
    ...(flaw === null ? [] : [contradictionInWords(speech, flaw)]),
    ...(providerRequestId === null ? [] : [`${t('options.receipt.providerRequest')}: ${providerRequestId}`]),
    id,
  ].join('\n')
}
