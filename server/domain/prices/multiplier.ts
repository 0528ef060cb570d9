import { type Picodollars, pico } from '../../../shared/money.ts'

type Ratio = { readonly numerator: bigint; readonly denominator: bigint }

const ratioOf = (decimal: string): Ratio => {
  const [, whole, fraction = ''] = /^(\d{1,3})(?:\.(\d{1,6}))?$/.exec(decimal) ?? []
  if (whole === undefined) throw new Error(`${decimal} is no multiplier`)
  return { numerator: BigInt(whole + fraction), denominator: 10n ** BigInt(fraction.length) }
}

/** `amount` × a decimal factor such as "1.1", rounded up to a whole picodollar where that is needed; null means × 1. */
export const times = (amount: Picodollars, multiplier: string | null): Picodollars => {
  if (multiplier === null) return amount
  const { numerator, denominator } = ratioOf(multiplier)
  return pico((amount * numerator + denominator - 1n) / denominator)
}

/** One factor for several, exact, such as "0.55" for "0.5" and "1.1"; null when there is none. */
export const product = (multipliers: readonly (string | null)[]): string | null => {
  const ratios = multipliers.filter((multiplier) => multiplier !== null).map(ratioOf)
  if (ratios.length === 0) return null
  const digits = ratios.reduce((all, { numerator }) => all * numerator, 1n).toString()
  const places = ratios.reduce((all, { denominator }) => all * denominator, 1n).toString().length - 1
  const padded = digits.padStart(places + 1, '0')
  const whole = padded.slice(0, padded.length - places)
  const fraction = padded.slice(padded.length - places).replace(/0+$/, '')
  return fraction === '' ? whole : `${whole}.${fraction}`
}
