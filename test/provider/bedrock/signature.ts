import { createHash, createHmac } from 'node:crypto'
import type { Arrived } from '../dialect.ts'
import type { Refused } from '../refusals.ts'
import { bedrockError } from './refusals.ts'

/** The one secret of every simulated pair of access keys. It is never sent: only signatures made with it are. */
export const SIMULATED_SECRET = 'simulated/secret+access+key+of+40+chars0'

const authorization =
  /^AWS4-HMAC-SHA256 Credential=(?<id>[A-Z0-9]+)\/(?<day>\d{8})\/(?<region>[a-z0-9-]+)\/(?<service>[a-z]+)\/aws4_request, ?SignedHeaders=(?<names>[a-z0-9;-]+), ?Signature=(?<signature>[0-9a-f]{64})$/

/** What a request's `Authorization` says who signed it, for where, and how. */
export const signatureIn = ({ authorization: header = '' }: Arrived['headers']) =>
  authorization.exec(header)?.groups

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')
const hmac = (key: string | Uint8Array, text: string): Uint8Array =>
  createHmac('sha256', key).update(text).digest()

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** AWS encodes a path once more before it signs, except for its oldest service. */
const canonicalPath = (path: string): string => path.split('/').map(encoded).join('/')

const canonicalQuery = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .toSorted()
    .join('&')

const canonicalHeaders = (headers: Arrived['headers'], names: readonly string[]): string =>
  names.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`).join('')

const canonicalRequest = ({ method, path, headers, body }: Arrived, names: string): string => {
  const [rawPath = '/', query = ''] = path.split('?')
  return [
    method,
    canonicalPath(rawPath),
    canonicalQuery(new URLSearchParams(query)),
    canonicalHeaders(headers, names.split(';')),
    names,
    sha256(body),
  ].join('\n')
}

const mismatch = bedrockError(
  403,
  'InvalidSignatureException',
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
)

/**
 * What is wrong with a request's Signature Version 4, computed from AWS's description of it and not by an SDK. Every clock is taken for right:
 * worlds may live on another day than the SDKs, which ask nobody for the time.
 */
export const misSigned = (arrived: Arrived): Refused | undefined => {
  const { day = '', region = '', service = '', names = '', signature } = signatureIn(arrived.headers) ?? {}
  const scope = `${day}/${region}/${service}/aws4_request`
  const request = sha256(canonicalRequest(arrived, names))
  const text = ['AWS4-HMAC-SHA256', String(arrived.headers['x-amz-date']), scope, request].join('\n')
  const key = [day, region, service, 'aws4_request'].reduce<string | Uint8Array>(
    hmac,
    `AWS4${SIMULATED_SECRET}`,
  )
  const right = Buffer.from(hmac(key, text)).toString('hex')
  const covers = ['host', 'x-amz-date'].every((name) => names.split(';').includes(name))
  return service === 'bedrock' && covers && signature === right ? undefined : mismatch
}
