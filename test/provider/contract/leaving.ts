import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { CallEvent } from '../../../server/domain/provider.ts'
import type { Simulator } from '../simulator.ts'
import {
  BRIEF_MS,
  callFor,
  endings,
  failureOf,
  finishOf,
  heard,
  never,
  providerOf,
  type Subject,
} from './subject.ts'

export const leaving = (subject: Subject, running: () => Simulator) =>
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
      expect(simulator.calls().at(-1)?.buckets.output).toBeGreaterThan(0)
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
