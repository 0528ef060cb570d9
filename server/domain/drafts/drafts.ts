import type { DraftEvent, DraftRequest } from '../../../shared/drafts.ts'
import type { Purpose, Receipt } from '../../../shared/receipts.ts'
import type { Ledger } from '../books/ledger.ts'
import type { Receipts } from '../books/receipts.ts'
import type { Caller } from '../identity/caller.ts'
import { answerAgain, cutReceipt } from './again.ts'
import { callProvider, type Order, type Plan, planAttempt, settle } from './attempts.ts'
import { authorizeMember, authorizeNow, rollingLimit } from './authorize.ts'
import { candidatesFor } from './candidates.ts'
import { lastEvent, startedEvent, switchedEvent } from './events.ts'
import { onProvenKey } from './failing.ts'
import type { KeptDrafts } from './kept-drafts.ts'
import { promptFor } from './prompt.ts'
import type { RestParts } from './resting.ts'
import type { RoutedKey, RoutingParts } from './routing.ts'
import { firstCall, learn, type Made, nextCall, type TryingParts, tellRefusals, type Way } from './trying.ts'

type DraftParts = TryingParts &
  RoutingParts &
  RestParts & {
    readonly ledger: Ledger
    /** Most drafts of one workspace in any 60 minutes. */
    readonly draftsPerHour: number
    readonly receipts: Pick<Receipts, 'find'>
    readonly kept: KeptDrafts
    /** Tells two requests apart without keeping their text: a keyed hash. */
    readonly fingerprint: (workspaceId: string, text: string) => Promise<string>
    /** The channel to which a site belongs, for the receipt. */
    readonly channelFor: (workspaceId: string, site: string | undefined) => Promise<DraftChannel | null>
  }

type DraftChannel = { readonly id: string; readonly name: string }

/** Tells the reader; nobody may be listening any more. */
export type Emit = (event: DraftEvent) => void

/**
 * Drafts one reply: steps 6 to 11 of the path. Refuses by throwing before the first event; after it, the last event is `receipt` or `problem`.
 * A call that fails without visible text is followed by one to whoever else can answer. The work goes on when nobody listens any more, so that
 * the books are exact; only `signal` (the vault stops) ends it early.
 */
export const draft =
  (parts: DraftParts) =>
  async (caller: Caller, request: DraftRequest, emit: Emit, signal: AbortSignal): Promise<void> => {
    authorizeMember(caller)
    const requestHash = await parts.fingerprint(caller.workspaceId, wordingOf(request))
    const known = await parts.ledger.known(caller.workspaceId, caller.memberId, request.idempotencyKey)
    const cut = await cutReceipt(parts, caller, request, known, requestHash)
    if (known !== undefined && cut === undefined) return answerAgain(parts, caller, known, emit)

    const limit = cut === undefined ? rollingLimit(parts.draftsPerHour, parts.now()) : undefined
    await authorizeNow(caller, parts.ledger.draftsSince, limit)
    const channel = await parts.channelFor(caller.workspaceId, request.site)
    const order = orderFor(parts, caller, request, { requestHash, channelId: channel?.id ?? null }, cut)
    const way = await wayFor(parts, order, request, cut, limit)
    const made: Made[] = []
    let call = await firstCall(parts, way, signal)
    emit(startedEvent(call, channel?.name ?? null, way.candidates.standsIn(call.plan.candidate)))
    for (;;) {
      const { plan, key } = call
      const called = onProvenKey(
        plan,
        await callProvider(parts, plan, key, (text) => emit({ type: 'text-delta', text }), signal),
      )
      await settle(parts, plan, called.ending)
      await learn(parts, way, plan, called)
      made.push({ plan, called })
      const next = await nextCall(parts, way, plan, called, signal)
      if ('backup' in next) {
        await keepText(parts, { plan, called })
        emit(lastEvent({ plan, called }, next.backup, await written(parts, order)))
        return tellRefusals(parts, order, made)
      }
      emit(switchedEvent({ plan, called }, next))
      call = next
    }
  }

/** 48 random bits: nobody who writes a page can guess the tag of a draft. */
const TAG_CHARACTERS = 12

/** What a request says: the same for each time that it is told, and for each further call that it asks for. */
const wordingOf = ({ idempotencyKey: _, attempt: __, ...wording }: DraftRequest): string =>
  JSON.stringify(wording)

const purposeOf = ({ playground, previous }: DraftRequest): Purpose => {
  if (playground) return 'playground'
  return previous === undefined ? 'draft' : 'refine'
}

/** Who asks and for what; a further call belongs to the receipt that was cut. */
const orderFor = (
  { newId }: Pick<DraftParts, 'newId'>,
  caller: Caller,
  request: DraftRequest,
  found: Pick<Order, 'requestHash' | 'channelId'>,
  cut: Receipt | undefined,
): Order => ({
  caller,
  receiptId: cut?.id ?? newId(),
  resolutionId: cut?.resolutionId ?? request.resolutionId ?? newId(),
  purpose: purposeOf(request),
  urgentBy: request.urgent && !request.playground ? caller.memberId : null,
  site: request.site ?? null,
  idempotencyKey: request.idempotencyKey,
  ...found,
})

/** Who may answer, and how each of them would be called. */
const wayFor = async (
  parts: DraftParts,
  order: Order,
  request: DraftRequest,
  cut: Receipt | undefined,
  limit: Way['limit'],
): Promise<Way> => {
  const { workspaceId } = order.caller
  const pricing = await parts.pricingFor(workspaceId)
  const prompt = promptFor(request, order.resolutionId.replaceAll('-', '').slice(0, TAG_CHARACTERS))
  const planCall = (key: RoutedKey): Plan | undefined =>
    pricing(key.provider, key.model, parts.now()) && planAttempt({ ...parts, pricing }, order, key, prompt)
  const place = { workspaceId, channelId: order.channelId }
  const candidates = await candidatesFor(parts, place, planCall, cut?.attempts.at(-1))
  return { candidates, begunAt: parts.now(), first: (cut?.attempts.length ?? 0) + 1, limit }
}

/** Keeps what was written for the device that asked. */
const keepText = async ({ kept }: DraftParts, { plan: { order }, called: { text } }: Made): Promise<void> => {
  const { workspaceId, deviceId } = order.caller
  if (text !== '') await kept.keep({ workspaceId, receiptId: order.receiptId, deviceId }, text)
}

const written = async ({ receipts, ledger }: DraftParts, { caller, receiptId }: Order) => ({
  receipt: await receipts.find(caller.workspaceId, receiptId),
  cap: await ledger.cap(caller.workspaceId, caller.timeZone),
})
