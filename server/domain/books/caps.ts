import type { Cap, CapScope, Period, ScopedCap } from '../../../shared/cap.ts'
import { dollars, type Picodollars, pico } from '../../../shared/money.ts'
import type { Facts } from '../../../shared/problems.ts'
import type { ProviderName } from '../../../shared/providers.ts'

/** What a new workspace may spend in a month until an admin says otherwise. */
export const defaultCap: Picodollars = dollars('50')

/** What a cap counts; `id` is empty for the whole workspace. A hold is granted only when it fits under every cap of every scope that applies. */
export type Scope = { readonly scope: CapScope; readonly id: string }

/** The scope that counts everything. */
export const workspaceScope: Scope = { scope: 'workspace', id: '' }

/** What a request is counted by. */
type Counted = {
  readonly memberId: string
  readonly channelId: string | null
  readonly provider: ProviderName
  readonly model: string
}

/** The id of a model's scope: two providers may call different models alike. */
export const modelScopeId = ({ provider, model }: Pick<Counted, 'provider' | 'model'>): string =>
  `${provider}/${model}`

/** The scopes whose caps apply to a request. */
export const scopesOf = (counted: Counted): readonly Scope[] => [
  workspaceScope,
  { scope: 'member', id: counted.memberId },
  ...(counted.channelId === null ? [] : [{ scope: 'channel', id: counted.channelId } as const]),
  { scope: 'model', id: modelScopeId(counted) },
]

const left = (limit: bigint, used: bigint): Picodollars => pico(limit > used ? limit - used : 0n)

/** The state of a cap, with what is left of it. */
export const capOf = (limit: Picodollars, settled: Picodollars, held: Picodollars, period: Period): Cap => ({
  limit,
  settled,
  held,
  left: left(limit, settled + held),
  reserve: pico(0n),
  raised: null,
  period,
})

/** The largest amount by which what is in flight could still pass the limit: zero unless the limit was lowered below it. */
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

const slugOf = ({ limit, settled }: Cap, needed: Picodollars): CapSlug => {
  if (needed > limit) return 'cap-too-small'
  return settled + needed <= limit ? 'cap-held' : 'cap-reached'
}

const refusalOf = (cap: ScopedCap, needed: Picodollars): CapRefusal => {
  const { scope, id, name, kind, limit, settled, held, left: rest, reserve, period } = cap
  return {
    slug: slugOf(cap, needed),
    facts: {
      scope,
      id,
      name,
      kind,
      limit,
      settled,
      held,
      left: rest,
      reserve,
      needed,
      resetsAt: period.endsAt,
    },
  }
}

const mostLastingFirst = (one: CapRefusal, other: CapRefusal): number =>
  lasting.indexOf(one.slug) - lasting.indexOf(other.slug) ||
  other.facts.resetsAt - one.facts.resetsAt ||
  (one.facts.left < other.facts.left ? -1 : 1)

/** Whether a hold of `needed` fits under a cap. */
export const fits = ({ limit, settled, held }: Cap, needed: Picodollars): boolean =>
  settled + held + needed <= limit

/**
 * Why a hold of `needed` is declined under these caps; undefined when it fits under all. Of several refusals the one that lasts longest is
 * told, since the others would only be met after it: too small before reached before held, then what starts anew last, then what has least left.
 */
export const capRefusal = (caps: readonly ScopedCap[], needed: Picodollars): CapRefusal | undefined =>
  caps
    .filter((cap) => !fits(cap, needed))
    .map((cap) => refusalOf(cap, needed))
    .toSorted(mostLastingFirst)
    .at(0)
