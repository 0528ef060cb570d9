import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../../server/domain/provider.ts'
import type { Behaviour, Simulator } from '../simulator.ts'
import {
  callFor,
  endings,
  everythingIn,
  finishOf,
  heard,
  keyFor,
  listening,
  never,
  providerOf,
  type Subject,
  textOf,
} from './subject.ts'

const passedOn = ['authorization', 'content-type', 'anthropic-version']

export const healthy = (subject: Subject, running: () => Simulator) =>
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

    if (!subject.lacks?.includes('tiers'))
      test('names another tier than the one that was asked for', async () => {
        const { events } = await ask('other-tier')
        expect(finishOf(events)?.tier).toBe('priority')
      })

    test('leaves its connection to the next call', async () => {
      const simulator = running()
      const provider = providerOf(subject)
      const sockets = new Set<unknown>()
      const between = await listening(async (request, answer) => {
        sockets.add(request.socket)
        const headers = new Headers()
        for (const name of passedOn) {
          const value = request.headers[name]
          if (typeof value === 'string') headers.set(name, value)
        }
        const body = await text(request)
        const reply = await fetch(`${subject.address(simulator)}${request.url}`, {
          method: 'POST',
          headers,
          body,
        })
        answer.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' })
        answer.end(Buffer.from(await reply.arrayBuffer()))
      })
      const call = callFor(subject, simulator, { key: keyFor(subject, between.address) })
      const stops: unknown[] = []
      for (let turn = 0; turn < 3; turn += 1)
        stops.push(finishOf(await heard(provider.call(call, never)))?.stop)
      between.close()
      expect(stops).toEqual(['end', 'end', 'end'])
      expect(sockets.size).toBe(1)
    })
  })
