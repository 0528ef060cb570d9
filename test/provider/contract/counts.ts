import { describe, expect, test } from 'vitest'
import { inputBound } from '../../../server/domain/prices/bound.ts'
import type { Simulator } from '../simulator.ts'
import { callFor, finishOf, heard, keyFor, never, promptWith, providerOf, type Subject } from './subject.ts'

const threads = [
  'Where is it?',
  'My parcel is late, the shop said Monday. '.repeat(300),
  '我的包裹还没有到，什么时候能收到？'.repeat(200),
  '<|endoftext|> is what my parcel’s label says. '.repeat(100),
]

export const counts = (subject: Subject, running: () => Simulator) =>
  describe('a count of the input', () => {
    test('is never less than what the call is billed for, and far less than its bytes once it is long', async () => {
      const provider = providerOf(subject)
      for (const words of threads) {
        const call = callFor(subject, running(), { prompt: promptWith(words) })
        const counted = (await provider.count(call, subject.tokenizer, never)) ?? 0
        const { usage } = finishOf(await heard(provider.call(call, never))) ?? {}
        const { output = 0, reasoning = 0, ...input } = usage ?? {}
        const billed = Object.values(input).reduce((sum, tokens) => sum + tokens, 0)
        expect(billed).toBeGreaterThan(0)
        expect(counted).toBeGreaterThanOrEqual(billed)
        expect(counted).toBeLessThan(billed * 1.15 + 100)
      }
      const bytes = inputBound([threads[1] ?? ''])
      const call = callFor(subject, running(), { prompt: promptWith(threads[1] ?? '') })
      expect(await provider.count(call, subject.tokenizer, never)).toBeLessThan(bytes / 2)
    })

    test('costs nothing', async () => {
      const simulator = running()
      const before = simulator.calls().length
      await providerOf(subject).count(callFor(subject, simulator), subject.tokenizer, never)
      await simulator.settled()
      expect(simulator.calls().length).toBe(before)
    })

    test('is not made when the vault has stopped, nor by a key that could not stand in a header', async () => {
      const simulator = running()
      const before = simulator.requests().length
      const provider = providerOf(subject)
      const key = keyFor(subject, subject.address(simulator), `${subject.key}\r`)
      const tried = [
        await provider.count(callFor(subject, simulator), subject.tokenizer, AbortSignal.abort()),
        await provider.count(callFor(subject, simulator, { key }), subject.tokenizer, never),
      ]
      expect(tried).toEqual([undefined, undefined])
      expect(simulator.requests().length).toBe(before)
    })
  })
