import type { CapPlace, ScopedCap, ScopedCapChange } from '../../shared/cap.ts'
import { ProviderName } from '../../shared/providers.ts'
import { modelScopeId } from './books/caps.ts'
import { type Caller, requireAdmin } from './identity/caller.ts'
import { profileOf } from './prices/models.ts'
import { Refusal } from './refusal.ts'

/** Who changes a cap, in which workspace; the zone is that of a period which is not open yet. */
type CapDeed = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly by: string
}

/** Where caps are set. Each change is written with its audit record. */
export type CapStore = {
  /** Every cap that is set, as it stands now. */
  list(workspaceId: string, timeZone: string): Promise<readonly ScopedCap[]>
  /** Sets a cap; a new one counts what was spent in its period before. False when there is no such living member or channel. */
  set(deed: CapDeed, change: ScopedCapChange): Promise<boolean>
  /** False when no such cap is set. */
  remove(deed: CapDeed, place: CapPlace): Promise<boolean>
}

type CapParts = { readonly caps: CapStore }

const notFound = (): Refusal => new Refusal('not-found', {})

/** The id of a model's scope under the name that attempts have: an alias counts as the model itself. */
const modelIdOf = (id: string): string => {
  const [first, ...rest] = id.split('/')
  const provider = ProviderName.safeParse(first)
  const model = rest.join('/')
  if (!provider.success || model === '') throw notFound()
  return modelScopeId({ provider: provider.data, model: profileOf(provider.data, model)?.id ?? model })
}

/** The one way to write a place. Refuses one that counts nothing. */
const exactPlace = <P extends CapPlace>(place: P): P => {
  if (place.scope === 'model') return { ...place, id: modelIdOf(place.id) }
  if ((place.scope === 'workspace') !== (place.id === '')) throw notFound()
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

/** Takes a cap away, for owners and admins; the workspace's month always has one. */
export const removeCap =
  ({ caps }: CapParts) =>
  async (caller: Caller, place: CapPlace): Promise<void> => {
    requireAdmin(caller)
    const exact = exactPlace(place)
    if (exact.scope === 'workspace' && exact.kind === 'month') throw notFound()
    if (!(await caps.remove(deedOf(caller), exact))) throw notFound()
  }
