import type { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import { failureProblem, type Problem, problemOf } from '../../../shared/problems.ts'
import type { Receipt } from '../../../shared/receipts.ts'
import type { KnownRequest, Ledger } from '../books/ledger.ts'
import type { Receipts } from '../books/receipts.ts'
import type { Caller } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'
import { isAt } from './candidates.ts'
import type { KeptDrafts } from './kept-drafts.ts'
import type { RoutingParts } from './routing.ts'

type AgainParts = RoutingParts & {
  readonly ledger: Pick<Ledger, 'sweep' | 'cap'>
  readonly receipts: Pick<Receipts, 'find'>
  readonly kept: KeptDrafts
}

const outOfTurn = (): Refusal =>
  new Refusal('malformed-request', {
    issues: [{ path: 'attempt', rule: 'the next call of a draft that was cut' }],
  })

const isWhole = ({ attempts, outcome }: Receipt): boolean =>
  outcome !== 'lost' && attempts.at(-1)?.failure === null

/** Refuses what is another request under the same key, or is still running; what its vault has left behind is closed. */
const settleKnown = async (
  { ledger }: AgainParts,
  known: KnownRequest,
  requestHash: string,
): Promise<void> => {
  if (known.requestHash !== requestHash) throw new Refusal('key-reused', {})
  if (known.running && known.ownerAlive) throw new Refusal('still-running', {})
  if (known.running) await ledger.sweep()
}

/**
 * The receipt on which a request asks for a further call; undefined for a request that is new, or that is told again and answered as before. A
 * draft that is whole is not made anew.
 */
export const cutReceipt = async (
  parts: AgainParts,
  { workspaceId }: Caller,
  { attempt }: Pick<DraftRequest, 'attempt'>,
  known: KnownRequest | undefined,
  requestHash: string,
): Promise<Receipt | undefined> => {
  if (known !== undefined) await settleKnown(parts, known, requestHash)
  if (attempt === undefined) return undefined
  if (known === undefined) throw outOfTurn()
  const receipt = await parts.receipts.find(workspaceId, known.receiptId)
  if (attempt <= receipt.attempts.length || isWhole(receipt)) return undefined
  if (attempt > receipt.attempts.length + 1) throw outOfTurn()
  return receipt
}

/** Answers a request that was made before with its own draft and receipt, without a call. */
export const answerAgain = async (
  parts: AgainParts,
  { workspaceId, deviceId, timeZone }: Caller,
  { receiptId }: KnownRequest,
  emit: (event: DraftEvent) => void,
): Promise<void> => {
  const receipt = await parts.receipts.find(workspaceId, receiptId)
  const text = await parts.kept.find({ workspaceId, receiptId, deviceId })
  const cap = await parts.ledger.cap(workspaceId, timeZone)
  emit(startedAgain(receipt))
  if (text !== undefined) emit({ type: 'text-delta', text })
  const problem = await problemAgain(parts, workspaceId, receipt, text)
  emit(problem === undefined ? { type: 'receipt', receipt, cap } : { type: 'problem', problem, receipt, cap })
}

const startedAgain = (receipt: Receipt): DraftEvent => ({
  type: 'started',
  receiptId: receipt.id,
  resolutionId: receipt.resolutionId,
  provider: receipt.provider,
  model: receipt.model,
  modelName: receipt.modelName,
  held: receipt.settled,
  lowered: false,
  channel: receipt.channelName,
  standsIn: false,
})

/** Whether somebody else than the last call could begin a draft anew. */
const hasOthers = async (
  { routesFor }: RoutingParts,
  workspaceId: string,
  { channelId, attempts }: Receipt,
): Promise<boolean> => {
  const last = attempts.at(-1)
  const { keys } = await routesFor(workspaceId, channelId)
  return keys.some((key) => key.state === 'active' && !isAt(last, key))
}

const problemAgain = async (
  parts: RoutingParts,
  workspaceId: string,
  receipt: Receipt,
  text: string | undefined,
): Promise<Problem | undefined> => {
  const reason = receipt.attempts.at(-1)?.failure ?? (receipt.outcome === 'lost' ? 'vault-stopped' : null)
  if (reason === null)
    return text === undefined ? problemOf('draft-gone', { receiptId: receipt.id }) : undefined
  return failureProblem({
    provider: receipt.provider,
    reason,
    partial: text !== undefined,
    retryAfterSeconds: null,
    backup: text !== undefined && (await hasOthers(parts, workspaceId, receipt)) ? 'text' : null,
  })
}
