/** What a model costs for each token of a kind; in which unit does not matter, as long as both models have the same. */
type Prices = { readonly input: bigint; readonly output: bigint }

/** A backup that costs up to this many hundredths of the primary needs nobody's leave: ten times. */
const MOST_UNASKED = 1_000

const hundredths = (asked: bigint, of: bigint): number => {
  if (of === 0n) return asked === 0n ? 100 : Number.POSITIVE_INFINITY
  return Number((asked * 100n + of - 1n) / of)
}

/**
 * What the backup costs at most for the same work, in hundredths of the primary: the larger of the proportions of input and output, so no draft has a
 * larger one. Rounded up, so that whatever is over a bound stays over it. Infinity beside a primary that is free.
 */
export const priceGap = (primary: Prices, backup: Prices): number =>
  Math.max(hundredths(backup.input, primary.input), hundredths(backup.output, primary.output))

/** Whether a backup with this gap may answer only where an admin has allowed it: more than ten times. */
export const isMuchDearer = (gap: number): boolean => gap > MOST_UNASKED
