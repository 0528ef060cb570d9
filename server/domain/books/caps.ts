import type { Cap, Period } from '../../../shared/cap.ts'
import { dollars, type Picodollars, pico } from '../../../shared/money.ts'
import type { Facts } from '../../../shared/problems.ts'

/** What a new workspace may spend in a month until an admin says otherwise. */
export const defaultCap: Picodollars = dollars('50')

/** What a cap counts: the whole workspace (`id` is empty). A hold is granted only when it fits under every scope that applies. */
export type Scope = { readonly scope: 'workspace'; readonly id: string }

/** The scope that counts everything. */
export const workspaceScope: Scope = { scope: 'workspace', id: '' }

/** The scopes whose caps apply to a request. */
export const scopesOf = (): readonly Scope[] => [workspaceScope]

const left = (limit: bigint, used: bigint): Picodollars => pico(limit > used ? limit - used : 0n)

/** The state of a cap, with what is left of it. */
export const capOf = (limit: Picodollars, settled: Picodollars, held: Picodollars, period: Period): Cap => ({
  limit,
  settled,
  held,
  left: left(limit, settled + held),
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

/** Why a hold of `needed` was declined under this cap. */
export const capRefusal = (cap: Cap, needed: Picodollars): { slug: CapSlug; facts: Facts<CapSlug> } => {
  const { limit, settled, held, left, period } = cap
  const facts = { limit, settled, held, left, needed, resetsAt: period.endsAt }
  if (needed > limit) return { slug: 'cap-too-small', facts }
  return { slug: settled + needed <= limit ? 'cap-held' : 'cap-reached', facts }
}
