import { describe, expect, test } from 'vitest'
import type { FailureReason } from '../../shared/providers.ts'
import type { Behaviour } from '../provider/simulator.ts'
import { draftRequest, given } from '../world.ts'
import { expectSoundBooks, givenBackup, routed, switchedIn, triedIn } from './desk.ts'

const cuts: readonly (readonly [Behaviour, FailureReason])[] = [
  ['early-end', 'ended-early'],
  ['reset-mid-stream', 'network'],
  ['garbage', 'garbage'],
  ['error-mid-stream', 'overloaded'],
]

/** A draft that its primary cuts after some words; the backup is well. */
const givenCut = async (behaviour: Behaviour = 'early-end') => {
  const world = await givenBackup()
  world.simulator.plan({ provider: 'anthropic', next: [behaviour] })
  const asked = draftRequest('Where is my parcel?')
  return { world, asked, cut: await world.owner.draft(asked) }
}

describe('a draft that is cut after visible text', () => {
  test.each(cuts)('by %s keeps its text, marked, and nothing is glued to it', async (behaviour, reason) => {
    const { world, cut } = await givenCut(behaviour)
    await using _ = world
    expect(switchedIn(cut.events)).toBeUndefined()
    expect(cut.text).not.toBe('')
    expect(cut.problem).toMatchObject({
      slug: `provider-${reason}`,
      facts: { partial: true, backup: 'text' },
    })
    expect(triedIn(cut.receipt)).toEqual([`anthropic cut ${reason}`])
    await expectSoundBooks(world)
  })

  test('is asked for again on the backup, on the same receipt, and is the one that is kept', async () => {
    const { world, asked, cut } = await givenCut()
    await using _ = world
    const again = await world.owner.draft({ ...asked, attempt: 2 })
    expect(again.events[0]).toMatchObject({
      type: 'started',
      provider: 'openai',
      receiptId: cut.receipt?.id,
      resolutionId: cut.receipt?.resolutionId,
      standsIn: true,
    })
    expect(again.receipt).toMatchObject({ id: cut.receipt?.id, outcome: 'answered', fellBack: true })
    expect(triedIn(again.receipt)).toEqual(['anthropic cut ended-early', 'openai answered'])
    expect((await world.owner.draft(asked)).text).toBe(again.text)
    await expectSoundBooks(world)
  })

  test('is the same request when it is told again, and makes no call', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    const again = await world.owner.draft({ ...asked, attempt: 2 })
    const bill = await world.bill()
    const told = await world.owner.draft({ ...asked, attempt: 2 })
    expect([told.text, told.receipt]).toEqual([again.text, again.receipt])
    expect(await world.bill()).toBe(bill)
  })

  test('asked for again twice at the same moment makes one call', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    const slowly = { do: 'slow', delayMs: 100 } as const
    world.simulator.plan({ provider: 'openai', next: [slowly, slowly] })
    const both = await Promise.all([
      world.owner.draft({ ...asked, attempt: 2 }),
      world.owner.draft({ ...asked, attempt: 2 }),
    ])
    expect(both.map(({ problem }) => problem?.slug ?? 'whole').toSorted()).toEqual(['still-running', 'whole'])
    const { attempts = [] } = both.find(({ problem }) => problem === undefined)?.receipt ?? {}
    expect(attempts.map(({ number }) => number)).toEqual([1, 2])
    await expectSoundBooks(world)
  })

  test('offers the backup when it is told again only while there is one', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    expect((await world.owner.draft(asked)).problem).toMatchObject({
      facts: { partial: true, backup: 'text' },
    })
    await routed(world, { backup: null })
    expect((await world.owner.draft(asked)).problem).toMatchObject({ facts: { partial: true, backup: null } })
  })

  test('goes back to the same provider when there is nobody else', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    await routed(world, { backup: null })
    const again = await world.owner.draft({ ...asked, attempt: 2 })
    expect(triedIn(again.receipt)).toEqual(['anthropic cut ended-early', 'anthropic answered'])
    await expectSoundBooks(world)
  })

  test('and again after visible text can be asked for a third time', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    world.simulator.plan({ provider: 'openai', next: ['early-end'] })
    await world.owner.draft({ ...asked, attempt: 2 })
    const third = await world.owner.draft({ ...asked, attempt: 3 })
    expect(triedIn(third.receipt)).toEqual([
      'anthropic cut ended-early',
      'openai cut ended-early',
      'anthropic answered',
    ])
    await expectSoundBooks(world)
  })

  test('cannot be asked for with other words, nor out of turn', async () => {
    const { world, asked } = await givenCut()
    await using _ = world
    const slugOf = async (more: object) => (await world.owner.draft({ ...asked, ...more })).problem?.slug
    expect(await slugOf({ attempt: 2, instruction: 'shorter' })).toBe('key-reused')
    expect(await slugOf({ attempt: 3 })).toBe('malformed-request')
    expect(await slugOf({ attempt: 2, idempotencyKey: crypto.randomUUID() })).toBe('malformed-request')
    await expectSoundBooks(world)
  })
})

describe('a draft that is whole', () => {
  test('is not made anew by asking for a further call', async () => {
    await using world = await given()
    const asked = draftRequest('Where is my parcel?')
    const first = await world.owner.draft(asked)
    const again = await world.owner.draft({ ...asked, attempt: 2 })
    expect([again.text, again.receipt]).toEqual([first.text, first.receipt])
    await expectSoundBooks(world)
  })

  test('falls under the rolling limit once, however many calls it took', async () => {
    await using world = await givenBackup({ settings: { OWNKEY_DRAFTS_PER_HOUR: '1' } })
    world.simulator.plan({ provider: 'anthropic', next: ['early-end'] })
    const asked = draftRequest('Where is my parcel?')
    await world.owner.draft(asked)
    const again = await world.owner.draft({ ...asked, attempt: 2 })
    expect(again.receipt?.outcome).toBe('answered')
    expect((await world.owner.ask('Another one')).problem?.slug).toBe('rate-limited')
  })
})
