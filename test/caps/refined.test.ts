import { describe, expect, test } from 'vitest'
import { AlertPage } from '../../shared/books/alerts.ts'
import { pico, Usd } from '../../shared/money.ts'
import type { ReportingProvider } from '../../shared/providers.ts'
import { Workspace } from '../../shared/workspace.ts'
import { given, until, type World } from '../world.ts'

const LONG = 'My parcel #10293 is late, the shop said Monday. When will it arrive? '.repeat(260)

type Heard = Awaited<ReturnType<World['owner']['ask']>>

const startedIn = ({ events }: Heard) => {
  const started = events.find((event) => event.type === 'started')
  if (started === undefined) throw new Error('no draft was begun')
  return started
}

const countsIn = ({ simulator }: World): number =>
  simulator.requests().filter(({ path }) => path.endsWith('/count_tokens')).length

/** Asks once with room for everything, then leaves so many percent of what that held. Tells what was held. */
const leaveRoom = async (world: World, percent: bigint): Promise<bigint> => {
  const { held } = startedIn(await world.owner.ask(LONG))
  await world.bill()
  const { settled } = await world.owner.cap()
  await world.owner.setCap(Usd.encode(pico(settled + (held * percent) / 100n)))
  return held
}

describe('a draft whose bytes do not fit under a cap', () => {
  for (const provider of ['anthropic', 'openai'] satisfies ReportingProvider[])
    test(`is written in full where a count of them by ${provider} does, and holds no more than there is`, async () => {
      await using world = await given({ keys: [provider] })
      const before = await leaveRoom(world, 60n)
      const { left } = await world.owner.cap()
      const heard = await world.owner.ask(LONG)
      const { held, lowered } = startedIn(heard)
      expect(lowered).toBe(false)
      expect(held).toBeLessThanOrEqual(left)
      expect(held).toBeLessThan(before)
      expect(heard.receipt).toMatchObject({ outcome: 'answered', attempts: [{ held }] })
      expect(heard.receipt?.settled).toBeLessThanOrEqual(held)
      const { settled } = await world.owner.cap()
      expect(await world.bill()).toBe(settled)
      expect(countsIn(world)).toBe(provider === 'anthropic' ? 1 : 0)
    })

  test('is cut short only as far as the count says', async () => {
    await using world = await given()
    await leaveRoom(world, 38n)
    const { lowered, outputLimit, held } = startedIn(await world.owner.ask(LONG))
    expect(lowered).toBe(true)
    expect(outputLimit).toBeGreaterThan(256)
    expect(held).toBeGreaterThan(0n)
    expect(countsIn(world)).toBe(1)
  })

  test('is refused by what the count says it needs', async () => {
    await using world = await given()
    const before = await leaveRoom(world, 20n)
    const { left } = await world.owner.cap()
    const { status, problem } = await world.owner.ask(LONG)
    expect(status).toBe(402)
    if (problem?.slug !== 'cap-reached' && problem?.slug !== 'cap-too-small') throw new Error('not refused')
    expect(problem.facts.needed).toBeGreaterThan(left)
    expect(problem.facts.needed).toBeLessThan(before / 2n)
    expect(countsIn(world)).toBe(1)
  })

  test('is written beside another one that holds the rest', async () => {
    await using world = await given()
    await leaveRoom(world, 160n)
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 20 }] })
    const heard = await Promise.all([world.owner.ask(LONG), world.owner.ask(LONG)])
    expect(heard.map(({ receipt }) => receipt?.outcome)).toEqual(['answered', 'answered'])
    expect(countsIn(world)).toBe(1)
  })

  test('is refused as ever when nobody counts, and the next one is counted again', async () => {
    await using world = await given()
    await leaveRoom(world, 60n)
    world.simulator.plan({ provider: 'anthropic', of: 'counts', next: ['overloaded', 'garbage', 'reset'] })
    for (let turn = 0; turn < 3; turn += 1) expect((await world.owner.ask(LONG)).status).toBe(402)
    expect(startedIn(await world.owner.ask(LONG)).lowered).toBe(false)
    expect(countsIn(world)).toBe(4)
  })
})

test('a call that costs more than the count had said counts in full, is told once, and the next draft is held to it', async () => {
  await using world = await given()
  await leaveRoom(world, 20n)
  world.simulator.plan({ provider: 'anthropic', of: 'counts', next: ['count-too-low'] })
  const billed = await world.bill()
  const { receipt } = await world.owner.ask(LONG)
  const [attempt] = receipt?.attempts ?? []
  expect(attempt).toMatchObject({ certainty: 'exact', settled: (await world.bill()) - billed })
  expect(attempt?.settled).toBeGreaterThan(attempt?.held ?? 0n)
  const alerts = async () => (await world.owner.read('/v1/alerts', AlertPage)).alerts
  const told = await until(alerts, (all) => all.some(({ subject }) => subject.kind === 'over-hold'))
  expect(told.map(({ subject }) => subject).filter(({ kind }) => kind === 'over-hold')).toMatchObject([
    { receiptId: receipt?.id, held: attempt?.held, settled: attempt?.settled },
  ])
  const { settled, held } = await world.owner.cap()
  expect([settled, held]).toEqual([await world.bill(), 0n])
  expect((await world.owner.ask(LONG)).status).toBe(402)
})

describe('a customer’s words', () => {
  test('are not sent to be counted where there is room for their bytes', async () => {
    await using world = await given()
    await world.owner.ask(LONG)
    await world.owner.ask('Where is it?')
    expect(countsIn(world)).toBe(0)
  })

  test('are not sent to be counted where no count could help', async () => {
    await using world = await given()
    await leaveRoom(world, 1n)
    expect((await world.owner.ask(LONG)).status).toBe(402)
    expect(countsIn(world)).toBe(0)
  })

  test('are not sent to be counted where nothing may be drafted', async () => {
    await using world = await given()
    await leaveRoom(world, 60n)
    const lee = await world.owner.invite('light-agent', 'Lee')
    expect((await lee.ask(LONG)).problem?.slug).toBe('not-allowed')
    await world.owner.change('PATCH', '/v1/workspace', { aiOn: false }, Workspace)
    expect((await world.owner.ask(LONG)).problem?.slug).toBe('ai-paused')
    expect(countsIn(world)).toBe(0)
  })
})
