import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { DeviceList } from '../shared/members.ts'
import { draftRequest, given, until, type World } from './world.ts'

/** The longest that a removed browser may go on reading. */
const WITHIN_MS = 10_000

const TOKEN_LIFE_MS = 5 * 60_000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A draft that is written slowly; `begun` when its first words are there. */
const slowDraft = (world: World, person: World['owner']) => {
  world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 100 }] })
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const ended = person.draft(draftRequest('Where is my parcel?'), {
    onEvent: ({ type }) => type === 'text-delta' && begin(),
  })
  return { begun, ended }
}

describe('an open stream', () => {
  test('of a browser that was removed ends within ten seconds, while its call is settled to the bill', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const { devices } = await anna.read('/v1/devices', DeviceList)
    const own = devices.find(({ current }) => current)?.id
    const { ended, begun } = slowDraft(world, anna)
    await begun
    expect((await world.owner.request('DELETE', `/v1/devices/${own}`)).status).toBe(204)
    vi.advanceTimersByTime(WITHIN_MS)
    const heard = await ended
    expect(heard).toMatchObject({ status: 200, cut: true, receipt: undefined })
    const [receipt] = await until(world.owner.receipts, ([newest]) => newest?.outcome !== 'running')
    expect(receipt).toMatchObject({ outcome: 'answered', memberName: 'Anna', certainty: 'exact' })
    expect((await world.owner.cap()).settled).toBe(await world.bill())
  })

  test('of a member who was removed ends within ten seconds, and the receipt keeps the name', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const annasId = await anna.memberId()
    const { ended, begun } = slowDraft(world, anna)
    await begun
    expect((await world.owner.request('DELETE', `/v1/members/${annasId}`)).status).toBe(204)
    vi.advanceTimersByTime(WITHIN_MS)
    expect(await ended).toMatchObject({ status: 200, cut: true, receipt: undefined })
    const [receipt] = await until(world.owner.receipts, ([newest]) => newest?.outcome !== 'running')
    expect(receipt).toMatchObject({ outcome: 'answered', memberName: 'Anna', memberId: annasId })
    expect((await world.owner.members()).map(({ name }) => name)).toEqual(['Olive Owner'])
  })

  test('of a member who may draft no more goes on to its end, and nothing new begins', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const annasId = await anna.memberId()
    const { ended, begun } = slowDraft(world, anna)
    await begun
    const change = { role: 'light-agent' }
    expect((await world.owner.request('PATCH', `/v1/members/${annasId}`, change)).status).toBe(200)
    expect((await anna.ask('And the other one?')).problem?.slug).toBe('not-allowed')
    vi.advanceTimersByTime(WITHIN_MS)
    expect(await ended).toMatchObject({ cut: false, receipt: { outcome: 'answered' } })
  })

  test('outlives the token that opened it', async () => {
    let at = Date.now()
    await using world = await given({ now: () => at })
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 20 }] })
    const heard = await world.owner.draft(draftRequest('Where is my parcel?'), {
      onEvent: ({ type }) => {
        if (type === 'started') at += TOKEN_LIFE_MS + 1_000
      },
    })
    expect(heard).toMatchObject({ cut: false, receipt: { outcome: 'answered', certainty: 'exact' } })
    expect((await world.owner.request('GET', '/v1/cap')).problem?.slug).toBe('session-ended')
    world.owner.forgetToken()
    expect((await world.owner.cap()).settled).toBe(await world.bill())
  })

  test('of everybody else goes on', async () => {
    await using world = await given()
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 20 }] })
    const heard = await world.owner.draft(draftRequest('Where is my parcel?'), {
      onEvent: () => void vi.advanceTimersByTime(WITHIN_MS),
    })
    expect(heard.cut).toBe(false)
    expect(heard.receipt?.outcome).toBe('answered')
  })
})
