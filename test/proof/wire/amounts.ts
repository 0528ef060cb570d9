export const greater = (one: bigint, other: bigint): bigint => (one > other ? one : other)

/** By how much an amount is above another; zero when it is not. */
export const above = (amount: bigint, limit: bigint): bigint => greater(amount - limit, 0n)

/** How far apart two amounts are. */
export const apart = (one: bigint, other: bigint): bigint => above(one, other) + above(other, one)

export const total = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, amount) => sum + amount, 0n)
