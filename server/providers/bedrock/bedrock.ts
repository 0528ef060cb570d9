import type { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk'
import { sharedIn } from '../../domain/prices/model-catalogue/bedrock.ts'
import { profileOf } from '../../domain/prices/models.ts'
import type { Call, ListedModel, OpenedKey, Provider } from '../../domain/provider.ts'
import { adapter } from '../adapter.ts'
import { bodyOf } from '../anthropic.ts'
import type { Patience } from '../patience.ts'
import type { Parts, Protocol } from '../stream.ts'
import { bedrockReader, CACHE_LIFE } from './events.ts'
import { accessOf, addressIn, regionOf } from './keys.ts'
import { told } from './told.ts'

/**
 * A client for one call, by an API key or by access keys that sign: nothing is retried, followed, logged or taken from the environment. The SDK
 * is loaded when first needed: it takes 45 MB with what it stands on.
 */
const clientFor = async (key: OpenedKey, watch: Patience, totalMs: number): Promise<AnthropicBedrock> => {
  const sdk = await import('@anthropic-ai/bedrock-sdk')
  const access = accessOf(key)
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
  return 'apiKey' in access
    ? new sdk.AnthropicBedrock({ ...options, apiKey: access.apiKey })
    : new sdk.AnthropicBedrock({
        ...options,
        awsAccessKey: access.accessKeyId,
        awsSecretKey: access.secretAccessKey,
        awsSessionToken: null,
        apiKey: null,
      })
}

/** Bedrock refuses what it does not know, tiers among it; and earlier models refuse the version that the SDK would name. */
const bodyFor = (call: Call) => {
  const { service_tier: _tier, ...body } = bodyOf(call, CACHE_LIFE)
  const version = profileOf('bedrock', call.model)?.apiVersion
  return version === undefined ? body : { ...body, anthropic_version: version }
}

/** Messages on Bedrock. The SDK makes Anthropic's events out of AWS's event stream. */
const protocolFor = ({ totalMs }: Parts): Protocol => ({
  reader: bedrockReader,
  open: async (call, watch) => {
    const client = await clientFor(call.key, watch, totalMs)
    const { data, response } = await client
      .post<AsyncIterable<unknown>>('/v1/messages', {
        body: bodyFor(call),
        stream: true,
        signal: watch.signal,
      })
      .withResponse()
    return { events: data, response }
  },
  /** Loaded when first needed: the SDK that lists takes 35 MB. */
  list: async (key, watch) => (await import('./list.ts')).readModels(key, watch),
  count: async () => undefined,
  told,
  requestIdHeader: 'x-amzn-requestid',
})

const untold = (id: string): ListedModel => ({
  id,
  name: undefined,
  contextTokens: undefined,
  outputTokens: undefined,
  retiresAt: undefined,
})

/** Claude on AWS Bedrock by the official SDK, in one region. Nothing is retried, and nobody counts its input. */
export const bedrock = (parts: Parts): Provider => {
  const addressFor: Provider['addressFor'] = (endpoint) =>
    endpoint?.kind === 'region' ? addressIn(endpoint.region) : undefined
  const protocol = adapter({ name: 'bedrock', addressFor }, protocolFor(parts), parts)
  return {
    ...protocol,
    models: async (key, signal) => {
      const answer = await protocol.models(key, signal)
      if ('failure' in answer || answer.listed !== undefined) return answer
      return { ...answer, inRegion: sharedIn(regionOf(key)).map(untold) }
    },
  }
}
