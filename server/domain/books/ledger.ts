import type { Cap, ScopedCap } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import type { FailureReason, ProviderName, Usage } from '../../../shared/providers.ts'
import type { AttemptOutcome, Certainty, Flaw, Purpose, RawUsage } from '../../../shared/receipts.ts'
import type { RatedEntry } from '../prices/prices.ts'
import type { CapRefusal, Scope } from './caps.ts'

/** The request that a person made; it becomes the receipt. The same for every attempt of it. */
type HeldReceipt = {
  readonly id: string
  readonly resolutionId: string
  readonly purpose: Purpose
  /** The member who marked it urgent, so that it may use the reserve; null: nobody. */
  readonly urgentBy: string | null
  readonly memberId: string
  readonly deviceId: string
  readonly channelId: string | null
  readonly site: string | null
  readonly idempotencyKey: string
  readonly requestHash: string
}

/** One provider call that is about to be made. `number` counts from 1 within the receipt. */
type HeldAttempt = {
  readonly id: string
  readonly number: number
  readonly purpose: Purpose
  readonly provider: ProviderName
  readonly model: string
  readonly keyId: string
  readonly keyLabel: string
  readonly keyVersion: number
  readonly baseAddress: string
  readonly entry: RatedEntry
}

/** At most `most` requests of purpose draft, refine or playground may have begun after `since` (ms), this one counted. */
export type RollingLimit = { readonly most: number; readonly since: number }

/** How many drafts, refinements and trials a workspace has begun since a moment, and when the first of them was (ms). */
export type BegunDrafts = { readonly count: number; readonly oldestAt: number | undefined }

/** `bound` is reserved; `likely` is shown beside it if the provider never says. `expiresAt` (ms) is later than the longest call can end. */
export type HoldRequest = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly vaultId: string
  readonly receipt: HeldReceipt
  readonly attempt: HeldAttempt
  readonly bound: Picodollars
  readonly likely: Picodollars
  readonly expiresAt: number
  readonly limit?: RollingLimit
}

/** A request that was made before under the same idempotency key. `ownerAlive`: the vault that runs it still shows a heartbeat. */
export type KnownRequest = {
  readonly receiptId: string
  readonly requestHash: string
  readonly running: boolean
  readonly ownerAlive: boolean
}

/** Held, or why not: a cap declined, the idempotency key or the number of the call is taken, or the rolling limit is used up. */
export type HoldOutcome =
  | { readonly held: true }
  | ({ readonly held: false } & CapRefusal)
  | { readonly held: false; readonly known: KnownRequest }
  | { readonly held: false; readonly begun: BegunDrafts; readonly limit: RollingLimit }

/** A provider's own numbers, and how they contradict each other. */
export type Reported = { readonly raw: RawUsage; readonly flaw: Flaw | null }

/** What a provider call came to. `settled` counts against the cap; `likely` stands beside an estimated amount; `usage` is the provider's own final one. */
export type Ending = {
  readonly outcome: Exclude<AttemptOutcome, 'running'>
  readonly failure: FailureReason | null
  readonly certainty: 'exact' | 'estimated'
  readonly settled: Picodollars
  readonly likely: Picodollars | null
  readonly usage: Usage | null
  readonly reported?: Reported
  readonly multiplier: string | null
  readonly tier: string | null
  readonly region: string | null
  readonly providerRequestId: string | null
}

/** How an attempt ended. */
export type Settlement = Ending & { readonly workspaceId: string; readonly attemptId: string }

/**
 * The books. No hold is granted when settled + held + new would pass any cap that applies; counters, lines, attempt, receipt
 * and event change in one transaction. A hold belongs to the period in which it began.
 */
export type Ledger = {
  /**
   * Reserves before a call. A declined hold leaves nothing behind: the idempotency key stays free. Cap and rolling limit hold however many
   * ask at the same moment.
   */
  hold(request: HoldRequest): Promise<HoldOutcome>
  /**
   * Closes a hold at what the call cost, also above the hold. The same settlement again changes nothing; one that comes after a
   * sweep corrects it in the hold's own period. An exact settlement is final: another one throws.
   */
  settle(settlement: Settlement): Promise<void>
  /** Closes the holds that expired or whose vault is gone, at their upper bound and marked; tells how many. Safe to run on every vault at any time. */
  sweep(): Promise<number>
  known(workspaceId: string, memberId: string, idempotencyKey: string): Promise<KnownRequest | undefined>
  /** The workspace's cap as it stands now. */
  cap(workspaceId: string, timeZone: string): Promise<Cap>
  /** The caps of these scopes as they stand now. */
  caps(workspaceId: string, timeZone: string, scopes: readonly Scope[]): Promise<readonly ScopedCap[]>
  /** Changes the monthly limit and writes it into the audit log, in one transaction. Holds that are open stay; a temporary raise is over. */
  setCap(
    workspaceId: string,
    limit: Picodollars,
    memberId: string,
  ): Promise<{ readonly before: Picodollars; readonly after: Picodollars }>
  /** Requests of purpose draft, refine or playground since a moment (ms), for the rolling limit. */
  draftsSince(workspaceId: string, since: number): Promise<BegunDrafts>
}

/** What is already written about an attempt when a settlement comes. */
type WrittenEnding = Pick<Settlement, 'settled' | 'failure'> & {
  readonly outcome: AttemptOutcome
  readonly certainty: Certainty
}

/** What a settlement does to the books. */
type SettlementChange = 'settled' | 'corrected' | 'nothing'

const isSame = (written: WrittenEnding, settlement: Settlement): boolean =>
  written.outcome === settlement.outcome &&
  written.failure === settlement.failure &&
  written.certainty === settlement.certainty &&
  written.settled === settlement.settled

/** A running attempt is settled, an estimated one corrected; an exact one is final, and telling it otherwise is a bug. */
export const settlementChange = (written: WrittenEnding, settlement: Settlement): SettlementChange => {
  if (written.certainty === 'pending') return 'settled'
  if (isSame(written, settlement)) return 'nothing'
  if (written.certainty === 'estimated') return 'corrected'
  throw new Error(`attempt ${settlement.attemptId} is settled exactly and cannot be settled otherwise`)
}
