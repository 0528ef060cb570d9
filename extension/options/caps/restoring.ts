import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import { ownLimit } from '../../ui/cap-names.ts'
import type { Vault } from '../../vault/client.ts'

/** The place of a cap, without what it holds. */
export const placeOf = ({ scope, id, kind }: CapPlace): CapPlace => ({ scope, id, kind })

/** The place of the cap that every workspace has. */
export const workspaceMonth: CapPlace = { scope: 'workspace', id: '', kind: 'month' }

/** A cap as it can be put back. */
export type Standing = CapPlace & Pick<ScopedCap, 'limit' | 'raised'>

/** Gives a cap the temporary raise again that it had, or none if it had none. */
export const undoRaise = (vault: Pick<Vault, 'raiseCap' | 'endRaise'>, before: Standing): Promise<void> =>
  before.raised === null ? vault.endRaise(placeOf(before)) : raiseAgain(vault, before)

/** Raises a cap again as it was raised. */
export const raiseAgain = async (vault: Pick<Vault, 'raiseCap'>, cap: Standing): Promise<void> => {
  const { limit, raised } = cap
  if (raised !== null) await vault.raiseCap({ ...placeOf(cap), limit, until: raised.until })
}

/** Puts a cap back as it was, its temporary raise with it. */
export const putBack = async (
  vault: Pick<Vault, 'raiseCap' | 'setScopedCap'>,
  cap: Standing,
): Promise<void> => {
  await vault.setScopedCap(placeOf(cap), ownLimit(cap))
  await raiseAgain(vault, cap)
}
