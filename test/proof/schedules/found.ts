/** The worst that was found until now, over all schedules. */
export type Found = {
  /** A hold was granted by which the worst cap was passed by `over`, or less than full by it. */
  grant(over: bigint): void
  leak(holds: number): void
  differ(amount: bigint): void
  add(other: Found): void
  figures(): { readonly overshoot: bigint; readonly leakedHolds: number; readonly difference: bigint }
}

/** Nothing found yet. */
export const nothingFound = (): Found => {
  let [overshoot, leakedHolds, difference] = [0n, 0, 0n]
  const grant = (over: bigint): void => {
    if (over > overshoot) overshoot = over
  }
  const leak = (holds: number): void => {
    leakedHolds = Math.max(leakedHolds, holds)
  }
  const differ = (amount: bigint): void => {
    const size = amount < 0n ? -amount : amount
    if (size > difference) difference = size
  }
  return {
    grant,
    leak,
    differ,
    add: (other) => {
      const figures = other.figures()
      grant(figures.overshoot)
      leak(figures.leakedHolds)
      differ(figures.difference)
    },
    figures: () => ({ overshoot, leakedHolds, difference }),
  }
}
