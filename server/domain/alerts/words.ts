import type { Alert, AlertSubject } from '../../../shared/books/alerts.ts'
import type { Picodollars } from '../../../shared/money.ts'
import type { FailureReason, ProviderName } from '../../../shared/providers.ts'

/** What a person reads: a line above all, then sentences. */
export type Message = { readonly title: string; readonly sentences: readonly string[] }

/** Puts an alert into words, for readers of a workspace. */
export type MessageOf = (
  alert: Pick<Alert, 'subject'>,
  workspace: { readonly name: string; readonly timeZone: string },
) => Message

type SubjectOf<Kind extends AlertSubject['kind']> = Extract<AlertSubject, { readonly kind: Kind }>

const PICO = 1_000_000_000_000n
/** Picodollars of the smallest amount that is read, a hundredth of a cent, and of a cent. */
const LEAST = 100_000_000n
const CENT = 10_000_000_000n

const rounded = (amount: bigint, step: bigint): bigint => ((amount + step / 2n) / step) * step

/** Dollars as people read them: to the cent, below a dollar to its hundredth. */
export const dollarsInWords = (amount: Picodollars): string => {
  if (amount > 0n && amount < LEAST) return 'less than $0.0001'
  const read = rounded(amount, amount < PICO ? LEAST : CENT)
  const [whole = '0', fraction = ''] = (Number(read / LEAST) / 10_000).toFixed(4).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `$${grouped}.${fraction.replace(/0{1,2}$/, '')}`
}

const momentInWords = (at: number, timeZone: string): string => {
  const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
    at,
  )
  return `${moment} (${timeZone})`
}

const providers: Readonly<Record<ProviderName, string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  bedrock: 'AWS Bedrock',
  compatible: 'the compatible endpoint',
}

const quoted = (name: string): string => `“${name.replace(/\s+/g, ' ')}”`

const capInWords = ({ scope, kind, name }: SubjectOf<'cap'>['cap']): string => {
  const period = kind === 'month' ? 'monthly cap' : 'daily cap'
  if (scope === 'workspace') return `the workspace’s ${period}`
  if (scope === 'playground') return `the playground’s ${period}`
  return `the ${period} of the ${scope} ${quoted(name ?? '')}`
}

const capMessage = (subject: SubjectOf<'cap'>, timeZone: string): Message => {
  const { percent, refused, limit, settled, resetsAt } = subject
  const cap = capInWords(subject.cap)
  const isWhole = percent === 100
  const used = `${dollarsInWords(settled)} of ${dollarsInWords(limit)} ${isWhole ? 'are used' : 'are used so far'}.`
  const pauses = `What counts under it pauses until the cap is raised or starts anew on ${momentInWords(resetsAt, timeZone)}.`
  if (refused)
    return {
      title: `${cap} refused a draft`,
      sentences: [`A draft was refused, since it would not have fitted under ${cap}. ${used}`, pauses],
    }
  if (isWhole) return { title: `${cap} is reached`, sentences: [`100% of ${cap} are used. ${used}`, pauses] }
  return {
    title: `${percent}% of ${cap} are used`,
    sentences: [
      `${percent}% of ${cap} are used. ${used}`,
      `It starts anew on ${momentInWords(resetsAt, timeZone)}.`,
    ],
  }
}

const foreignUseMessage = ({ provider, keyLabel, model, day, amount }: SubjectOf<'foreign-use'>): Message => {
  const seller = providers[provider]
  const more = amount === null ? 'use' : `${dollarsInWords(amount)} of use`
  return {
    title: `the key ${quoted(keyLabel)} was used outside Ownkey`,
    sentences: [
      `${seller} reports ${more} of the key ${quoted(keyLabel)} on ${day} (UTC), model ${model}, that no receipt knows.`,
      `If none of you did that, replace the key now and revoke the old one at ${seller}.`,
    ],
  }
}

const overHoldMessage = ({ receiptId, held, settled }: SubjectOf<'over-hold'>): Message => ({
  title: 'a call cost more than was held for it',
  sentences: [
    `A call cost ${dollarsInWords(settled)}, but only ${dollarsInWords(held)} were held for it. It is settled at what it cost, and so counts under every cap.`,
    `It is receipt ${receiptId}.`,
  ],
})

/** Why a provider refused a key, as the end of a sentence; the others are mended by trying again, so nobody is told of them. */
const refusals: Readonly<Partial<Record<FailureReason, string>>> = {
  'key-invalid': 'it does not accept the key',
  'key-revoked': 'it no longer accepts the key',
  'no-credit': 'the account has no credit left',
  'spend-limit': 'a spend limit of the account is reached',
  'on-hold': 'the organization is on hold',
  'not-permitted': 'the key is not permitted to do this',
  'region-refused': 'it does not serve the region that the vault is in',
  'model-missing': 'it does not offer this model to the key',
  'model-retired': 'the model is retired',
}

const keyMessage = ({ provider, label, model, reason, out }: SubjectOf<'key-refused'>): Message => ({
  title: `${providers[provider]} refused the key ${quoted(label)}`,
  sentences: [
    out
      ? `The reason that it gave: ${refusals[reason] ?? reason}.`
      : `A draft with ${model} was refused: ${refusals[reason] ?? reason}.`,
    out
      ? 'The key answers no more until an admin sees to it on the Keys page.'
      : 'The key goes on answering where it may; the Keys page shows what it can do.',
  ],
})

const testMessage = ({ by }: SubjectOf<'test'>): Message => ({
  title: 'this is a test',
  sentences: [`${quoted(by)} asked for a test. Alerts arrive here.`],
})

const bySubject = (subject: AlertSubject, timeZone: string): Message => {
  switch (subject.kind) {
    case 'cap':
      return capMessage(subject, timeZone)
    case 'foreign-use':
      return foreignUseMessage(subject)
    case 'key-refused':
      return keyMessage(subject)
    case 'over-hold':
      return overHoldMessage(subject)
    case 'test':
      return testMessage(subject)
  }
}

/** An alert in plain English sentences. Holds names, amounts and moments, and no secret. */
export const messageOf: MessageOf = ({ subject }, { name, timeZone }) => {
  const { title, sentences } = bySubject(subject, timeZone)
  return { title: `Ownkey, ${quoted(name)}: ${title}`, sentences }
}

/** The text of an e-mail. */
export const mailText = ({ sentences }: Message): string =>
  [
    ...sentences,
    'Owners and admins choose on the Alerts page of the extension’s options who gets these messages, and when.',
  ].join('\n\n')

/** Slack reads names and links into these signs. */
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => signs[sign] ?? sign)

/** The body of a webhook, in the shape that Slack takes: a text for notifications, and the sentences as blocks. */
export const slackBody = ({ title, sentences }: Message): string => {
  const blocks = [title, ...sentences].map((text) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: escaped(text), verbatim: true },
  }))
  return JSON.stringify({ text: escaped([title, ...sentences].join('\n')), blocks })
}
