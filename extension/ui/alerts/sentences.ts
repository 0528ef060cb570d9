import type { AlertSubject, Delivery } from '../../../shared/books/alerts.ts'
import { amountInWords, percentInWords } from '../amounts.ts'
import { dayInWords, momentInWords } from '../moments.ts'
import type { Speech } from '../words/speech.ts'

type Subject<Kind extends AlertSubject['kind']> = Extract<AlertSubject, { kind: Kind }>

const capAlertInWords = ({ t, locale }: Speech, subject: Subject<'cap'>): string => {
  const { scope, kind, id, name } = subject.cap
  const whose = scope === 'workspace' || scope === 'playground' ? scope : 'named'
  const named = { name: name ?? id }
  if (subject.refused) return t(`alerts.refused.${whose}.${kind}`, named)
  const percent = percentInWords(String(subject.percent), locale)
  const limit = amountInWords(subject.limit, locale)
  return t(`alerts.reached.${whose}.${kind}`, { ...named, percent, limit })
}

const foreignUseInWords = ({ t, locale }: Speech, subject: Subject<'foreign-use'>): string => {
  const { keyLabel: label, model, day, amount } = subject
  const facts = { label, model, day: dayInWords(Date.parse(`${day}T12:00:00Z`), locale, 'UTC') }
  return amount === null
    ? t('alerts.foreignUse', facts)
    : t('alerts.foreignCost', { ...facts, amount: amountInWords(amount, locale) })
}

/** What somebody is told, as one sentence that stands by itself. */
export const alertInWords = (speech: Speech, subject: AlertSubject): string => {
  const { t, locale } = speech
  switch (subject.kind) {
    case 'cap':
      return capAlertInWords(speech, subject)
    case 'foreign-use':
      return foreignUseInWords(speech, subject)
    case 'key-refused': {
      const { provider, label, reason, out } = subject
      const facts = { provider: t(`providers.${provider}`), label, reason: t(`reasons.${reason}`) }
      return out ? t('alerts.keyOut', facts) : t('alerts.keyTrouble', facts)
    }
    case 'over-hold': {
      const { held, settled } = subject
      const facts = { held: amountInWords(held, locale), settled: amountInWords(settled, locale) }
      return t('alerts.overHold', facts)
    }
    case 'test':
      return t('alerts.test', { name: subject.by })
  }
}

/** The page of the options that shows more, and what the way there is called. */
type Lead = { readonly page: 'caps' | 'statements' | 'receipts' | 'keys'; readonly route: string }

/** Where an alert leads; undefined where there is nothing to see. */
export const leadOf = (subject: AlertSubject): Lead | undefined => {
  switch (subject.kind) {
    case 'cap':
      return { page: 'caps', route: '/caps' }
    case 'foreign-use':
      return { page: 'statements', route: `/statements?month=${subject.day.slice(0, 7)}` }
    case 'key-refused':
      return { page: 'keys', route: '/keys' }
    case 'over-hold':
      return { page: 'receipts', route: `/receipts/${subject.receiptId}` }
    case 'test':
      return undefined
  }
}

const GONE = ['404', '410']
const SLOWER = '429'
/** Answers of a mail server that speak of the vault's login, and not of the recipient (RFC 4954). */
const OF_THE_LOGIN = ['530', '534', '535', '538']

const mailAnswer = (code: string): 'login' | 'later' | 'refused' => {
  if (OF_THE_LOGIN.includes(code)) return 'login'
  return code.startsWith('4') ? 'later' : 'refused'
}

const webAnswer = (code: string): 'gone' | 'slower' | 'answered' => {
  if (GONE.includes(code)) return 'gone'
  return code === SLOWER ? 'slower' : 'answered'
}

/** What another side answered, such as `http-410` or `smtp-550`; undefined when the reason is of another kind. */
const answerInWords = ({ t }: Speech, reason: string): string | undefined => {
  const [, kind, code = ''] = /^(http|smtp)-(\d{3})$/.exec(reason) ?? []
  if (kind === undefined) return undefined
  return t(`alerts.why.${kind === 'smtp' ? mailAnswer(code) : webAnswer(code)}`, { code })
}

const plainReasons = [
  'timeout',
  'unreachable',
  'unknown-host',
  'refused-address',
  'redirected',
  'no-mail-server',
  'smtp-tls',
  'smtp-login',
  'removed',
  'restored',
  'vault-error',
] as const

/** Why something did not arrive, as a part of a sentence. A reason that a later vault may give stands as it is. */
export const whyInWords = (speech: Speech, reason: string): string => {
  const plain = plainReasons.find((one) => one === reason)
  if (plain !== undefined) return speech.t(`alerts.why.${plain}`)
  return answerInWords(speech, reason) ?? speech.t('alerts.why.unknown', { reason })
}

/** What became of the telling, without whom it went to. */
export const deliveryInWords = (speech: Speech, delivery: Delivery, timeZone?: string): string => {
  const { t, locale } = speech
  const { state, tries, nextAt, failure } = delivery
  if (state === 'delivered') return t('alerts.delivery.delivered')
  if (state === 'waiting' && (tries === 0 || failure === null)) return t('alerts.delivery.sending')
  const why = whyInWords(speech, failure ?? 'unknown')
  if (state === 'given-up') return t('alerts.delivery.given-up', { why })
  if (nextAt === null) return t('alerts.delivery.waiting', { why })
  return t('alerts.delivery.again', { why, moment: momentInWords(nextAt, locale, timeZone) })
}
