import { describe, expect, test } from 'vitest'
import { restAfter } from '../../server/outbound/backoff.ts'
import { sqlResting } from '../../server/store/routing/resting.ts'
import { engine } from '../engine.ts'
import { openedDatabase } from '../proof/opened.ts'
import { given, type World } from '../world.ts'
import { expectSoundBooks, givenBackup, restsIn, triedIn } from './desk.ts'

const SECOND_MS = 1_000
const HOUR_MS = 3_600_000

/** A desk with a clock of its own. */
const givenClock = async () => {
  const clock = { at: Date.now() }
  const world = await givenBackup({ now: () => clock.at })
  const pass = (ms: number) => {
    clock.at += ms
    world.owner.forgetToken()
  }
  return { world, clock, pass }
}

const askedOf = async (world: World, provider: 'anthropic' | 'openai', ask: () => Promise<unknown>) => {
  const before = world.simulator.calls().length
  await ask()
  await world.simulator.settled()
  return world.simulator
    .calls()
    .slice(before)
    .filter((call) => call.provider === provider).length
}

describe('a rest', () => {
  test('after a rate limit is as long as the provider says, and the next drafts go elsewhere meanwhile', async () => {
    const { world, clock, pass } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '30' }] })
    await world.owner.ask('Where is my parcel?')
    expect(await restsIn(world)).toMatchObject([
      { scope: 'key', untilAt: clock.at + 30 * SECOND_MS, failures: 1, reason: 'rate-limited' },
    ])
    pass(29 * SECOND_MS)
    const meanwhile = await world.owner.ask('And the other one?')
    expect(meanwhile.events[0]).toMatchObject({ provider: 'openai', standsIn: true })
    expect((await world.owner.status()).drafting).toMatchObject({ provider: 'openai' })
    pass(SECOND_MS)
    expect((await world.owner.status()).drafting).toMatchObject({ provider: 'anthropic' })
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
    expect(await restsIn(world)).toEqual([])
    await expectSoundBooks(world)
  })

  test('is never longer than an hour, whatever the provider says', async () => {
    const { world, clock } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '86400' }] })
    await world.owner.ask('Where is my parcel?')
    expect(await restsIn(world)).toMatchObject([{ untilAt: clock.at + HOUR_MS }])
  })

  test('without a word of the provider grows with each trial that fails, and ends with the first that succeeds', async () => {
    const { world, clock, pass } = await givenClock()
    await using _ = world
    const lengths: number[] = []
    for (let failures = 1; failures <= 4; failures += 1) {
      world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
      await world.owner.ask('Where is my parcel?')
      const [rest] = await restsIn(world)
      expect(rest).toMatchObject({ scope: 'provider', failures, reason: 'overloaded' })
      lengths.push((rest?.untilAt ?? 0) - clock.at)
      pass(lengths.at(-1) ?? 0)
    }
    const bounds = [1, 2, 4, 8].map((seconds) => seconds * SECOND_MS)
    for (const [index, most] of bounds.entries()) {
      expect(lengths[index]).toBeGreaterThanOrEqual(most / 2)
      expect(lengths[index]).toBeLessThanOrEqual(most)
    }
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
    expect(await restsIn(world)).toEqual([])
    await expectSoundBooks(world)
  })

  test('is never longer than five minutes after however many failures', () => {
    for (const failures of [9, 10, 50, 1_000_000]) {
      expect(restAfter(failures)).toBeGreaterThanOrEqual(128_000)
      expect(restAfter(failures)).toBeLessThanOrEqual(300_000)
    }
  })

  test('that is over is ended by one draft that tries, while nineteen others go elsewhere', async () => {
    const { world, pass } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    await world.owner.ask('Where is my parcel?')
    pass(10 * SECOND_MS)
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 60 }] })
    const trials = await askedOf(world, 'anthropic', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_one, index) => world.owner.ask(`Where is parcel ${index}?`)),
      )
      for (const { receipt } of answers) expect(receipt?.outcome).toBe('answered')
    })
    expect(trials).toBe(1)
    expect(await restsIn(world)).toEqual([])
    await expectSoundBooks(world)
  })

  test('is counted once when twenty drafts fail at the same moment', async () => {
    const { world } = await givenClock()
    await using _ = world
    const overloaded = Array.from({ length: 20 }, () => 'overloaded' as const)
    world.simulator.plan({ provider: 'anthropic', next: overloaded })
    await Promise.all(overloaded.map((_one, index) => world.owner.ask(`Where is parcel ${index}?`)))
    expect(await restsIn(world)).toMatchObject([{ scope: 'provider', failures: 1, revision: 1 }])
    await expectSoundBooks(world)
  })

  test('of a trial that told nothing is tried again after a minute', async () => {
    const { world, clock, pass } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded', 'garbage'] })
    await world.owner.ask('Where is my parcel?')
    pass(10 * SECOND_MS)
    await world.owner.ask('And the other one?')
    expect(await restsIn(world)).toMatchObject([{ trialUntil: clock.at + 60 * SECOND_MS }])
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['openai answered'])
    pass(60 * SECOND_MS)
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
    await expectSoundBooks(world)
  })

  test('ends also with a trial whose request is at fault: its provider has read it', async () => {
    const { world, pass } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded', 'too-long'] })
    await world.owner.ask('Where is my parcel?')
    pass(2 * SECOND_MS)
    expect((await world.owner.ask('And the other one?')).problem?.slug).toBe('provider-too-long')
    expect(await restsIn(world)).toEqual([])
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual(['anthropic answered'])
  })

  test('is claimed by one of those who saw it, with all that concerns a key or not at all', async () => {
    await using database = await openedDatabase(engine)
    const resting = sqlResting(database)
    const rest = { untilAt: 1, failures: 1, reason: 'overloaded', trialUntil: null, revision: 1 } as const
    const [key, endpoint] = [
      { ...rest, scope: 'key', scopeId: 'k' },
      { ...rest, scope: 'provider', scopeId: 'anthropic@https://api.anthropic.com' },
    ] as const
    for (const one of [key, endpoint]) await resting.put('workspace', one, 0)
    expect(await resting.claim('workspace', [endpoint], 60)).toBe(true)
    expect(await resting.claim('workspace', [key, endpoint], 90)).toBe(false)
    await resting.remove('workspace', endpoint)
    await resting.put('workspace', { ...endpoint, failures: 2, revision: 2 }, 0)
    const seen = await resting.list('workspace')
    expect(seen.map(({ scope, trialUntil }) => [scope, trialUntil]).toSorted()).toEqual([
      ['key', null],
      ['provider', 60],
    ])
    expect(seen.find(({ scope }) => scope === 'provider')).toMatchObject({ failures: 1, revision: 2 })
  })

  test('of everybody lets the one that rests the shortest be tried', async () => {
    const { world } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '60' }] })
    world.simulator.plan({ provider: 'openai', next: [{ do: 'rate-limited', retryAfter: '20' }] })
    await world.owner.ask('Where is my parcel?')
    expect(await restsIn(world)).toHaveLength(2)
    const { receipt, events } = await world.owner.ask('And now?')
    expect(triedIn(receipt)).toEqual(['openai answered'])
    expect(events[0]).toMatchObject({ provider: 'openai', standsIn: true })
    expect((await restsIn(world)).map(({ scope }) => scope)).toEqual(['key'])
    await expectSoundBooks(world)
  })

  test('of the backup is no reason to give a draft up whose primary fails', async () => {
    const { world, pass } = await givenClock()
    await using _ = world
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '1' }] })
    world.simulator.plan({ provider: 'openai', next: [{ do: 'rate-limited', retryAfter: '60' }] })
    await world.owner.ask('Where is my parcel?')
    pass(SECOND_MS)
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    expect(triedIn((await world.owner.ask('And now?')).receipt)).toEqual([
      'anthropic failed overloaded',
      'openai answered',
    ])
    await expectSoundBooks(world)
  })

  test('says nothing of another workspace, and there is none without a failure', async () => {
    await using world = await given()
    await world.owner.ask('Where is my parcel?')
    expect(await restsIn(world)).toEqual([])
  })
})
