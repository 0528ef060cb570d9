import type { CapPlace, CapRaise, ReserveChange, ScopedCap, ScopedCapChange } from '../../shared/cap.ts'
import type { Picodollars } from '../../shared/money.ts'
import { ProviderName } from '../../shared/providers.ts'
import { mainScopes, modelScopeId } from './books/caps.ts'
import { type Caller, requireAdmin } from './identity/caller.ts'
import { profileOf } from './prices/models.ts'
import { Refusal } from './refusal.ts'

/** Who changes a cap, in which workspace; the zone is that of a period which is not open yet. */
export type CapDeed = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly by: string
}

/** Where caps are set. Each change is written with its audit record. */
export type CapStore = {
  /** Every cap that is set, as it stands now. */
  list(workspaceId: string, timeZone: string): Promise<readonly ScopedCap[]>
  /** Sets a cap and ends a raise of it; a new one counts what was spent in its period before. False when there is no such living member or channel. */
  set(deed: CapDeed, change: ScopedCapChange): Promise<boolean>
  /** False when no such cap is set. */
  remove(deed: CapDeed, place: CapPlace): Promise<boolean>
  /** Raises a cap until a moment, in the place of a raise that holds. False when no such cap is set; refuses by `refuseRaise`. */
  raise(deed: CapDeed, raise: CapRaise): Promise<boolean>
  /** Ends a raise before its time. False when none holds. */
  endRaise(deed: CapDeed, place: CapPlace): Promise<boolean>
  /** Keeps so much of the end of the workspace's month for urgent drafts. */
  setReserve(deed: CapDeed, reserve: Picodollars): Promise<void>
}

type CapParts = { readonly caps: CapStore }

/** The longest temporary raise: about as long as a month's cap counts. What is wanted for longer is a limit. */
const LONGEST_RAISE_MS = 31 * 86_400_000

/** Refuses a raise that is not above the cap's own limit, or does not end ahead of `at` (ms) and soon enough. */
export const refuseRaise = (
  own: Picodollars,
  { limit, until }: Pick<CapRaise, 'limit' | 'until'>,
  at: number,
): void => {
  if (limit <= own) throw new Refusal('raise-refused', { reason: 'not-higher', limit: own })
  if (until <= at || until > at + LONGEST_RAISE_MS)
    throw new Refusal('raise-refused', { reason: 'not-ahead', limit: own })
}

const notFound = (): Refusal => new Refusal('not-found', {})

/** The id of a model's scope under the name that attempts have: an alias counts as the model itself. */
const modelIdOf = (id: string): string => {
  const [first, ...rest] = id.split('/')
  const provider = ProviderName.safeParse(first)
  const model = rest.join('/').trim()
  if (!provider.success || model === '') throw notFound()
  return modelScopeId({ provider: provider.data, model: profileOf(provider.data, model)?.id ?? model })
}

/** The one way to write a place. Refuses one that counts nothing. */
const exactPlace = <P extends CapPlace>(place: P): P => {
  if (place.scope === 'model') return { ...place, id: modelIdOf(place.id) }
  const standsAlone = mainScopes.some(({ scope }) => scope === place.scope)
  if (standsAlone !== (place.id === '')) throw notFound()
  return place
}

const deedOf = ({ workspaceId, timeZone, memberId }: Caller): CapDeed => ({
  workspaceId,
  timeZone,
  by: memberId,
})

/** Every cap, for owners and admins. */
export const listCaps =
  ({ caps }: CapParts) =>
  async (caller: Caller): Promise<readonly ScopedCap[]> => {
    requireAdmin(caller)
    return caps.list(caller.workspaceId, caller.timeZone)
  }

/** Sets a cap, for owners and admins. Holds that are open stay. */
export const setCap =
  ({ caps }: CapParts) =>
  async (caller: Caller, change: ScopedCapChange): Promise<void> => {
    requireAdmin(caller)
    if (!(await caps.set(deedOf(caller), exactPlace(change)))) throw notFound()
  }

/** Raises a cap for a while, for owners and admins. */
export const raiseCap =
  ({ caps }: CapParts) =>
  async (caller: Caller, raise: CapRaise): Promise<void> => {
    requireAdmin(caller)
    if (!(await caps.raise(deedOf(caller), exactPlace(raise)))) throw notFound()
  }

/** Ends a raise before its time, for owners and admins. */
export const endRaise =
  ({ caps }: CapParts) =>
  async (caller: Caller, place: CapPlace): Promise<void> => {
    requireAdmin(caller)
    if (!(await caps.endRaise(deedOf(caller), exactPlace(place)))) throw notFound()
  }

/** Keeps the end of the workspace's month for urgent drafts, for owners and admins. */
export const setReserve =
  ({ caps }: CapParts) =>
  async (caller: Caller, { reserve }: ReserveChange): Promise<void> => {
    requireAdmin(caller)
    await caps.setReserve(deedOf(caller), reserve)
  }

/** Takes a cap away, for owners and admins; the workspace's month always has one. */
export const removeCap =
  ({ caps }: CapParts) =>
  async (caller: Caller, place: CapPlace): Promise<void> => {
    requireAdmin(caller)
    const exact = exactPlace(place)
    if (exact.scope === 'workspace' && exact.kind === 'month') throw notFound()
    if (!(await caps.remove(deedOf(caller), exact))) throw notFound()
  }
