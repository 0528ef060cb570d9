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
