import type { KeyEndpoint } from '../../../shared/keys.ts'
import type { OpenedKey, Provider } from '../../domain/provider.ts'
import { listModels } from '../listing.ts'
import { type Parts, type Protocol, relay } from '../stream.ts'
import { chatProtocol } from './chat.ts'
import { chatDialects } from './dialects.ts'
import { messagesProtocol } from './messages.ts'

type Address = Extract<KeyEndpoint, { kind: 'address' }>

const addressOf = ({ endpoint }: OpenedKey): Address => {
  if (endpoint?.kind !== 'address') throw new Error('a key of a compatible endpoint has its address')
  return endpoint
}

/** The address that paths are put after. People also paste the one of a path; and Anthropic's paths begin with the version themselves. */
const baseOf = ({ address, dialect }: Address): string => {
  const base = address.replace(/\/+$/, '').replace(/\/(chat\/completions|messages|models)$/, '')
  return dialect === 'anthropic' ? base.replace(/\/v1$/, '') : base
}

const protocolFor = (key: OpenedKey, parts: Parts): Protocol => {
  const { dialect } = addressOf(key)
  return dialect === 'anthropic' ? messagesProtocol(parts) : chatProtocol(chatDialects[dialect], parts)
}

/**
 * Any endpoint that speaks Anthropic's or OpenAI's protocol, at an address that an admin typed: `fetch` must be a guarded one. Nobody knows how
 * its models cut text, so nothing is counted before a call.
 */
export const compatible = (parts: Parts): Provider => ({
  name: 'compatible',
  addressFor: (endpoint) => (endpoint?.kind === 'address' ? baseOf(endpoint) : undefined),
  models: (key, signal) => listModels(protocolFor(key, parts), parts, key, signal),
  call: (call, signal) => relay(protocolFor(call.key, parts), parts, call, signal),
  count: async () => undefined,
})
