import type { Provider } from '../domain/provider.ts'
import { countInput } from './counting.ts'
import { listModels } from './listing.ts'
import { type Parts, type Protocol, relay } from './stream.ts'

type Named = Pick<Provider, 'name' | 'addressFor'>

/** The port of one provider, by its protocol. Nothing is retried. */
export const adapter = (named: Named, protocol: Protocol, parts: Parts): Provider => ({
  ...named,
  models: (key, signal) => listModels(protocol, parts, key, signal),
  call: (call, signal) => relay(protocol, parts, call, signal),
  count: (call, tokenizer, signal) => countInput(protocol, parts, { call, tokenizer }, signal),
})
