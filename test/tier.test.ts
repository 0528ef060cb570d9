import { describe, expect, test } from 'vitest'
import { given } from './world.ts'

describe('an answer on a tier whose price we do not know', () => {
  test('counts at the upper bound, marked, with the likely cost beside it', async () => {
    await using world = await given()
    const before = (await world.owner.cap()).settled
    world.simulator.plan({ provider: 'anthropic', next: ['other-tier'] })
    const { receipt, text } = await world.owner.ask('Where is my parcel?')
    const [attempt] = receipt?.attempts ?? []
    expect(text).not.toBe('')
    expect(attempt).toMatchObject({ outcome: 'answered', certainty: 'estimated' })
    expect(attempt?.settled).toBe(attempt?.held)
    expect(attempt?.likely ?? 0n).toBeGreaterThan(0n)
    expect(attempt?.likely ?? 0n).toBeLessThan(attempt?.held ?? 0n)
    expect((await world.owner.cap()).settled - before).toBe(attempt?.held)
  })
})
