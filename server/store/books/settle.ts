import { Usd } from '../../../shared/money.ts'
import type { EventFacts } from '../../domain/books/events.ts'
import { type Settlement, settlementChange } from '../../domain/books/ledger.ts'
import type { Executor } from '../database.ts'
import { type AttemptRow, endAttempt, findAttempt } from './attempts.ts'
import type { AppendEvent } from './events.ts'
import { settleLines } from './hold-lines.ts'
import { rollUpReceipt } from './receipt-rows.ts'

/** A contradiction as facts; nothing where there is none, as in every event that was written before there were any. */
const flawFacts = ({ reported }: Settlement): EventFacts => {
  const flaw = reported?.flaw ?? null
  return flaw === null ? {} : { flawOf: flaw.of, flawCounted: flaw.counted, flawTold: flaw.told }
}

const endedFacts = (attempt: AttemptRow, settlement: Settlement): EventFacts => ({
  attempt: attempt.id,
  receipt: attempt.receipt_id,
  outcome: settlement.outcome,
  failure: settlement.failure,
  certainty: settlement.certainty,
  held: Usd.encode(attempt.held),
  settled: Usd.encode(settlement.settled),
  likely: settlement.likely && Usd.encode(settlement.likely),
  ...settlement.usage,
  ...flawFacts(settlement),
  multiplier: settlement.multiplier,
  tier: settlement.tier,
  region: settlement.region,
  providerRequestId: settlement.providerRequestId,
})

const correctedFacts = (attempt: AttemptRow, settlement: Settlement): EventFacts => ({
  ...endedFacts(attempt, settlement),
  before: Usd.encode(attempt.settled),
  beforeOutcome: attempt.outcome,
})

/** Settles or corrects an attempt in the caller's transaction, at `at` (ms); what `Ledger.settle` promises. */
export const settleIn = async (
  tx: Executor,
  append: AppendEvent,
  settlement: Settlement,
  at: number,
): Promise<void> => {
  const { workspaceId, attemptId } = settlement
  const attempt = await findAttempt(tx, workspaceId, attemptId)
  if (attempt === undefined) throw new Error(`attempt ${attemptId} was never held`)
  const change = settlementChange(attempt, settlement)
  if (change === 'nothing') return
  await settleLines(tx, workspaceId, attemptId, settlement.settled)
  await endAttempt(tx, settlement, at)
  const facts = change === 'corrected' ? correctedFacts(attempt, settlement) : endedFacts(attempt, settlement)
  const seq = await append(tx, { workspaceId, log: 'ledger', kind: change, at, facts })
  await rollUpReceipt(tx, workspaceId, attempt.receipt_id, seq)
}
