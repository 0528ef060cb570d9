import type { ProviderName } from '../../../shared/providers.ts'
import type { Purpose } from '../../../shared/receipts.ts'
import type { CapRefusal } from '../books/caps.ts'
import type { Ending, Ledger, RollingLimit } from '../books/ledger.ts'
import type { Caller } from '../identity/caller.ts'
import { inputBound, likelyCost, upperBound } from '../prices/bound.ts'
import type { PricedModel } from '../prices/models.ts'
import type { Pricing, PricingFor } from '../prices/own-prices.ts'
import type { Call, Failure, OpenedKey, Prompt, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import { tooMany } from './authorize.ts'
import { failed, finished, type Reserved } from './ending.ts'

/** How long a hold may stay open: longer than the longest call, whose total time the adapters bound. */
const HOLD_MS = 5 * 60_000

/** Calls of a request count from 1; most make one. */
const FIRST = 1

/** What routing knows of a key: everything but the key. */
export type Candidate = {
  readonly keyId: string
  readonly provider: ProviderName
  readonly label: string
  readonly version: number
  readonly baseAddress: string
  readonly model: string
}

/** Who asks, and for what: the part of a receipt that is known before anything is called. */
export type Order = {
  readonly caller: Caller
  readonly receiptId: string
  readonly resolutionId: string
  readonly purpose: Purpose
  /** The member who marked it urgent, so that it may use the reserve; null: nobody. */
  readonly urgentBy: string | null
  readonly site: string | null
  readonly channelId: string | null
  readonly idempotencyKey: string
  readonly requestHash: string
}

/** One provider call, decided and priced, not yet paid for. */
export type Plan = Reserved & {
  readonly order: Order
  readonly candidate: Candidate
  readonly attemptId: string
  readonly number: number
  readonly prompt: Prompt
  /** An upper bound of the tokens that the provider reads. */
  readonly inputTokens: number
  /** Milliseconds since the epoch. */
  readonly plannedAt: number
}

/** A provider call that is settled. `ms`: from the plan until then. */
type SettledAttempt = Pick<Ending, 'outcome' | 'failure'> & {
  readonly provider: ProviderName
  readonly purpose: Purpose
  readonly ms: number
}

/** Tells whoever measures the vault. Must not throw. */
export type TellAttempt = (attempt: SettledAttempt) => void

/** What a provider call needs: the books, the adapters, and this vault’s name on its holds. */
export type AttemptParts = {
  readonly ledger: Pick<Ledger, 'hold' | 'settle'>
  readonly providers: Readonly<Record<ProviderName, Provider>>
  readonly pricingFor: PricingFor
  readonly vaultId: string
  readonly tellAttempt: TellAttempt
  readonly now: () => number
  readonly newId: () => string
}

const pricedModel = (pricing: Pricing, candidate: Candidate, now: number): PricedModel => {
  const model = pricing(candidate.provider, candidate.model, now)
  if (model === undefined) throw new Refusal('model-unpriced', { model: candidate.model })
  return model
}

/** Prices a call at its upper bound. `asked` is its output limit in tokens, by default that of a draft. Refuses a model whose price is not known. */
export const planAttempt = (
  { now, newId, pricing }: Pick<AttemptParts, 'now' | 'newId'> & { readonly pricing: Pricing },
  order: Order,
  candidate: Candidate,
  prompt: Prompt,
  asked?: number,
): Plan => {
  const model = pricedModel(pricing, candidate, now())
  const texts = [prompt.system, prompt.thread, prompt.ask]
  const outputLimit = asked ?? model.profile.draftOutputTokens
  const inputTokens = inputBound(texts)
  const bound = upperBound(model.entry, model.profile, inputTokens, outputLimit)
  return {
    order,
    candidate,
    prompt,
    number: FIRST,
    model,
    outputLimit,
    inputTokens,
    bound,
    likely: likelyCost(model.entry, texts, outputLimit),
    attemptId: newId(),
    plannedAt: now(),
  }
}

const boundAnew = (plan: Plan): Plan => {
  const { model, prompt, inputTokens, outputLimit } = plan
  return {
    ...plan,
    bound: upperBound(model.entry, model.profile, inputTokens, outputLimit),
    likely: likelyCost(model.entry, [prompt.system, prompt.thread, prompt.ask], outputLimit),
  }
}

/** The same call with another output limit, in tokens, and its bound. */
export const withOutputLimit = (plan: Plan, outputLimit: number): Plan => boundAnew({ ...plan, outputLimit })

/** The same call with another upper bound of what the provider reads, in tokens, and its bound. */
export const withInputTokens = (plan: Plan, inputTokens: number): Plan => boundAnew({ ...plan, inputTokens })

const callOf = ({ order, model, prompt, outputLimit }: Plan, key: OpenedKey): Call => ({
  key,
  model: model.profile.id,
  prompt,
  outputLimit,
  reasoning: model.profile.reasoning,
  cacheKey: `ws-${order.caller.workspaceId}`,
})

/** The most tokens that the provider reads, by a count of the planned call; undefined where nobody can tell. It costs nothing. */
export const countInput = (
  { providers }: Pick<AttemptParts, 'providers'>,
  plan: Plan,
  key: OpenedKey,
  signal: AbortSignal,
): Promise<number | undefined> =>
  providers[plan.candidate.provider].count(callOf(plan, key), plan.model.profile.tokenizer, signal)

/**
 * Reserves the plan's upper bound under every cap that applies, or tells which cap declined and why. Refuses when the idempotency key is taken,
 * or when the rolling limit, where one is given, is used up.
 */
export const tryHold = async (
  { ledger, vaultId, now }: AttemptParts,
  plan: Plan,
  limit?: RollingLimit,
): Promise<CapRefusal | undefined> => {
  const { order, candidate } = plan
  const { caller, ...receipt } = order
  const outcome = await ledger.hold({
    workspaceId: caller.workspaceId,
    timeZone: caller.timeZone,
    vaultId,
    receipt: {
      ...receipt,
      id: order.receiptId,
      memberId: caller.memberId,
      deviceId: caller.deviceId,
    },
    attempt: {
      id: plan.attemptId,
      number: plan.number,
      purpose: order.purpose,
      provider: candidate.provider,
      model: plan.model.profile.id,
      keyId: candidate.keyId,
      keyLabel: candidate.label,
      keyVersion: candidate.version,
      baseAddress: candidate.baseAddress,
      entry: plan.model.entry,
    },
    bound: plan.bound,
    likely: plan.likely,
    expiresAt: now() + HOLD_MS,
    ...(limit === undefined ? {} : { limit }),
  })
  if (outcome.held) return undefined
  if ('begun' in outcome) throw tooMany(outcome.begun, outcome.limit)
  if ('known' in outcome) throw new Refusal('still-running', {})
  return outcome
}

/** Reserves the plan as it is. Refuses when it does not fit. */
export const holdFor = async (parts: AttemptParts, plan: Plan): Promise<void> => {
  const declined = await tryHold(parts, plan)
  if (declined !== undefined) throw new Refusal(declined.slug, declined.facts)
}

/** How a call went: the ending for the books, the whole text, and the failure for the person. */
export type Called = { readonly ending: Ending; readonly text: string; readonly failure: Failure | undefined }

/** Makes the call and relays its text as it comes. Every call ends with exactly one ending; a provider that gives none is a bug of its adapter. */
export const callProvider = async (
  { providers }: Pick<AttemptParts, 'providers'>,
  plan: Plan,
  key: OpenedKey,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<Called> => {
  const { candidate } = plan
  let text = ''
  for await (const event of providers[candidate.provider].call(callOf(plan, key), signal)) {
    if (event.type === 'finished') return { ending: finished(plan, event.finish), text, failure: undefined }
    if (event.type === 'failed')
      return { ending: failed(plan, event.failure, text.length), text, failure: event.failure }
    text += event.text
    onText(event.text)
  }
  throw new Error(`the ${candidate.provider} adapter ended a call without an ending`)
}

/** Writes the ending into the books. */
export const settle = async (
  { ledger, tellAttempt, now }: Pick<AttemptParts, 'ledger' | 'tellAttempt' | 'now'>,
  plan: Plan,
  ending: Ending,
): Promise<void> => {
  const { order, candidate, attemptId, plannedAt } = plan
  await ledger.settle({ workspaceId: order.caller.workspaceId, attemptId, ...ending })
  const { outcome, failure } = ending
  const { purpose } = order
  tellAttempt({ provider: candidate.provider, purpose, outcome, failure, ms: now() - plannedAt })
}
