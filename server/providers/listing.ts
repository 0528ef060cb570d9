import type { Failure, ListedModel, OpenedKey, Provider } from '../domain/provider.ts'
import { failure } from './failures.ts'
import { type Patience, patience } from './patience.ts'
import { failureOf, isSendable, type Parts, type Protocol } from './stream.ts'

type Listing = Awaited<ReturnType<Provider['models']>>

/** Reads pages of a list, one after the other, until it ends. Returns undefined when a page does not have the expected form. */
type ReadModels = (key: OpenedKey, watch: Patience) => Promise<readonly ListedModel[] | undefined>

const forbidden = ({ reason }: Failure): boolean => reason === 'not-permitted'

/** The models of a key. A key that is good but may not read the list has none listed; anything else is a failure. */
export const listModels = async (
  protocol: Protocol,
  parts: Parts,
  read: ReadModels,
  key: OpenedKey,
  signal: AbortSignal,
): Promise<Listing> => {
  if (!isSendable(key)) return { failure: failure('key-invalid', { charged: 'nothing' }) }
  if (signal.aborted) return { failure: failure('vault-stopped', { charged: 'nothing' }) }
  const watch = patience(parts.fetch, parts, signal)
  try {
    const listed = await read(key, watch)
    return listed === undefined ? { failure: failure('garbage', { charged: 'nothing' }) } : { listed }
  } catch (error) {
    const failed: Failure = { ...failureOf(protocol, error, watch), charged: 'nothing' }
    return forbidden(failed) ? { listed: undefined } : { failure: failed }
  } finally {
    watch.end()
  }
}
