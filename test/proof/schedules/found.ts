/** The worst that was found until now, over all schedules. */
export type Found = {
  /** A hold was granted by which the worst cap was passed by `over`, or less than full by it. */
  grant(over: bigint): void
  /** A hold was declined. */
  decline(): void
  leak(holds: number): void
  differ(amount: bigint): void
  add(other: Found): void
  figures(): { readonly overshoot: bigint; readonly leakedHolds: number; readonly difference: bigint }
  /** How many holds were granted and declined. */
  asked(): { readonly granted: number; readonly declined: number }
}

/** Nothing found yet. */
export const nothingFound = (): Found => {
  let [overshoot, leakedHolds, difference] = [0n, 0, 0n]
  let [granted, declined] = [0, 0]
  const pass = (over: bigint): void => {
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
    grant: (over) => {
      granted += 1
      pass(over)
    },
    decline: () => {
      declined += 1
    },
    leak,
    differ,
    add: (other) => {
      const figures = other.figures()
      pass(figures.overshoot)
      leak(figures.leakedHolds)
      differ(figures.difference)
      granted += other.asked().granted
      declined += other.asked().declined
    },
    figures: () => ({ overshoot, leakedHolds, difference }),
    asked: () => ({ granted, declined }),
  }
}
