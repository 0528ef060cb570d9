import type { Cap, CapScope, Period, ScopedCap } from '../../../shared/cap.ts'
import { dollars, type Picodollars, pico } from '../../../shared/money.ts'
import type { Facts } from '../../../shared/problems.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { Purpose } from '../../../shared/receipts.ts'

/** What a new workspace may spend in a month until an admin says otherwise. */
export const defaultCap: Picodollars = dollars('50')

/** What a cap counts; `id` is empty for the whole workspace. A hold is granted only when it fits under every cap of every scope that applies. */
export type Scope = { readonly scope: CapScope; readonly id: string }

/** The scope that counts everything but the playground. */
export const workspaceScope: Scope = { scope: 'workspace', id: '' }

/** The scope of what is tried out, which counts nowhere else. */
export const playgroundScope: Scope = { scope: 'playground', id: '' }

/** The two scopes that share all calls between them: each call counts in the month of exactly one, also where no cap of it is set. */
export const mainScopes: readonly Scope[] = [workspaceScope, playgroundScope]

/** What a request is counted by. */
type Counted = {
  readonly purpose?: Purpose
  readonly memberId: string
  readonly channelId: string | null
  readonly provider: ProviderName
  readonly model: string
}

/** The id of a model's scope: two providers may call different models alike. */
export const modelScopeId = ({ provider, model }: Pick<Counted, 'provider' | 'model'>): string =>
  `${provider}/${model}`

/** The scopes whose caps apply to a request, the main one first. */
export const scopesOf = (counted: Counted): readonly [Scope, ...Scope[]] =>
  counted.purpose === 'playground'
    ? [playgroundScope]
    : [
        workspaceScope,
        { scope: 'member', id: counted.memberId },
        ...(counted.channelId === null ? [] : [{ scope: 'channel', id: counted.channelId } as const]),
        { scope: 'model', id: modelScopeId(counted) },
      ]

const rest = (limit: bigint, used: bigint): Picodollars => pico(limit > used ? limit - used : 0n)
const smaller = (one: Picodollars, other: Picodollars): Picodollars => (one < other ? one : other)

/** A limit as it is set: its own, a higher one until a moment (ms), and how much of its end is kept for urgent drafts. */
export type LimitTerms = {
  readonly own: Picodollars
  readonly raise: { readonly limit: Picodollars; readonly until: number } | null
  readonly reserve: Picodollars
}

/** What holds of a limit at a moment. The reserve may be more than it: then it is all of it. */
export type LimitNow = Pick<Cap, 'limit' | 'reserve' | 'raised'>

/** The limit at a moment (ms): a raise ends by itself, since only the time is asked. */
export const limitAt = ({ own, raise, reserve }: LimitTerms, at: number): LimitNow =>
  raise === null || raise.until <= at
    ? { limit: own, reserve, raised: null }
    : { limit: raise.limit, reserve, raised: { base: own, until: raise.until } }

/** The limit that is set to last, whatever it is raised to for now. */
export const ownLimit = ({ limit, raised }: LimitNow): Picodollars => raised?.base ?? limit

/** The state of a cap, with what is left of it. */
export const capOf = (now: LimitNow, settled: Picodollars, held: Picodollars, period: Period): Cap => {
  const { limit, raised } = now
  const reserve = smaller(now.reserve, limit)
  return { limit, settled, held, left: rest(limit, settled + held), reserve, raised, period }
}

/**
 * Whether a request may use the reserve: what a member marked as urgent, and the proof of a key. That is no draft, costs a fraction of a cent,
 * and is asked for by admins, who could change the reserve as well: a key that must be replaced is not to wait for the next month.
 */
export const mayUseReserve = (request: {
  readonly purpose: Purpose
  readonly urgentBy: string | null
}): boolean => request.urgentBy !== null || request.purpose === 'verify'

/** How much of a limit a request may use. */
export const usableOf = (
  { limit, reserve }: Pick<LimitNow, 'limit' | 'reserve'>,
  withReserve: boolean,
): Picodollars => (withReserve ? limit : rest(limit, reserve))

/** The largest amount by which what is in flight could still pass the limit: zero unless the limit was lowered below it, or a raise is over. */
export const overshootOf = ({ limit, settled, held }: Cap): Picodollars => {
  const over = settled + held - limit
  if (over <= 0n) return pico(0n)
  return over < held ? pico(over) : held
}

/** The refusals of a cap. */
export type CapSlug = 'cap-reached' | 'cap-held' | 'cap-too-small'

/** A refusal of a cap, with the cap that it is about. */
export type CapRefusal = { readonly slug: CapSlug; readonly facts: Facts<CapSlug> }

/** From what lasts longest to what passes by itself. */
const lasting: readonly CapSlug[] = ['cap-too-small', 'cap-reached', 'cap-held']

/** What a hold asks for: an amount, and whether it may use the reserve. */
type Wish = { readonly needed: Picodollars; readonly withReserve: boolean }

/** Too small is told of what no release and no mark would help. */
const slugOf = (cap: Cap, { needed, withReserve }: Wish): CapSlug => {
  if (needed > cap.limit) return 'cap-too-small'
  return cap.settled + needed <= usableOf(cap, withReserve) ? 'cap-held' : 'cap-reached'
}

const refusalOf = (cap: ScopedCap, wish: Wish): CapRefusal => {
  const { scope, id, name, kind, limit, settled, held, left, reserve, period } = cap
  const { needed } = wish
  return {
    slug: slugOf(cap, wish),
    facts: { scope, id, name, kind, limit, settled, held, left, reserve, needed, resetsAt: period.endsAt },
  }
}

const mostLastingFirst = (one: CapRefusal, other: CapRefusal): number =>
  lasting.indexOf(one.slug) - lasting.indexOf(other.slug) ||
  other.facts.resetsAt - one.facts.resetsAt ||
  (one.facts.left < other.facts.left ? -1 : 1)

const fits = (cap: Cap, { needed, withReserve }: Wish): boolean =>
  cap.settled + cap.held + needed <= usableOf(cap, withReserve)

/**
 * Why a hold of `needed` is declined under these caps; undefined when it fits under all. Of several refusals the one that lasts longest is
 * told, since the others would only be met after it: too small before reached before held, then what starts anew last, then what has least left.
 */
export const capRefusal = (
  caps: readonly ScopedCap[],
  needed: Picodollars,
  withReserve: boolean,
): CapRefusal | undefined =>
  caps
    .filter((cap) => !fits(cap, { needed, withReserve }))
    .map((cap) => refusalOf(cap, { needed, withReserve }))
    .toSorted(mostLastingFirst)
    .at(0)

/** What a refused request could still use of the cap that refused it. */
export const leftFor = (
  { left, reserve }: Pick<CapRefusal['facts'], 'left' | 'reserve'>,
  withReserve: boolean,
): Picodollars => (withReserve ? left : rest(left, reserve))
