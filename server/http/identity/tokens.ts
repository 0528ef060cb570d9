import { Router } from 'express'
import { z } from 'zod'
import { TokenAnswer } from '../../../shared/pairing.ts'
import type { Credentials } from '../../domain/identity/proof.ts'
import type { IssuedToken, PublicKeys } from '../../domain/identity/tokens.ts'
import { bodyOf } from '../body.ts'
import { credentialsOf } from '../caller.ts'

export type TokenRoutes = {
  readonly issueToken: (credentials: Credentials) => Promise<IssuedToken & { readonly now: number }>
  /** None while the vault is sealed: then no token is good. */
  readonly publicKeys: () => Promise<PublicKeys>
}

const Nothing = z.strictObject({}).optional()

/** `GET /.well-known/jwks.json`: the keys by which others can check a session token. */
export const tokenKeys = ({ publicKeys }: TokenRoutes): Router => {
  const router = Router()
  router.get('/.well-known/jwks.json', async (_request, response) => {
    response.json(await publicKeys())
  })
  return router
}

/** `POST /v1/tokens`: a session for the device whose key made the proof. */
export const tokens = ({ issueToken }: TokenRoutes): Router => {
  const router = Router()
  router.post('/v1/tokens', async (request, response) => {
    await bodyOf(request, response, Nothing, 'stranger')
    response.json(z.encode(TokenAnswer, await issueToken(credentialsOf(request))))
  })
  return router
}
