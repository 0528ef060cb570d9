import { z } from 'zod'

declare const picodollars: unique symbol

/** Whole picodollars: 1 USD = 1,000,000,000,000. A price of $1 per million tokens is exactly 1,000,000 per token. */
export type Picodollars = bigint & { readonly [picodollars]: true }

/** Marks a whole number as picodollars. The caller vouches for the unit. */
export const pico = (amount: bigint): Picodollars => amount as Picodollars

export const zero = pico(0n)

const PICO_DIGITS = 12
const usdPattern = /^(-?)(\d{1,7})(?:\.(\d{1,12}))?$/

const toPico = (text: string): Picodollars => {
  const [, sign, whole = '0', fraction = ''] = usdPattern.exec(text) ?? []
  const amount = BigInt(whole + fraction.padEnd(PICO_DIGITS, '0'))
  return pico(sign === '-' ? -amount : amount)
}

const toUsd = (amount: bigint): string => {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(PICO_DIGITS + 1, '0')
  const whole = digits.slice(0, -PICO_DIGITS)
  const fraction = digits.slice(-PICO_DIGITS).replace(/0+$/, '').padEnd(2, '0')
  return `${amount < 0n ? '-' : ''}${whole}.${fraction}`
}

/** Dollars on the wire: a decimal string, exact to the picodollar, at least two decimals. JSON numbers are floats. */
export const Usd = z.codec(
  z.string().regex(usdPattern),
  z.custom<Picodollars>((value) => typeof value === 'bigint'),
  {
    decode: toPico,
    encode: toUsd,
  },
)

/** Reads a decimal string of dollars. Throws a ZodError for anything else. */
export const dollars = (text: string): Picodollars => Usd.parse(text)

/** Cost of `tokens` at `perToken`, exact: nothing is rounded, so totals of receipts equal the total. */
export const costOf = (tokens: number, perToken: Picodollars): Picodollars => pico(BigInt(tokens) * perToken)

/** The exact total; zero of nothing. */
export const sum = (amounts: Iterable<Picodollars>): Picodollars => {
  let total = 0n
  for (const amount of amounts) total += amount
  return pico(total)
}
