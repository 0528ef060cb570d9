import type { ScopedCap } from '../../shared/cap.ts'
import type { Picodollars } from '../../shared/money.ts'
import { ProviderName } from '../../shared/providers.ts'
import type { Drafting, PauseReason, Status } from '../../shared/status.ts'
import { type AlertStore, alertShown } from './alerts/alerts.ts'
import { type CapRefusal, capRefusal, scopesOf } from './books/caps.ts'
import type { Ledger } from './books/ledger.ts'
import type { Candidate } from './drafts/attempts.ts'
import { overheadCharacters } from './drafts/prompt.ts'
import { type RestStore, restsUntil, soonestOf } from './drafts/resting.ts'
import type { RoutedKey, RoutingParts } from './drafts/routing.ts'
import { type Caller, isAdmin, isDrafter } from './identity/caller.ts'
import { inputBound, leastOutputTokens, likelyTokens, upperBound } from './prices/bound.ts'
import type { PricedModel } from './prices/models.ts'
import type { Pricing, PricingFor } from './prices/own-prices.ts'
import { perMillion } from './prices/prices.ts'

type Connected = RoutedKey

type StatusParts = RoutingParts & {
  readonly ledger: Pick<Ledger, 'cap' | 'caps'>
  readonly alerts: Pick<AlertStore, 'newest'>
  readonly resting: Pick<RestStore, 'list'>
  readonly pricingFor: PricingFor
  readonly version: string
  readonly providerLabel: string | null
  readonly now: () => number
}

/**
 * A member's view: whether drafting is on or why not, which providers are connected (a boolean each), and for whoever may draft the model
 * with its price and the cap.
 */
export const statusFor =
  (parts: StatusParts) =>
  async (caller: Caller): Promise<Omit<Status, 'service' | 'contracts'>> => {
    const { keys: connected, connected: providers } = await parts.routesFor(caller.workspaceId)
    const pricing = await parts.pricingFor(caller.workspaceId)
    const cap = await parts.ledger.cap(caller.workspaceId, caller.timeZone)
    const { first, model } = await whoAnswers(parts, caller.workspaceId, connected, pricing)
    const drafts = isDrafter(caller)
    const applying = model === undefined ? [] : await capsOf(parts, caller, model)
    const pausing = model && capRefusal(applying, smallestDraft(model), false)
    const urgentToo = model && capRefusal(applying, smallestDraft(model), true)
    const paused = pauseOf(caller, { connected, first, model, pausing })
    return {
      version: parts.version,
      workspace: { id: caller.workspaceId, name: caller.workspaceName, timeZone: caller.timeZone },
      member: {
        id: caller.memberId,
        name: caller.memberName,
        role: caller.role,
        seesReports: caller.seesReports,
      },
      deviceId: caller.deviceId,
      ai: {
        on: paused === null,
        paused,
        cap: paused === 'cap-reached' && pausing ? pausing.facts : null,
        urgent: paused === 'cap-reached' && urgentToo === undefined,
      },
      providers: ProviderName.options.map((provider) => ({
        provider,
        connected: providers.includes(provider),
      })),
      drafting: drafts && first !== undefined && model !== undefined ? draftingWith(first, model) : null,
      cap: drafts ? cap : null,
      alert: isAdmin(caller) ? await alertShown(parts, caller.workspaceId) : null,
      providerLabel: parts.providerLabel,
    }
  }

/** Who would answer a draft now: the first key with a price that is well, or else the one that rests the shortest. */
const whoAnswers = async (
  { resting, now }: Pick<StatusParts, 'resting' | 'now'>,
  workspaceId: string,
  connected: readonly Connected[],
  pricing: Pricing,
): Promise<Pick<Found, 'first' | 'model'>> => {
  const rests = await resting.list(workspaceId)
  const active = connected.filter(({ state }) => state === 'active')
  const modelOf = (key: Connected) => pricing(key.provider, key.model, now())
  const priced = active.filter((key) => modelOf(key) !== undefined)
  const well = priced.find((key) => restsUntil(rests, key, now()) === undefined)
  const first = well ?? soonestOf(rests, priced, now()) ?? active[0]
  return { first, model: first && modelOf(first) }
}

/** The caps that a draft of this member falls under, wherever it is: a channel's is found by the site, which nobody has told yet. */
const capsOf = (
  { ledger }: Pick<StatusParts, 'ledger'>,
  { workspaceId, timeZone, memberId }: Caller,
  { profile }: PricedModel,
): Promise<readonly ScopedCap[]> => {
  const counted = { memberId, channelId: null, provider: profile.provider, model: profile.id }
  return ledger.caps(workspaceId, timeZone, scopesOf(counted))
}

/** What a draft would find: the keys, the first of them that answers, its model if its price is known, and the cap that is in the way. */
type Found = {
  readonly connected: readonly Connected[]
  readonly first: Connected | undefined
  readonly model: PricedModel | undefined
  readonly pausing: CapRefusal | undefined
}

const pauseOf = (caller: Caller, { connected, first, model, pausing }: Found): PauseReason | null => {
  if (caller.ending) return 'workspace-ending'
  if (!caller.aiOn) return 'switched-off'
  if (connected.length === 0) return 'no-key'
  if (first === undefined) return 'key-rejected'
  if (model === undefined) return 'model-unpriced'
  return pausing === undefined ? null : 'cap-reached'
}

/**
 * Upper bound of the shortest draft for a thread of a few words: when not even this fits, drafting is paused. By bytes, since nothing is counted
 * that nobody asked for: where drafting is on, such a draft fits; where it is paused, the last cents may still pay for one by its count.
 */
const smallestDraft = ({ entry, profile }: PricedModel): Picodollars =>
  upperBound(entry, profile, inputBound(['x'.repeat(overheadCharacters)]), leastOutputTokens(profile))

const draftingWith = (candidate: Candidate, { entry, profile }: PricedModel): Drafting => ({
  provider: candidate.provider,
  model: profile.id,
  modelName: profile.name,
  perMillion: {
    input: perMillion(entry.rates.freshInput),
    output: perMillion(entry.rates.output),
  },
  overheadTokens: likelyTokens(overheadCharacters),
  outputLimit: profile.draftOutputTokens,
})
