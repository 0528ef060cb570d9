import { BedrockRegion } from '../../../shared/keys.ts'
import type { OpenedKey } from '../../domain/provider.ts'

/** An API key, which travels with each request, or the pair of access keys that signs it. */
type Access = { readonly apiKey: string } | { readonly accessKeyId: string; readonly secretAccessKey: string }

const pair = /^(?<id>[A-Z0-9]{16,128}):(?<secret>.+)$/

/** What a key is, by its form. Neither part of a pair is ever empty: the SDKs would then look for another one on this machine. */
export const accessOf = ({ secret }: OpenedKey): Access => {
  const { id, secret: secretAccessKey } = pair.exec(secret)?.groups ?? {}
  return id === undefined || secretAccessKey === undefined
    ? { apiKey: secret }
    : { accessKeyId: id, secretAccessKey }
}

/** The region of a key, which its signature names. A key of another provider is a mistake of the caller. */
export const regionOf = ({ endpoint }: OpenedKey): BedrockRegion =>
  BedrockRegion.parse(endpoint?.kind === 'region' ? endpoint.region : undefined)

/** Where models answer in a region. */
export const addressIn = (region: BedrockRegion): string => `https://bedrock-runtime.${region}.amazonaws.com`

/** Where models are listed: a host beside the one that answers. An address that the operator put in its place is both. */
export const listAddressOf = (key: OpenedKey): string => {
  const region = regionOf(key)
  return key.baseAddress === addressIn(region) ? `https://bedrock.${region}.amazonaws.com` : key.baseAddress
}
