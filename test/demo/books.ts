import type { Cap } from '../../shared/cap.ts'
import { type Picodollars, sum, Usd, zero } from '../../shared/money.ts'
import { buckets, noUsage, type Usage } from '../../shared/providers.ts'
import type { Attempt, Receipt } from '../../shared/receipts.ts'
import type { BookedCall, Simulator } from '../provider/simulator.ts'

/** Everything that must agree for the demo to end well; each sentence is a disagreement. */
export type Books = {
  readonly receipts: readonly Receipt[]
  readonly calls: readonly BookedCall[]
  readonly bill: bigint
  readonly cap: Cap
}

/** A call that was refused has no usage, and nothing on the bill. */
const sameUsage = (usage: Usage | null, billed: Usage): boolean =>
  buckets.every((bucket) => (usage ?? noUsage)[bucket] === billed[bucket])

const callOf = (calls: readonly BookedCall[], requestId: string | null): BookedCall | undefined =>
  calls.find(({ id }) => requestId === `req_${id}`)

const disagreementsOf = (attempt: Attempt, calls: readonly BookedCall[]): string[] => {
  const { providerRequestId, usage, settled, lines } = attempt
  const call = callOf(calls, providerRequestId)
  if (call === undefined) return [`The provider knows no call ${providerRequestId}`]
  const formula = sum(lines.map(({ amount }) => amount))
  return [
    ...(sameUsage(usage, call.buckets) ? [] : [`${call.id}: the receipt and the bill count other tokens`]),
    ...(settled === call.picodollars
      ? []
      : [`${call.id}: receipt ${usd(settled)}, bill ${usd(call.picodollars)}`]),
    ...(formula === settled ? [] : [`${call.id}: the lines of the formula are not its sum`]),
  ]
}

/** What nobody was told the end of: the bill is at most what was settled, and that at most what was held. */
const disagreementsOfEstimates = (estimated: readonly Attempt[], billed: bigint): string[] => {
  const settled = sum(estimated.map((attempt) => attempt.settled))
  const held = sum(estimated.map((attempt) => attempt.held))
  return [
    ...(billed <= settled ? [] : [`Estimated at ${usd(settled)}, but ${usd(billed)} is billed`]),
    ...(settled <= held ? [] : [`Estimated at ${usd(settled)}, but only ${usd(held)} was held`]),
    ...estimated
      .filter(({ outcome }) => outcome !== 'lost' && outcome !== 'cut')
      .map(({ id }) => `Attempt ${id} is estimated, but not marked as cut`),
  ]
}

/** Amount of dollars, exact to the last digit. */
export const usd = (amount: bigint): string => Usd.encode(amount as Picodollars)

/** What counts under the workspace's cap: everything but what was tried out. */
const counted = (receipts: readonly Receipt[]): Picodollars =>
  sum(receipts.filter(({ purpose }) => purpose !== 'playground').map(({ settled }) => settled))

/** Compares receipts, bill and cap to the picodollar and the token. Empty when all agree. */
export const disagreements = ({ receipts, calls, bill, cap }: Books): string[] => {
  const settled = sum(receipts.map((receipt) => receipt.settled))
  const attempts = receipts.flatMap((receipt) => receipt.attempts)
  const exact = attempts.filter(({ certainty }) => certainty === 'exact')
  const estimated = attempts.filter(({ certainty }) => certainty === 'estimated')
  const exactly = sum(exact.map((attempt) => attempt.settled))
  return [
    ...exact.flatMap((attempt) => disagreementsOf(attempt, calls)),
    ...disagreementsOfEstimates(estimated, bill - exactly),
    ...(attempts.length === calls.length
      ? []
      : [`${attempts.length} attempts, but ${calls.length} calls were billed`]),
    ...(settled === bill || estimated.length > 0
      ? []
      : [`The receipts say ${usd(settled)}, the bill ${usd(bill)}`]),
    ...(counted(receipts) === cap.settled
      ? []
      : [`The cap counts ${usd(cap.settled)}, the receipts ${usd(counted(receipts))}`]),
    ...(cap.held === zero ? [] : [`${usd(cap.held)} is still held`]),
  ]
}

/** The simulator's books as JSON can say them. */
export const simulatorInWords = (simulator: Simulator) => ({
  bill: usd(simulator.bill()),
  calls: simulator.calls().map(({ id, provider, model, buckets: usage, picodollars, ended }) => ({
    id,
    provider,
    model,
    ended,
    usage,
    dollars: usd(picodollars),
  })),
})
