import { describe, expect, test } from 'vitest'
import { leastOutputTokens, outputLimitWithin, upperBound } from '../../server/domain/prices/bound.ts'
import { priceFor } from '../../server/domain/prices/models.ts'
import { pico, Usd } from '../../shared/money.ts'
import { model, NOON } from '../books/desk.ts'
import { given, type World } from '../world.ts'

const started = (heard: Awaited<ReturnType<World['owner']['ask']>>) =>
  heard.events.find((event) => event.type === 'started')

/** Leaves so much under the cap that the answer may have so many tokens and not one more, where nobody counts the input. */
const leaveRoomFor = async (world: World, tokensOf: (priced: typeof model) => number): Promise<number> => {
  const usual = started(await world.owner.ask('Where is it?'))
  const priced = priceFor('anthropic', usual?.model ?? '', NOON)
  if (usual?.outputLimit === undefined || priced === undefined) throw new Error('no draft was begun')
  const { entry, profile } = priced
  const tokens = tokensOf(priced)
  const bound = (limit: number) => upperBound(entry, profile, 0, limit)
  const { settled } = await world.owner.cap()
  const room = settled + usual.held - bound(usual.outputLimit) + bound(tokens)
  await world.owner.setCap(Usd.encode(pico(room)))
  world.simulator.plan({ provider: 'anthropic', of: 'counts', next: ['overloaded'] })
  return tokens
}

describe('a draft for which too little is left of a cap', () => {
  test('is asked for with the longest answer that fits, and the person is told', async () => {
    await using world = await given()
    const outputLimit = await leaveRoomFor(world, ({ profile }) => profile.draftOutputTokens - 400)
    const heard = await world.owner.ask('Where is it?')
    expect(started(heard)).toMatchObject({ lowered: true, outputLimit })
    expect(heard.receipt?.outcome).toBe('answered')
    const { settled, limit } = await world.owner.cap()
    expect(settled <= limit).toBe(true)
    expect(await world.bill()).toBe(settled)
  })

  test('is refused when not even a short answer fits', async () => {
    await using world = await given()
    await leaveRoomFor(world, ({ profile }) => leastOutputTokens(profile) - 1)
    const { problem, status } = await world.owner.ask('Where is it?')
    expect(status).toBe(402)
    expect(problem?.slug).toMatch(/^cap-(reached|too-small)$/)
  })

  test('is as long as ever while there is room', async () => {
    await using world = await given()
    expect(started(await world.owner.ask('Where is it?'))).toMatchObject({ lowered: false })
  })
})

describe('the longest answer within an amount', () => {
  test('costs at most that, and one token more would not', () => {
    const { entry, profile } = model
    for (const tokens of [0, 1, 255, 256, 1_000, profile.draftOutputTokens - 1]) {
      const amount = upperBound(entry, profile, 5_000, tokens)
      expect(outputLimitWithin(entry, profile, 5_000, amount)).toBe(tokens)
      expect(outputLimitWithin(entry, profile, 5_000, pico(amount - 1n))).toBe(Math.max(0, tokens - 1))
    }
  })
})
