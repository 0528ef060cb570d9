import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk'
import { BedrockRegion } from '../../shared/keys.ts'
import type { OpenedKey, Provider } from '../domain/provider.ts'
import { adapter } from './adapter.ts'
import { bodyOf, errors } from './anthropic.ts'
import { anthropicReader } from './anthropic-events.ts'
import type { Patience } from './patience.ts'
import type { Parts, Protocol } from './stream.ts'

const regionOf = ({ endpoint }: OpenedKey): BedrockRegion =>
  BedrockRegion.parse(endpoint?.kind === 'region' ? endpoint.region : undefined)

/** A client for one call, by an API key or by `ACCESS-KEY-ID:SECRET-ACCESS-KEY`: nothing is retried, followed, logged or taken from the environment. */
const clientFor = (key: OpenedKey, watch: Patience, totalMs: number): AnthropicBedrock => {
  const options = {
    awsRegion: regionOf(key),
    baseURL: key.baseAddress,
    fetch: watch.fetch,
    fetchOptions: { redirect: 'error' },
    maxRetries: 0,
    timeout: totalMs,
    logLevel: 'off',
    openTelemetry: false,
  } as const
  const [awsAccessKey = '', awsSecretKey] = key.secret.split(':')
  return awsSecretKey === undefined
    ? new AnthropicBedrock({ ...options, apiKey: key.secret })
    : new AnthropicBedrock({ ...options, awsAccessKey, awsSecretKey, awsSessionToken: null, apiKey: null })
}

const protocolFor = ({ totalMs }: Parts): Protocol => ({
  reader: anthropicReader,
  open: async (call, watch) => {
    const { data, response } = await clientFor(call.key, watch, totalMs)
      .post<AsyncIterable<unknown>>('/v1/messages', {
        body: bodyOf(call),
        stream: true,
        signal: watch.signal,
      })
      .withResponse()
    return { events: data, response }
  },
  list: async () => undefined,
  count: async () => undefined,
  ...errors,
})

/** Claude on AWS Bedrock, in one region. Nothing is retried. */
export const bedrock = (parts: Parts): Provider =>
  adapter(
    {
      name: 'bedrock',
      addressFor: (endpoint) =>
        endpoint?.kind === 'region' ? `https://bedrock-runtime.${endpoint.region}.amazonaws.com` : undefined,
    },
    protocolFor(parts),
    parts,
  )
