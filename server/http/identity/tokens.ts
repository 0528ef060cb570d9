import { Router } from 'express'
import { z } from 'zod'
import { TokenAnswer } from '../../../shared/pairing.ts'
import type { Credentials } from '../../domain/identity/proof.ts'
import type { IssuedToken, PublicKeys } from '../../domain/identity/tokens.ts'
import { bodyOf } from '../body.ts'
import { credentialsOf } from '../caller.ts'

export type TokenRoutes = {
  readonly issueToken: (credentials: Credentials) => Promise<IssuedToken & { readonly now: number }>
  readonly publicKeys: PublicKeys
}

const Nothing = z.strictObject({}).optional()

/** `POST /v1/tokens`: a session for the device whose key made the proof, and the keys by which others can check it. */
export const tokens = ({ issueToken, publicKeys }: TokenRoutes): Router => {
  const router = Router()
  router.post('/v1/tokens', async (request, response) => {
    await bodyOf(request, response, Nothing, 'stranger')
    response.json(z.encode(TokenAnswer, await issueToken(credentialsOf(request))))
  })
  router.get('/.well-known/jwks.json', (_request, response) => {
    response.json(publicKeys)
  })
  return router
}
