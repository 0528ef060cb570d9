import { once } from 'node:events'
import { createServer as createSocketServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Parts } from '../../../server/providers/stream.ts'
import { type Behaviour, type Simulator, startSimulator } from '../simulator.ts'
import {
  BRIEF_MS,
  CANARY,
  callFor,
  endings,
  everythingIn,
  failureOf,
  heard,
  keyFor,
  listening,
  never,
  providerOf,
  type Subject,
} from './subject.ts'

const brief: Partial<Record<Behaviour, Partial<Parts>>> = {
  // Long enough for the request to arrive on a busy machine.
  hang: { headersMs: 5 * BRIEF_MS },
  stall: { idleMs: BRIEF_MS },
}

export const waysToEnd = (subject: Subject, running: () => Simulator) =>
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
        key: keyFor(subject, `http://127.0.0.1:${port}`),
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
      const call = callFor(subject, running(), { key: keyFor(subject, endless.address) })
      const events = await heard(providerOf(subject).call(call, never))
      endless.close()
      expect(failureOf(events)).toMatchObject({ reason: 'garbage', charged: 'unknown' })
    })
  })
