import type { RequestHandler } from 'express'
import { Refusal } from '../domain/refusal.ts'

/** Looks at the seal on the whole vault, as it is at this moment. */
export type SealRoutes = { readonly lookAtSeal: () => Promise<{ readonly sealed: boolean }> }

/** Refuses whatever comes after it while the vault is sealed. */
export const onlyUnsealed =
  ({ lookAtSeal }: SealRoutes): RequestHandler =>
  async (_request, _response, next) => {
    if ((await lookAtSeal()).sealed) throw new Refusal('vault-sealed', {})
    next()
  }
