import type { RequestHandler } from 'express'
import { CONTRACT_HEADER } from '../../shared/contract.ts'
import { addressesOf } from '../domain/identity/vault-address.ts'
import { Refusal } from '../domain/refusal.ts'

const extensionOrigin = /^(chrome-extension:\/\/[a-p]{32}|moz-extension:\/\/[0-9a-f-]{36})$/

const PREFLIGHT_SECONDS = 7_200

/** The origin that a request names: an extension's, or undefined when the header is absent. Any other origin, `null` too, is refused. */
const originOf = (header: string | undefined): string | undefined => {
  if (header !== undefined && !extensionOrigin.test(header)) throw new Refusal('origin-refused', {})
  return header
}

/** Answers CORS for extensions and refuses every web page. Whether it is the device's own extension is judged with its proof. */
export const answerExtensions: RequestHandler = (request, response, next) => {
  const origin = originOf(request.headers.origin)
  response.vary('Origin')
  if (origin !== undefined) {
    response.setHeader('access-control-allow-origin', origin)
    response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  }
  if (request.method !== 'OPTIONS') {
    next()
    return
  }
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
  response.setHeader('access-control-allow-headers', `authorization, content-type, dpop, ${CONTRACT_HEADER}`)
  response.setHeader('access-control-max-age', String(PREFLIGHT_SECONDS))
  response.status(204).end()
}

/** The Host values that mean this vault: its own address, and on loopback the usual names of loopback with its port. */
const hostsOf = (origin: string): readonly string[] =>
  addressesOf(origin).map((address) => new URL(address).host)

/** Refuses requests that came by another name (DNS rebinding). `origin` is asked at each request, since the port may be the system's choice. */
export const onlyOwnHost =
  (origin: () => string): RequestHandler =>
  (request, _response, next) => {
    if (!hostsOf(origin()).includes(request.headers.host?.toLowerCase() ?? ''))
      throw new Refusal('wrong-address', {})
    next()
  }
