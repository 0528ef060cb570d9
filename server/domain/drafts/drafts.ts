import type { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import { failureProblem, type Problem, problemOf } from '../../../shared/problems.ts'
import type { FailureReason } from '../../../shared/providers.ts'
import type { Purpose, Receipt } from '../../../shared/receipts.ts'
import type { KnownRequest, Ledger } from '../books/ledger.ts'
import type { Receipts } from '../books/receipts.ts'
import type { Caller } from '../identity/caller.ts'
import type { OpenedKey } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import {
  type AttemptParts,
  type Called,
  type Candidate,
  callProvider,
  countInput,
  type Order,
  type Plan,
  planAttempt,
  settle,
} from './attempts.ts'
import { authorizeMember, authorizeNow, rollingLimit } from './authorize.ts'
import type { KeptDrafts } from './kept-drafts.ts'
import { promptFor } from './prompt.ts'
import { reserve } from './reserving.ts'
import { type RoutingParts, route } from './routing.ts'

type DraftParts = AttemptParts &
  RoutingParts & {
    readonly ledger: Ledger
    /** Most drafts of one workspace in any 60 minutes. */
    readonly draftsPerHour: number
    readonly receipts: Pick<Receipts, 'find'>
    readonly kept: KeptDrafts
    /** Opens a key for one call. The secret must not outlive it. */
    readonly openKey: (workspaceId: string, keyId: string, version: number) => Promise<OpenedKey>
    /** Takes a key out of routing that its provider refused, and writes that down. */
    readonly markRejected: (
      workspaceId: string,
      keyId: string,
      version: number,
      reason: FailureReason,
    ) => Promise<void>
    /** Tells two requests apart without keeping their text: a keyed hash. */
    readonly fingerprint: (workspaceId: string, text: string) => Promise<string>
    /** The channel to which a site belongs, for the receipt. */
    readonly channelFor: (workspaceId: string, site: string | undefined) => Promise<string | null>
  }

/** Tells the reader; nobody may be listening any more. */
export type Emit = (event: DraftEvent) => void

/**
 * Drafts one reply: steps 6 to 11 of the path. Refuses by throwing before the first event; after it, the last event is `receipt` or `problem`.
 * The work goes on when nobody listens any more, so that the books are exact; only `signal` (the vault stops) ends it early.
 */
export const draft =
  (parts: DraftParts) =>
  async (caller: Caller, request: DraftRequest, emit: Emit, signal: AbortSignal): Promise<void> => {
    authorizeMember(caller)
    const requestHash = await parts.fingerprint(caller.workspaceId, wordingOf(request))
    const known = await parts.ledger.known(caller.workspaceId, caller.memberId, request.idempotencyKey)
    if (known !== undefined) return answerAgain(parts, caller, known, requestHash, emit)

    await authorizeNow(caller, parts.ledger.draftsSince, rollingLimit(parts.draftsPerHour, parts.now()))
    const channelId = await parts.channelFor(caller.workspaceId, request.site)
    const candidate = await route(parts, caller.workspaceId, channelId)
    const pricing = await parts.pricingFor(caller.workspaceId)
    const wanted = planFor({ ...parts, pricing }, caller, request, { requestHash, channelId }, candidate)
    const key = await parts.openKey(caller.workspaceId, candidate.keyId, candidate.version)
    const plan = await reserve(parts, wanted, rollingLimit(parts.draftsPerHour, parts.now()), (planned) =>
      countInput(parts, planned, key, signal),
    )
    emit(startedEvent(plan, plan.outputLimit < wanted.outputLimit))
    const called = await callProvider(parts, plan, key, (text) => emit({ type: 'text-delta', text }), signal)
    await settle(parts, plan, called.ending)

    await afterwards(parts, plan, called)
    emit(await lastEvent(parts, plan, called))
  }

/** 48 random bits: nobody who writes a page can guess the tag of a draft. */
const TAG_CHARACTERS = 12

const wordingOf = ({ idempotencyKey: _, ...wording }: DraftRequest): string => JSON.stringify(wording)

const purposeOf = ({ playground, previous }: DraftRequest): Purpose => {
  if (playground) return 'playground'
  return previous === undefined ? 'draft' : 'refine'
}

const planFor = (
  parts: Parameters<typeof planAttempt>[0],
  caller: Caller,
  request: DraftRequest,
  found: Pick<Order, 'requestHash' | 'channelId'>,
  candidate: Candidate,
): Plan => {
  const resolutionId = request.resolutionId ?? parts.newId()
  const order: Order = {
    caller,
    receiptId: parts.newId(),
    resolutionId,
    purpose: purposeOf(request),
    urgentBy: request.urgent && !request.playground ? caller.memberId : null,
    site: request.site ?? null,
    idempotencyKey: request.idempotencyKey,
    ...found,
  }
  const tag = resolutionId.replaceAll('-', '').slice(0, TAG_CHARACTERS)
  return planAttempt(parts, order, candidate, promptFor(request, tag))
}

const startedEvent = (
  { order, candidate, model, bound, outputLimit }: Plan,
  lowered: boolean,
): DraftEvent => ({
  type: 'started',
  receiptId: order.receiptId,
  resolutionId: order.resolutionId,
  provider: candidate.provider,
  model: model.profile.id,
  modelName: model.profile.name,
  held: bound,
  outputLimit,
  lowered,
  channel: null,
  standsIn: false,
})

const afterwards = async (
  parts: DraftParts,
  { order, candidate }: Plan,
  { text, failure }: Called,
): Promise<void> => {
  const { workspaceId, deviceId } = order.caller
  if (text !== '') await parts.kept.keep({ workspaceId, receiptId: order.receiptId, deviceId }, text)
  if (failure?.reason === 'key-invalid')
    await parts.markRejected(workspaceId, candidate.keyId, candidate.version, failure.reason)
}

const lastEvent = async (
  parts: DraftParts,
  plan: Plan,
  { ending, text, failure }: Called,
): Promise<DraftEvent> => {
  const { caller, receiptId } = plan.order
  const receipt = await parts.receipts.find(caller.workspaceId, receiptId)
  const cap = await parts.ledger.cap(caller.workspaceId, caller.timeZone)
  if (ending.failure === null) return { type: 'receipt', receipt, cap }
  const retryAfterSeconds = failure?.retryAfterSeconds ?? null
  const problem = failureProblem({
    provider: plan.candidate.provider,
    reason: ending.failure,
    partial: text !== '',
    retryAfterSeconds,
    backup: null,
  })
  return { type: 'problem', problem, receipt, cap }
}

/** Answers a request that was made before with its own draft and receipt, without a call. */
const answerAgain = async (
  parts: DraftParts,
  caller: Caller,
  known: KnownRequest,
  requestHash: string,
  emit: Emit,
): Promise<void> => {
  if (known.requestHash !== requestHash) throw new Refusal('key-reused', {})
  if (known.running && known.ownerAlive) throw new Refusal('still-running', {})
  if (known.running) await parts.ledger.sweep()
  const { workspaceId, deviceId } = caller
  const receipt = await parts.receipts.find(workspaceId, known.receiptId)
  const text = await parts.kept.find({ workspaceId, receiptId: known.receiptId, deviceId })
  const cap = await parts.ledger.cap(workspaceId, caller.timeZone)
  emit(startedAgain(receipt))
  if (text !== undefined) emit({ type: 'text-delta', text })
  const problem = problemAgain(receipt, text)
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
  channel: null,
  standsIn: false,
})

const problemAgain = (receipt: Receipt, text: string | undefined): Problem | undefined => {
  const reason = receipt.attempts.at(-1)?.failure ?? (receipt.outcome === 'lost' ? 'vault-stopped' : null)
  if (reason !== null) {
    const partial = text !== undefined
    return failureProblem({
      provider: receipt.provider,
      reason,
      partial,
      retryAfterSeconds: null,
      backup: null,
    })
  }
  return text === undefined ? problemOf('draft-gone', { receiptId: receipt.id }) : undefined
}
