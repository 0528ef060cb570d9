import type { Provider } from '../domain/provider.ts'
import { adapter } from './adapter.ts'
import { protocolFor } from './anthropic.ts'
import type { Parts } from './stream.ts'

/** Any endpoint that speaks a protocol of Anthropic's or OpenAI's, at an address that an admin typed: `fetch` must be a guarded one. */
export const compatible = (parts: Parts): Provider =>
  adapter(
    {
      name: 'compatible',
      addressFor: (endpoint) =>
        endpoint?.kind === 'address' ? endpoint.address.replace(/\/$/, '') : undefined,
    },
    protocolFor(parts),
    parts,
  )
