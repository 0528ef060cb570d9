import { CapChange } from '../../shared/cap.ts'
import { type Picodollars, Usd } from '../../shared/money.ts'
import type { Speech } from './words/speech.ts'

/** What a person typed as a cap: an amount that the vault accepts, or why not. */
type TypedCap =
  | { readonly state: 'amount'; readonly limit: Picodollars }
  | { readonly state: 'malformed' }
  | { readonly state: 'too-large' }

type Separators = { readonly group: string; readonly decimal: string }

const separatorsOf = (locale: string): Separators => {
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12_345.6)
  const written = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? ''
  return { group: written('group'), decimal: written('decimal') }
}

/** Thousands are grouped as the locale does it; cents follow its decimal sign, or a point, which one or two digits make plain. */
const plainDigits = (text: string, { group, decimal }: Separators): string | undefined => {
  const form = new RegExp(`^(\\d+|\\d{1,3}(?:\\D\\d{3})+)(?:[.${decimal}](\\d{1,2}))?$`)
  const [, whole, cents] = form.exec(text) ?? []
  const digits = whole?.replaceAll(group, '')
  if (digits === undefined || !/^\d+$/.test(digits)) return undefined
  return cents === undefined ? digits : `${digits}.${cents}`
}

/** Reads dollars as a person types them: `50`, `49.90`, `$1,000` or `1.000,50 $`. At most two decimals: a cap is not set finer. */
export const readTypedCap = (typed: string, locale: string): TypedCap => {
  const text = typed.trim().replace(/^\$\s*|\s*\$$/, '')
  const plain = plainDigits(text, separatorsOf(locale))
  if (plain === undefined) return { state: 'malformed' }
  const amount = Usd.safeParse(plain)
  if (!amount.success) return { state: 'too-large' }
  const accepted = CapChange.safeEncode({ limit: amount.data }).success
  return accepted ? { state: 'amount', limit: amount.data } : { state: 'too-large' }
}

/** What is wrong with what was typed as a cap; null: nothing. */
export const capFlaw = ({ t, locale }: Speech, typed: string): string | null => {
  const read = readTypedCap(typed, locale)
  if (read.state === 'amount') return null
  return read.state === 'too-large' ? t('popup.cap.tooLarge') : t('popup.cap.malformed')
}

/** How a cap stands in the field before it is changed: plain digits, two decimals at least, with the locale's own decimal sign. */
export const capAsTyped = (limit: Picodollars, locale: string): string =>
  Usd.encode(limit).replace('.', separatorsOf(locale).decimal)
