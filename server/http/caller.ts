import type { Request } from 'express'
import type { Caller } from '../domain/caller.ts'

/** What identifies a request: the headers as they came, and its method and path. The address is the vault's own, never the Host header. */
export type Credentials = {
  readonly authorization: string | undefined
  readonly proof: string | undefined
  readonly origin: string | undefined
  readonly method: string
  readonly path: string
}

export const credentialsOf = (request: Request): Credentials => ({
  authorization: request.headers.authorization,
  proof: request.get('dpop'),
  origin: request.headers.origin,
  method: request.method,
  path: request.originalUrl.split('?')[0] ?? '/',
})

/** Finds who asks, or refuses with a problem. Roles are read from the database at each request. */
export type CallerOf = (credentials: Credentials) => Promise<Caller>

export type CallerParts = { readonly callerOf: CallerOf }
