import { OwnRate, Percent, type PerMillion } from '../../../shared/books/prices.ts'
import { type Picodollars, Usd } from '../../../shared/money.ts'

type Signs = { readonly group: string; readonly decimal: string }

const signsOf = (locale: string): Signs => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12_345.6)
  const written = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: written('group'), decimal: written('decimal') }
}

/** Digits with a point, of a number typed with the locale's own sign or a point; undefined where a point may mean thousands. */
const plain = (typed: string, locale: string): string | undefined => {
  const { group, decimal } = signsOf(locale)
  const text = typed.trim().replace(/^\$\s*|\s*[$%]$/g, '')
  if (group === '.' && /^\d{1,3}\.\d{3}$/.test(text)) return undefined
  return text.replace(decimal, '.')
}

/** Dollars per million as a person types them, if the vault accepts them. */
export const readRate = (typed: string, locale: string): Picodollars | undefined => {
  const amount = Usd.safeParse(plain(typed, locale))
  return amount.success && OwnRate.safeEncode(amount.data).success ? amount.data : undefined
}

/** A percentage as a person types it, if the vault accepts it. */
export const readPercent = (typed: string, locale: string): string | undefined =>
  Percent.safeParse(plain(typed, locale)).data

/** Digits of the wire with the locale's own decimal sign, as they stand in a field. */
export const asTyped = (digits: string, locale: string): string =>
  digits.replace('.', signsOf(locale).decimal)

/** Prices where only input and output are told apart: whatever is read costs input. */
export const twoRates = (input: Picodollars, output: Picodollars): PerMillion => ({
  freshInput: input,
  cacheRead: input,
  cacheWrite5m: input,
  cacheWrite30m: input,
  cacheWrite1h: input,
  output,
  reasoning: output,
})
