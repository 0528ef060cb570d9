import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { inspect } from 'node:util'
import type {
  Call,
  CallEvent,
  Failure,
  OpenedKey,
  Provider,
  Tokenizer,
} from '../../../server/domain/provider.ts'
import { outboundFetch } from '../../../server/outbound/fetch.ts'
import type { Parts } from '../../../server/providers/stream.ts'
import type { KeyEndpoint } from '../../../shared/keys.ts'
import type { Behaviour, Simulator } from '../simulator.ts'

/** One provider's adapter, as its contract is tested. */
export type Subject = {
  readonly make: (parts: Parts) => Provider
  readonly address: (simulator: Simulator) => string
  /** Where its keys may be sent, for a provider that has more than one address. */
  readonly endpoint?: (address: string) => KeyEndpoint
  readonly key: string
  /** A key that looks real; the simulator must refuse it. */
  readonly realLookingKey: string
  readonly model: string
  readonly tokenizer: Tokenizer
  readonly cases: readonly Case[]
  /** What its provider does not have, so that nothing is owed for it. */
  readonly lacks?: readonly ('keys' | 'tiers' | 'counts' | 'lists')[]
}

/** What a behavior of the provider must be told as. */
export type Case = {
  readonly when: Behaviour
  readonly reason: Failure['reason']
  readonly elsewhere: boolean
  readonly charged: Failure['charged']
}

const patient = { headersMs: 20_000, idleMs: 20_000, totalMs: 60_000 }
export const BRIEF_MS = 150

export const CANARY = 'marmalade-4711-canary'

export const promptWith = (words: string) => ({
  system: 'You draft replies for a support agent.',
  thread: `<conversation ab12>\n--- Customer · Nadia Brown · 09:12 ---\n${words}\n</conversation ab12>`,
  ask: 'Write a draft reply to the customer.',
})

/** A key of the subject, to be sent to an address. */
export const keyFor = (subject: Subject, address: string, secret = subject.key): OpenedKey => ({
  secret,
  baseAddress: address,
  ...(subject.endpoint === undefined ? {} : { endpoint: subject.endpoint(address) }),
})

export const callFor = (subject: Subject, simulator: Simulator, change: Partial<Call> = {}): Call => ({
  key: keyFor(subject, subject.address(simulator)),
  model: subject.model,
  prompt: promptWith(`My parcel #10293 is late (${CANARY}). When will it arrive?`),
  outputLimit: 800,
  reasoning: 'none',
  cacheKey: 'workspace-1',
  ...change,
})

export const providerOf = (subject: Subject, limits: Partial<Parts> = {}): Provider =>
  subject.make({ fetch: outboundFetch(), ...patient, ...limits })

export const never = new AbortController().signal

export const heard = async (events: AsyncIterable<CallEvent>): Promise<readonly CallEvent[]> => {
  const all: CallEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

export const textOf = (events: readonly CallEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('')

export const finishOf = (events: readonly CallEvent[]) => {
  const last = events.at(-1)
  return last?.type === 'finished' ? last.finish : undefined
}

export const failureOf = (events: readonly CallEvent[]) => {
  const last = events.at(-1)
  return last?.type === 'failed' ? last.failure : undefined
}

export const endings = (events: readonly CallEvent[]): number =>
  events.filter(({ type }) => type !== 'text-delta').length

export const everythingIn = (value: unknown): string =>
  inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null })

export const listening = async (listener: RequestListener) => {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { address: `http://127.0.0.1:${port}`, close: () => server.closeAllConnections() ?? server.close() }
}
