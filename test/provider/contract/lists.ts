import { describe, expect, test } from 'vitest'
import type { Parts } from '../../../server/providers/stream.ts'
import type { Behaviour, Simulator } from '../simulator.ts'
import { BRIEF_MS, keyFor, never, providerOf, type Subject } from './subject.ts'

export const lists = (subject: Subject, running: () => Simulator) =>
  describe('the list of models', () => {
    const list = (behaviour: Behaviour, limits: Partial<Parts> = {}) => {
      const simulator = running()
      const provider = providerOf(subject, limits)
      simulator.plan({ provider: provider.name, of: 'models', next: [behaviour] })
      return provider.models(keyFor(subject, subject.address(simulator)), never)
    }

    test('has the model that drafts', async () => {
      const answer = await list('healthy')
      expect('listed' in answer && answer.listed?.some(({ id }) => id === subject.model)).toBe(true)
    })

    test('that a restricted key may not read is unknown, and the key not refused', async () => {
      expect(await list('list-forbidden')).toMatchObject({ listed: undefined })
    })

    test('costs nothing when it fails', async () => {
      expect(await list('key-invalid')).toMatchObject({
        failure: { reason: 'key-invalid', charged: 'nothing' },
      })
      expect(await list('html-200')).toMatchObject({ failure: { reason: 'garbage', charged: 'nothing' } })
      expect(await list('garbage')).toMatchObject({ failure: { reason: 'garbage', charged: 'nothing' } })
      expect(await list('reset')).toMatchObject({ failure: { reason: 'network', charged: 'nothing' } })
      expect(await list('hang', { headersMs: BRIEF_MS })).toMatchObject({
        failure: { reason: 'timeout', charged: 'nothing' },
      })
    })

    if (subject.cases.some(({ when }) => when === 'region'))
      test('that a region may not read costs nothing either', async () => {
        expect(await list('region')).toMatchObject({
          failure: { reason: 'region-refused', charged: 'nothing' },
        })
      })

    test('is not asked when the vault has stopped', async () => {
      const key = keyFor(subject, subject.address(running()))
      expect(await providerOf(subject).models(key, AbortSignal.abort())).toMatchObject({
        failure: { reason: 'vault-stopped' },
      })
    })
  })
