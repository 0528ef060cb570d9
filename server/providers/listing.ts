import type { Failure, OpenedKey, Provider } from '../domain/provider.ts'
import { failure } from './failures.ts'
import { patience } from './patience.ts'
import { failureOf, isSendable, type Parts, type Protocol } from './stream.ts'

type Listing = Awaited<ReturnType<Provider['models']>>

const forbidden = ({ reason }: Failure): boolean => reason === 'not-permitted'

/** The models of a key. A key that is good but may not read the list has none listed, as where there is no list; anything else is a failure. */
export const listModels = async (
  protocol: Protocol,
  parts: Parts,
  key: OpenedKey,
  signal: AbortSignal,
): Promise<Listing> => {
  if (!isSendable(key)) return { failure: failure('key-invalid', { charged: 'nothing' }) }
  if (signal.aborted) return { failure: failure('vault-stopped', { charged: 'nothing' }) }
  const watch = patience(parts.fetch, parts, signal)
  try {
    const listed = await protocol.list(key, watch)
    return listed === undefined
      ? { failure: failure('garbage', { charged: 'nothing' }) }
      : { listed: listed ?? undefined, organization: watch.organization() }
  } catch (error) {
    const failed: Failure = { ...failureOf(protocol, error, watch), charged: 'nothing' }
    return forbidden(failed) ? { listed: undefined, organization: watch.organization() } : { failure: failed }
  } finally {
    watch.end()
  }
}
