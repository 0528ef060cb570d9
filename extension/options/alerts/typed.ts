import { AlertSettingsChange, Threshold } from '../../../shared/books/alerts.ts'

/** How many shares and addresses the vault takes. */
export const MOST_THRESHOLDS = 8
export const MOST_EMAILS = 20

/** A row of the form. `percent` is what was typed; `id` tells rows apart while nothing is typed. */
export type TypedThreshold = { readonly id: string; readonly percent: number | string; readonly on: boolean }

/** In the order of their percentage, as they are told. */
export const asTyped = (thresholds: readonly Threshold[], newId: () => string): TypedThreshold[] =>
  thresholds
    .toSorted((one, other) => one.percent - other.percent)
    .map(({ percent, on }) => ({ id: newId(), percent, on }))

type Flaw = 'whole' | 'twice'

/** What speaks against a row among the others. */
export const thresholdFlaw = (typed: TypedThreshold, all: readonly TypedThreshold[]): Flaw | undefined => {
  if (!Threshold.safeParse({ percent: typed.percent, on: typed.on }).success) return 'whole'
  return all.some(({ id, percent }) => id !== typed.id && percent === typed.percent) ? 'twice' : undefined
}

/** The rows as the vault takes them; undefined while one of them has a flaw. */
export const thresholdsTyped = (all: readonly TypedThreshold[]): Threshold[] | undefined => {
  const read = AlertSettingsChange.shape.thresholds.safeParse(
    all.map(({ percent, on }) => ({ percent, on })),
  ).data
  return read?.toSorted((one, other) => one.percent - other.percent)
}

const MOST_CHARACTERS = 254

/** What speaks against an address among those that are there; `empty`: nothing was typed. */
type EmailFlaw = 'empty' | 'long' | 'invalid' | 'twice' | 'most'

/** Undefined: it can be added. */
export const emailFlaw = (typed: string, there: readonly string[]): EmailFlaw | undefined => {
  const address = typed.trim()
  if (address === '') return 'empty'
  if (address.length > MOST_CHARACTERS) return 'long'
  if (!AlertSettingsChange.shape.emails.safeParse([address]).success) return 'invalid'
  const same = there.some((one) => one.toLowerCase() === address.toLowerCase())
  if (same) return 'twice'
  return there.length >= MOST_EMAILS ? 'most' : undefined
}
