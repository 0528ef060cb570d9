import type { Request } from 'express'
import type { Caller } from '../domain/identity/caller.ts'
import type { Credentials } from '../domain/identity/proof.ts'

/** What a request says about who sends it, unjudged. */
export const credentialsOf = (request: Request): Credentials => ({
  authorization: request.headers.authorization,
  proof: request.get('dpop'),
  origin: request.headers.origin,
  method: request.method,
  path: request.originalUrl.split('?')[0] ?? '/',
})

/** Finds who asks, or refuses with a problem. Roles are read from the database at each request. */
type CallerOf = (credentials: Credentials) => Promise<Caller>

export type CallerParts = { readonly callerOf: CallerOf }
