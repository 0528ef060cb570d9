import { z } from 'zod'
import type { FailureReason, Usage } from '../../shared/providers.ts'
import type {
  Call,
  CallEvent,
  Failure,
  Finish,
  ListedModel,
  OpenedKey,
  Tokenizer,
} from '../domain/provider.ts'
import { chargedFor, connectionFailure, failure, requestIdOf, retryAfterSeconds } from './failures.ts'
import { type Limits, type Patience, patience } from './patience.ts'

/** What an adapter is made of: our fetch, and how long a call may take. */
export type Parts = Limits & { readonly fetch: typeof fetch }

/** What one event of a stream means. `undefined` from a reader: nothing for us. `finish` ends the answer, `broken` the call. */
export type Reading =
  | { readonly text: string }
  | { readonly finish: Omit<Finish, 'providerRequestId'> }
  | { readonly broken: FailureReason }
  | undefined

/**
 * Reads the events of one answer in order and remembers the usage that was told so far. `end`: what it means that no event comes any more,
 * for protocols without an event that ends everything; nothing, without it.
 */
export type Reader = {
  readonly read: (event: unknown) => Reading
  readonly usage: () => Partial<Usage>
  readonly end?: () => Reading
}

/** How each kind of event that we use reads, by its type. */
export type Readers = Readonly<Record<string, (event: unknown) => Reading>>

const AnyEvent = z.looseObject({ type: z.string() })

/** The answer makes no sense to us. */
export const GARBAGE: Reading = { broken: 'garbage' }

/** Reads one event by its type. Types that we do not use say nothing; what has no type is garbage. */
export const readBy = (readers: Readers, event: unknown): Reading => {
  const parsed = AnyEvent.safeParse(event)
  if (!parsed.success) return GARBAGE
  const { type } = parsed.data
  return Object.hasOwn(readers, type) ? readers[type]?.(event) : undefined
}

/** What an SDK's error tells, when it is one of that SDK's errors for an answer of the provider. */
type Told = {
  readonly status: number | undefined
  readonly headers: Headers | undefined
  readonly reason: FailureReason
}

/** A call whose input is to be counted, and how its model cuts text. */
export type Countable = { readonly call: Call; readonly tokenizer: Tokenizer }

/** The part of a protocol that differs: how a stream is opened, how its events read, how models are listed and input is counted, what its SDK's errors mean. */
export type Protocol = {
  readonly open: (
    call: Call,
    watch: Patience,
  ) => Promise<{ events: AsyncIterable<unknown>; response: Response }>
  readonly reader: () => Reader
  /** Every model that the key may use; null when there is no list at all, undefined when it does not have the expected form. */
  readonly list: (key: OpenedKey, watch: Patience) => Promise<readonly ListedModel[] | null | undefined>
  /** The most input tokens of the request that `open` would send; undefined when nobody can tell. */
  readonly count: (countable: Countable, watch: Patience) => Promise<number | undefined>
  /** Undefined: the error is not an answer of the provider but one of the connection. */
  readonly told: (error: unknown) => Told | undefined
  readonly requestIdHeader: string
}

/** A key that may stand in a header. Any other would be printed by the SDK's own error, so it never reaches the SDK. */
const sendable = /^[\x21-\x7e]{1,512}$/
const SHORTEST_KEY = 8

/** Whether the key may be given to an SDK at all. For an address that an admin typed it may be as short as it likes: some take any word. */
export const isSendable = ({ secret, endpoint }: OpenedKey): boolean =>
  sendable.test(secret) && (endpoint?.kind === 'address' || secret.length >= SHORTEST_KEY)

/** What an error means, with the watch's knowledge of why and when the call was given up. */
export const failureOf = (
  protocol: Pick<Protocol, 'told' | 'requestIdHeader'>,
  error: unknown,
  watch: Patience,
  usage: Partial<Usage> = {},
): Failure => {
  const told = protocol.told(error)
  const status = told?.status ?? refusalStatus(watch)
  const charged = status === undefined ? 'unknown' : chargedFor(status)
  const cause = watch.cause()
  if (cause !== undefined) return failure(cause, { usage, charged })
  if (told === undefined) return brokenConnection(error, usage)
  return failure(told.reason, {
    usage,
    charged,
    retryAfterSeconds: retryAfterSeconds(told.headers),
    providerRequestId: requestIdOf(told.headers?.get(protocol.requestIdHeader)),
  })
}

const brokenConnection = (error: unknown, usage: Partial<Usage>): Failure =>
  error instanceof SyntaxError ? failure('garbage', { usage }) : { ...connectionFailure(error), usage }

const refusalStatus = (watch: Patience): number | undefined => {
  const status = watch.status()
  return status !== undefined && status >= 400 ? status : undefined
}

const isEventStream = (response: Response): boolean =>
  /^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')

/**
 * What the events mean, up to the first ending. After it the rest is read and thrown away, and nothing can go wrong any more; also not where the
 * events break off and the reader says that nothing was missing.
 */
async function* readings(events: AsyncIterable<unknown>, reader: Reader, watch: Patience) {
  let whole = false
  let failed: { readonly by: unknown } | undefined
  try {
    for await (const event of events) {
      const reading: Reading = whole ? undefined : reader.read(event)
      if (reading === undefined) continue
      whole = 'finish' in reading
      if (whole) watch.linger()
      yield reading
      if ('broken' in reading) return
    }
  } catch (error) {
    failed = { by: error }
  }
  if (whole) return
  const last = reader.end?.()
  if (last !== undefined) yield last
  else if (failed !== undefined) throw failed.by
}

async function* answer(protocol: Protocol, call: Call, watch: Patience): AsyncGenerator<CallEvent, void> {
  const reader = protocol.reader()
  let providerRequestId: string | undefined
  let ended = false
  const failed = (told: Failure): CallEvent => {
    ended = true
    return {
      type: 'failed',
      failure: { ...told, providerRequestId: told.providerRequestId ?? providerRequestId },
    }
  }
  const eventOf = (reading: NonNullable<Reading>): CallEvent => {
    if ('text' in reading) return { type: 'text-delta', text: reading.text }
    if ('broken' in reading) return failed(failure(reading.broken, { usage: reader.usage() }))
    ended = true
    return { type: 'finished', finish: { ...reading.finish, providerRequestId } }
  }
  try {
    const { events, response } = await protocol.open(call, watch)
    providerRequestId = requestIdOf(response.headers.get(protocol.requestIdHeader))
    if (isEventStream(response))
      for await (const reading of readings(events, reader, watch)) yield eventOf(reading)
    else yield failed(failure('garbage'))
    if (!ended) yield failed(failure(watch.cause() ?? 'ended-early', { usage: reader.usage() }))
  } catch (error) {
    if (!ended) yield failed(failureOf(protocol, error, watch, reader.usage()))
  }
}

/**
 * Makes one call and relays it: any number of `text-delta`, then exactly one `finished` or `failed`. After the ending the connection
 * is read to its end for a moment, so that it can be used again; leaving the iteration earlier closes it.
 */
export async function* relay(
  protocol: Protocol,
  parts: Parts,
  call: Call,
  signal: AbortSignal,
): AsyncGenerator<CallEvent, void> {
  if (!isSendable(call.key)) {
    yield { type: 'failed', failure: failure('key-invalid', { charged: 'nothing' }) }
    return
  }
  if (signal.aborted) {
    yield { type: 'failed', failure: failure('vault-stopped', { charged: 'nothing' }) }
    return
  }
  const watch = patience(parts.fetch, parts, signal)
  try {
    yield* answer(protocol, call, watch)
  } finally {
    watch.end()
  }
}
