import { z } from 'zod'
import { type Picodollars, pico, Usd } from '../../shared/money.ts'

const CENT = 10_000_000_000n
const DOLLAR = 100n * CENT
const PICO_DIGITS = 12
const SIGNIFICANT_DIGITS = 4

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)

/** Making a format costs a hundred times what using it does, and a long list asks for the same few at every row. */
const formats = new Map<string, Intl.NumberFormat>()

const formatFor = (locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
  const name = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(name) ?? new Intl.NumberFormat(locale, options)
  formats.set(name, known)
  return known
}

const usd = (locale: string, decimals: number, signDisplay: 'auto' | 'exceptZero'): Intl.NumberFormat =>
  formatFor(locale, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: decimals,
    signDisplay,
  })

/** A whole number with the locale's separators. */
export const countInWords = (count: number, locale: string): string => formatFor(locale, {}).format(count)

const decimalsOf = (amount: bigint): number => {
  const whole = size(amount)
  if (whole >= DOLLAR || whole % CENT === 0n) return 2
  const leadingZeros = PICO_DIGITS - whole.toString().length
  return Math.min(PICO_DIGITS, leadingZeros + SIGNIFICANT_DIGITS)
}

const write = (
  amount: Picodollars,
  decimals: number,
  locale: string,
  signDisplay: 'auto' | 'exceptZero' = 'auto',
): string => usd(locale, decimals, signDisplay).format(z.encode(Usd, amount) as `${number}`)

/** Dollars as a person reads them: two decimals, and four significant digits below one dollar ($0.002342). Rounded for reading only. */
export const amountInWords = (amount: Picodollars, locale: string): string =>
  write(amount, decimalsOf(amount), locale)

/** The same with its sign, for a difference: `+$10.10`. */
export const signedAmount = (amount: Picodollars, locale: string): string =>
  write(amount, decimalsOf(amount), locale, 'exceptZero')

/** All digits, nothing rounded: for receipts, and for the hover over a rounded amount. */
export const exactAmount = (amount: Picodollars, locale: string): string => write(amount, PICO_DIGITS, locale)

const PICO_PER_DOLLAR = 1e12

/** Dollars as a number, for the height of a bar only. Never for arithmetic. */
export const barHeight = (amount: Picodollars): number => Number(amount) / PICO_PER_DOLLAR

/** The dollars at a height of a chart, as near as its number tells: for its axis and the hover over a bar. */
export const heightInWords = (height: number, locale: string): string =>
  amountInWords(pico(BigInt(Math.round(height * PICO_PER_DOLLAR))), locale)

/** A percentage of the wire, such as "12.5", as it is written: `12.5%`. */
export const percentInWords = (percent: string, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(Number(percent) / 100)

/** Hundredths of a percent that `part` is of `whole`, cut off at 100 %. A whole of nothing counts as full. */
export const percentOf = (part: bigint, whole: bigint): number => {
  if (whole <= 0n) return 100
  const share = Number((part * 10_000n) / whole) / 100
  return Math.min(100, Math.max(0, share))
}
