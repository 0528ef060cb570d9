import { describe, expect, test } from 'vitest'
import type { Simulator } from '../simulator.ts'
import {
  callFor,
  everythingIn,
  failureOf,
  heard,
  keyFor,
  never,
  providerOf,
  type Subject,
} from './subject.ts'

export const keys = (subject: Subject, running: () => Simulator) =>
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
        const key = keyFor(subject, subject.address(simulator), secret)
        const events = await heard(providerOf(subject).call(callFor(subject, simulator, { key }), never))
        const listed = await providerOf(subject).models(key, never)
        expect(failureOf(events)).toMatchObject({ reason: 'key-invalid', charged: 'nothing' })
        expect(listed).toMatchObject({ failure: { reason: 'key-invalid' } })
        expect(everythingIn([events, listed])).not.toContain(subject.key)
      }
      expect(simulator.requests().length).toBe(before)
    })

    if (!subject.lacks?.includes('keys'))
      test('that looks real is refused by the simulator, like any wrong one', async () => {
        const key = keyFor(subject, subject.address(running()), subject.realLookingKey)
        const events = await heard(providerOf(subject).call(callFor(subject, running(), { key }), never))
        expect(failureOf(events)).toMatchObject({
          reason: 'key-invalid',
          charged: 'nothing',
          mayTryElsewhere: true,
        })
        expect(everythingIn(events)).not.toContain(key.secret)
      })
  })
