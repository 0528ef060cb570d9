import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call, CallEvent, Failure, Provider } from '../../server/domain/provider.ts'
import { outboundFetch } from '../../server/outbound/fetch.ts'
import type { Parts } from '../../server/providers/stream.ts'
import { type Behaviour, type Simulator, startSimulator } from './simulator.ts'

/** One provider's adapter, as its contract is tested. */
export type Subject = {
  readonly make: (parts: Parts) => Provider
  readonly address: (simulator: Simulator) => string
  readonly key: string
  /** A key that looks real; the simulator must refuse it. */
  readonly realLookingKey: string
  readonly model: string
  readonly cases: readonly Case[]
}

/** What a behavior of the provider must be told as. */
export type Case = {
  readonly when: Behaviour
  readonly reason: Failure['reason']
  readonly elsewhere: boolean
  readonly charged: Failure['charged']
}

const patient = { headersMs: 20_000, idleMs: 20_000, totalMs: 60_000 }
const BRIEF_MS = 60

const CANARY = 'marmalade-4711-canary'

export const promptWith = (words: string) => ({
  system: 'You draft replies for a support agent.',
  thread: `<conversation ab12>\n--- Customer · Nadia Brown · 09:12 ---\n${words}\n</conversation ab12>`,
  ask: 'Write a draft reply to the customer.',
})

export const callFor = (subject: Subject, simulator: Simulator, change: Partial<Call> = {}): Call => ({
  key: { secret: subject.key, baseAddress: subject.address(simulator) },
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

const endings = (events: readonly CallEvent[]): number =>
  events.filter(({ type }) => type !== 'text-delta').length

const everythingIn = (value: unknown): string =>
  inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, maxStringLength: null })

const brief: Partial<Record<Behaviour, Partial<Parts>>> = {
  hang: { headersMs: BRIEF_MS },
  stall: { idleMs: BRIEF_MS },
}

const listening = async (listener: RequestListener) => {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return { address: `http://127.0.0.1:${port}`, close: () => server.closeAllConnections() ?? server.close() }
}

const waysToEnd = (subject: Subject, running: () => Simulator) =>
  describe('how a call ends', () => {
    for (const { when, reason, elsewhere, charged } of subject.cases) {
      test(`${when} → ${reason}, charged ${charged}, once and without a retry`, async () => {
        const simulator = running()
        const before = simulator.requests().length
        simulator.plan({ provider: providerOf(subject).name, next: [when] })
        const events = await heard(providerOf(subject, brief[when]).call(callFor(subject, simulator), never))
        await simulator.settled()
        expect(failureOf(events)).toMatchObject({ reason, charged, mayTryElsewhere: elsewhere })
        expect(endings(events)).toBe(1)
        expect(simulator.requests().length - before).toBe(1)
        expect(everythingIn(events)).not.toContain(subject.key)
        expect(everythingIn(failureOf(events))).not.toContain(CANARY)
      })
    }

    test('a rate limit tells how long to rest, at most an hour', async () => {
      const simulator = running()
      const provider = providerOf(subject)
      const retryAfter = ['7', '0', '999999', 'Wed, 21 Oct 2015 07:28:00 GMT', 'soon', '-4']
      simulator.plan({
        provider: provider.name,
        next: retryAfter.map((after) => ({ do: 'rate-limited', retryAfter: after })),
      })
      const rests: (number | undefined)[] = []
      for (const _ of retryAfter) {
        rests.push(
          failureOf(await heard(provider.call(callFor(subject, simulator), never)))?.retryAfterSeconds,
        )
      }
      expect(rests).toEqual([7, 0, 3_600, undefined, undefined, undefined])
    })

    test('an address where nobody listens costs nothing', async () => {
      const gone = await startSimulator()
      const call = callFor(subject, gone)
      await gone.close()
      const events = await heard(providerOf(subject).call(call, never))
      expect(failureOf(events)).toMatchObject({
        reason: 'network',
        charged: 'nothing',
        mayTryElsewhere: true,
      })
    })

    test('an answer that is no HTTP is garbage', async () => {
      const server = createSocketServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'))
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const call = callFor(subject, running(), {
        key: { secret: subject.key, baseAddress: `http://127.0.0.1:${port}` },
      })
      const events = await heard(providerOf(subject).call(call, never))
      server.close()
      expect(failureOf(events)).toMatchObject({ reason: 'garbage', charged: 'unknown' })
    })

    test('a body without end is given up', async () => {
      const endless = await listening((request, answer) => {
        request.resume()
        answer.writeHead(200, { 'content-type': 'text/event-stream' })
        const pour = () => {
          while (!answer.destroyed && answer.write('x'.repeat(65_536)));
        }
        answer.on('drain', pour)
        pour()
      })
      const call = callFor(subject, running(), { key: { secret: subject.key, baseAddress: endless.address } })
      const events = await heard(providerOf(subject).call(call, never))
      endless.close()
      expect(failureOf(events)).toMatchObject({ reason: 'garbage', charged: 'unknown' })
    })
  })

const healthy = (subject: Subject, running: () => Simulator) =>
  describe('a whole answer', () => {
    const ask = async (behaviour: Behaviour, change: Partial<Call> = {}) => {
      const simulator = running()
      const provider = providerOf(subject)
      simulator.plan({ provider: provider.name, next: [behaviour] })
      const events = await heard(provider.call(callFor(subject, simulator, change), never))
      await simulator.settled()
      return { events, booked: simulator.calls().at(-1) }
    }

    test('comes as text in pieces and ends once, with the usage of the provider’s books', async () => {
      const { events, booked } = await ask('healthy')
      expect(textOf(events)).toContain('Hi Nadia,')
      expect(textOf(events)).toContain('When will it arrive?')
      expect(events.length).toBeGreaterThan(10)
      expect(endings(events)).toBe(1)
      expect(finishOf(events)).toMatchObject({ stop: 'end', usage: booked?.buckets, model: booked?.model })
      expect(finishOf(events)?.providerRequestId).toBe(`req_${booked?.id}`)
      expect(everythingIn(events)).not.toContain(subject.key)
    })

    test('that is cut by the output limit says so', async () => {
      const { events, booked } = await ask('limit')
      expect(finishOf(events)).toMatchObject({ stop: 'limit', usage: booked?.buckets })
    })

    test('never has more tokens than the limit, hidden ones included', async () => {
      const { events, booked } = await ask('healthy', { outputLimit: 64 })
      const usage = finishOf(events)?.usage
      expect((usage?.output ?? 0) + (usage?.reasoning ?? 0)).toBeLessThanOrEqual(64)
      expect(finishOf(events)).toMatchObject({ stop: 'limit', usage: booked?.buckets })
    })

    test('that the model refuses says so', async () => {
      const { events, booked } = await ask('refusal')
      expect(finishOf(events)).toMatchObject({ stop: 'refused', usage: booked?.buckets })
    })

    test('without usage has none, rather than zero', async () => {
      const { events } = await ask('no-usage')
      expect(finishOf(events)).toMatchObject({ stop: 'end', usage: undefined })
    })

    test('names another tier than the one that was asked for', async () => {
      const { events } = await ask('other-tier')
      expect(finishOf(events)?.tier).toBe('priority')
    })

    test('uses one connection for calls that follow each other', async () => {
      const simulator = running()
      const provider = providerOf(subject)
      const sockets = new Set<unknown>()
      const seen = await listening((request, answer) => {
        sockets.add(request.socket)
        request.resume()
        request.on('end', () => answer.writeHead(500, { 'content-type': 'application/json' }).end('{}'))
      })
      const call = callFor(subject, simulator, { key: { secret: subject.key, baseAddress: seen.address } })
      await heard(provider.call(call, never))
      await heard(provider.call(call, never))
      seen.close()
      expect(sockets.size).toBe(1)
    })
  })

const keys = (subject: Subject, running: () => Simulator) =>
  describe('a key', () => {
    const misshapen = [
      `${subject.key}\nX-Evil: 1`,
      `${subject.key}\r`,
      `${subject.key}é`,
      ' ',
      '',
      `${subject.key}\u0000`,
    ]

    test('that could not stand in a header never reaches the SDK', async () => {
      const simulator = running()
      const before = simulator.requests().length
      for (const secret of misshapen) {
        const key = { secret, baseAddress: subject.address(simulator) }
        const events = await heard(providerOf(subject).call(callFor(subject, simulator, { key }), never))
        const listed = await providerOf(subject).models(key, never)
        expect(failureOf(events)).toMatchObject({ reason: 'key-invalid', charged: 'nothing' })
        expect(listed).toMatchObject({ failure: { reason: 'key-invalid' } })
        expect(everythingIn([events, listed])).not.toContain(subject.key)
      }
      expect(simulator.requests().length).toBe(before)
    })

    test('that looks real is refused by the simulator, like any wrong one', async () => {
      const key = { secret: subject.realLookingKey, baseAddress: subject.address(running()) }
      const events = await heard(providerOf(subject).call(callFor(subject, running(), { key }), never))
      expect(failureOf(events)).toMatchObject({
        reason: 'key-invalid',
        charged: 'nothing',
        mayTryElsewhere: true,
      })
      expect(everythingIn(events)).not.toContain(key.secret)
    })
  })

const leaving = (subject: Subject, running: () => Simulator) =>
  describe('leaving early', () => {
    const slowly = () => {
      const simulator = running()
      const provider = providerOf(subject)
      simulator.plan({ provider: provider.name, next: [{ do: 'slow', delayMs: 20 }] })
      return { simulator, provider }
    }

    test('closes the connection when the reader goes, and the provider bills what it wrote', async () => {
      const { simulator, provider } = slowly()
      for await (const event of provider.call(callFor(subject, simulator), never)) {
        expect(event.type).toBe('text-delta')
        break
      }
      await simulator.settled()
      expect(simulator.requests().at(-1)?.leftEarly).toBe(true)
      expect(simulator.calls().at(-1)).toMatchObject({ ended: 'cut' })
      expect(simulator.calls().at(-1)?.picodollars).toBeGreaterThan(0n)
    })

    test('closes the connection when the vault stops, and says so once', async () => {
      const { simulator, provider } = slowly()
      const stop = new AbortController()
      const events: CallEvent[] = []
      for await (const event of provider.call(callFor(subject, simulator), stop.signal)) {
        events.push(event)
        stop.abort()
      }
      await simulator.settled()
      expect(failureOf(events)).toMatchObject({
        reason: 'vault-stopped',
        charged: 'unknown',
        mayTryElsewhere: false,
      })
      expect(endings(events)).toBe(1)
      expect(simulator.requests().at(-1)?.leftEarly).toBe(true)
    })

    test('asks nobody when the vault had stopped before', async () => {
      const simulator = running()
      const before = simulator.requests().length
      const events = await heard(providerOf(subject).call(callFor(subject, simulator), AbortSignal.abort()))
      expect(failureOf(events)).toMatchObject({ reason: 'vault-stopped', charged: 'nothing' })
      expect(simulator.requests().length).toBe(before)
    })

    test('happens by itself when an answer takes too long altogether', async () => {
      const simulator = running()
      const provider = providerOf(subject, { totalMs: 4 * BRIEF_MS })
      simulator.plan({ provider: provider.name, next: [{ do: 'slow', delayMs: BRIEF_MS }] })
      const events = await heard(provider.call(callFor(subject, simulator), never))
      await simulator.settled()
      expect(failureOf(events)).toMatchObject({ reason: 'timeout', charged: 'unknown' })
      expect(simulator.requests().at(-1)?.leftEarly).toBe(true)
    })

    test('does not happen to a slow reader, however short the idle time', async () => {
      const simulator = running()
      const idleMs = 1_000
      const events: CallEvent[] = []
      for await (const event of providerOf(subject, { idleMs }).call(callFor(subject, simulator), never)) {
        if (events.length === 0) await pause(idleMs + idleMs / 2)
        events.push(event)
      }
      expect(finishOf(events)?.stop).toBe('end')
    })
  })

const lists = (subject: Subject, running: () => Simulator) =>
  describe('the list of models', () => {
    const list = (behaviour: Behaviour, limits: Partial<Parts> = {}) => {
      const simulator = running()
      const provider = providerOf(subject, limits)
      simulator.plan({ provider: provider.name, of: 'models', next: [behaviour] })
      return provider.models({ secret: subject.key, baseAddress: subject.address(simulator) }, never)
    }

    test('has the model that drafts', async () => {
      const answer = await list('healthy')
      expect('listed' in answer && answer.listed?.some(({ id }) => id === subject.model)).toBe(true)
    })

    test('that a restricted key may not read is unknown, and the key not refused', async () => {
      expect(await list('list-forbidden')).toEqual({ listed: undefined })
    })

    test('costs nothing when it fails', async () => {
      expect(await list('key-invalid')).toMatchObject({
        failure: { reason: 'key-invalid', charged: 'nothing' },
      })
      expect(await list('region')).toMatchObject({
        failure: { reason: 'region-refused', charged: 'nothing' },
      })
      expect(await list('html-200')).toMatchObject({ failure: { reason: 'garbage', charged: 'nothing' } })
      expect(await list('garbage')).toMatchObject({ failure: { reason: 'garbage', charged: 'nothing' } })
      expect(await list('reset')).toMatchObject({ failure: { reason: 'network', charged: 'nothing' } })
      expect(await list('hang', { headersMs: BRIEF_MS })).toMatchObject({
        failure: { reason: 'timeout', charged: 'nothing' },
      })
    })

    test('is not asked when the vault has stopped', async () => {
      const key = { secret: subject.key, baseAddress: subject.address(running()) }
      expect(await providerOf(subject).models(key, AbortSignal.abort())).toMatchObject({
        failure: { reason: 'vault-stopped' },
      })
    })
  })

/** What every adapter owes the vault, tried on the real SDK against the simulator. */
export const keepsTheContract = (subject: Subject): (() => Simulator) => {
  let simulator: Simulator | undefined
  const running = (): Simulator => {
    if (simulator === undefined) throw new Error('the simulator has not started')
    return simulator
  }
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterAll(() => simulator?.close())
  for (const part of [waysToEnd, healthy, keys, leaving, lists]) part(subject, running)
  return running
}

/** What both providers do alike. The rest differs by provider. */
export const commonCases: readonly Case[] = [
  { when: 'key-invalid', reason: 'key-invalid', elsewhere: true, charged: 'nothing' },
  { when: 'no-credit', reason: 'no-credit', elsewhere: true, charged: 'nothing' },
  { when: 'no-credit-400', reason: 'no-credit', elsewhere: true, charged: 'nothing' },
  { when: 'spend-limit', reason: 'spend-limit', elsewhere: true, charged: 'nothing' },
  { when: 'spend-limit-429', reason: 'spend-limit', elsewhere: true, charged: 'nothing' },
  { when: 'contract-limit', reason: 'spend-limit', elsewhere: true, charged: 'nothing' },
  { when: 'on-hold', reason: 'on-hold', elsewhere: true, charged: 'nothing' },
  { when: 'forbidden', reason: 'not-permitted', elsewhere: false, charged: 'nothing' },
  { when: 'region', reason: 'region-refused', elsewhere: false, charged: 'nothing' },
  { when: 'model-missing', reason: 'model-missing', elsewhere: false, charged: 'nothing' },
  { when: 'rate-limited', reason: 'rate-limited', elsewhere: true, charged: 'nothing' },
  { when: 'ramp-limited', reason: 'rate-limited', elsewhere: true, charged: 'nothing' },
  { when: 'slow-down', reason: 'rate-limited', elsewhere: true, charged: 'nothing' },
  { when: 'overloaded', reason: 'overloaded', elsewhere: true, charged: 'nothing' },
  { when: 'server-error', reason: 'server-error', elsewhere: true, charged: 'nothing' },
  { when: 'gateway-timeout', reason: 'timeout', elsewhere: true, charged: 'unknown' },
  { when: 'too-long', reason: 'too-long', elsewhere: false, charged: 'nothing' },
  { when: 'too-large', reason: 'too-large', elsewhere: false, charged: 'nothing' },
  { when: 'html-502', reason: 'server-error', elsewhere: true, charged: 'nothing' },
  { when: 'redirect', reason: 'garbage', elsewhere: true, charged: 'nothing' },
  { when: 'html-200', reason: 'garbage', elsewhere: true, charged: 'unknown' },
  { when: 'hang', reason: 'timeout', elsewhere: true, charged: 'unknown' },
  { when: 'reset', reason: 'network', elsewhere: true, charged: 'unknown' },
  { when: 'reset-mid-stream', reason: 'network', elsewhere: true, charged: 'unknown' },
  { when: 'early-end', reason: 'ended-early', elsewhere: true, charged: 'unknown' },
  { when: 'stall', reason: 'stalled', elsewhere: true, charged: 'unknown' },
  { when: 'garbage', reason: 'garbage', elsewhere: true, charged: 'unknown' },
  { when: 'bad-event', reason: 'garbage', elsewhere: true, charged: 'unknown' },
]
