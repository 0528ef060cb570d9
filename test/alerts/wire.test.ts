import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { type Alert, AlertPage, AlertSettings } from '../../shared/books/alerts.ts'
import { CapList } from '../../shared/cap.ts'
import { pico, Usd } from '../../shared/money.ts'
import { databaseOf } from '../operator/saved.ts'
import { compared, drafted, givenDesk } from '../statements/desk.ts'
import { given, simulatorKeys, until, type World } from '../world.ts'

type Owner = World['owner']

/** In this time a vault looks at what happened in it, and not yet at what happened elsewhere. */
const SOON_MS = 1_000

const alertsOf = async (owner: Owner): Promise<readonly Alert[]> =>
  (await owner.read('/v1/alerts?limit=100', AlertPage)).alerts

const percentsOf = (alerts: readonly Alert[]): readonly (number | string)[] =>
  alerts
    .map(({ subject }) => (subject.kind === 'cap' ? subject.percent : subject.kind))
    .toSorted((one, other) => Number(one) - Number(other))

const untilTold = (owner: Owner, count: number) =>
  until(
    () => alertsOf(owner),
    (all) => all.length >= count,
  )

const dollarsOf = (amount: bigint): string => Usd.encode(pico(amount))

describe('alerts of a team', () => {
  let world: World
  let owner: Owner

  beforeAll(async () => {
    world = await given()
    owner = world.owner
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const thresholds = (...percents: readonly number[]) =>
    owner.change(
      'PUT',
      '/v1/alerts/settings',
      { thresholds: percents.map((percent) => ({ percent, on: true })), emails: [] },
      AlertSettings,
    )

  test('begin with 50, 75 and 100 percent, and nobody to tell', async () => {
    expect(await owner.read('/v1/alerts/settings', AlertSettings)).toEqual({
      thresholds: [50, 75, 100].map((percent) => ({ percent, on: true })),
      emails: [],
      mail: false,
      webhook: null,
    })
  })

  test('come after a draft and after a cap was lowered, and are on everybody’s status who may see them', async () => {
    const agent = await owner.invite('agent', 'Andy Agent')
    const admin = await owner.invite('admin', 'Ada Admin')
    await thresholds(1, 2)
    await owner.ask('Where is my parcel?')
    const { settled } = await owner.cap()
    expect((await owner.status()).alert).toBeNull()
    await owner.setCap(dollarsOf(settled * 80n))
    const [told] = await untilTold(owner, 1)
    expect(told?.subject).toEqual({
      kind: 'cap',
      percent: 1,
      refused: false,
      cap: { scope: 'workspace', id: '', kind: 'month', name: null },
      limit: settled * 80n,
      settled,
      resetsAt: (await owner.cap()).period.endsAt,
    })
    await owner.ask('And where is it now?')
    const both = await untilTold(owner, 2)
    expect(percentsOf(both)).toEqual([1, 2])
    expect((await owner.status()).alert).toEqual(both[0] && { ...both[0], deliveries: undefined })
    expect((await admin.status()).alert?.id).toBe(both[0]?.id)
    expect((await agent.status()).alert).toBeNull()
  })

  test('come of a day’s cap and a member’s, and again after each was raised', async () => {
    const place = { scope: 'member', id: await owner.memberId(), kind: 'day' }
    const { settled } = await owner.cap()
    await thresholds(50)
    await owner.change('PUT', '/v1/caps', { ...place, limit: dollarsOf(settled) }, CapList)
    const ofMember = async () =>
      (await alertsOf(owner)).filter(
        ({ subject }) => subject.kind === 'cap' && subject.cap.scope === 'member',
      )
    const [first] = await until(ofMember, (all) => all.length === 1)
    expect(first?.subject).toMatchObject({ cap: { kind: 'day', name: 'Olive Owner' }, percent: 50 })
    await owner.change('PUT', '/v1/caps', { ...place, limit: dollarsOf(settled * 100n) }, CapList)
    await thresholds(50, 1)
    await until(ofMember, (all) => all.length === 2)
    await owner.request('DELETE', `/v1/caps?${new URLSearchParams(place)}`)
  })

  test('come of the first draft that a cap refuses, and of no other', async () => {
    await thresholds(100)
    const { receipt } = await owner.ask('How long is a bound?')
    const bound = receipt?.attempts[0]?.held ?? 0n
    const { settled } = await owner.cap()
    await owner.setCap(dollarsOf(settled + bound))
    const refused = await until(
      () => owner.ask('Where is it?'),
      ({ problem }) => problem !== undefined && problem.slug !== 'cap-held',
    )
    expect(refused.problem).toMatchObject({ slug: 'cap-reached', facts: { scope: 'workspace' } })
    const ofRefusals = async () =>
      (await alertsOf(owner)).filter(({ subject }) => subject.kind === 'cap' && subject.refused)
    const [told] = await until(ofRefusals, (all) => all.length > 0)
    expect(told?.subject).toMatchObject({ percent: 100, refused: true, cap: { scope: 'workspace' } })
    for (let again = 0; again < 3; again += 1) await owner.ask('And now?')
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(await ofRefusals()).toHaveLength(1)
    await owner.setCap('50')
  })

  test('are listed page by page, each once, the newest first', async () => {
    const all = await alertsOf(owner)
    const found: string[] = []
    let path = '/v1/alerts?limit=2'
    for (;;) {
      const page = await owner.read(path, AlertPage)
      found.push(...page.alerts.map(({ id }) => id))
      if (page.next === null) break
      path = `/v1/alerts?limit=2&cursor=${page.next}`
    }
    expect(all.length).toBeGreaterThan(3)
    expect(found).toEqual(all.map(({ id }) => id))
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((one, other) => other - one))
    expect((await owner.request('GET', '/v1/alerts?cursor=x')).problem?.slug).toBe('malformed-request')
  })

  test('that cannot be told are counted, and no draft fails for it', async () => {
    const database = databaseOf(world)
    const failures = async (): Promise<boolean> => {
      const text = await (await fetch(`${world.address()}/metrics`)).text()
      return /ownkey_failed_jobs_total\{job="watch-caps"\} [1-9]/.test(text)
    }
    expect(await failures()).toBe(false)
    await sql`update alert_settings set thresholds = 'no list'`.execute(database.db)
    expect((await owner.ask('Where is it?')).receipt?.outcome).toBe('answered')
    await until(failures, (counted) => counted)
    expect((await owner.ask('And now?')).receipt?.outcome).toBe('answered')
    expect(world.output()).toContain('"job":"watch-caps"')
    expect(world.output()).not.toContain('no list')
    await sql`update alert_settings set thresholds = '[]'`.execute(database.db)
    await database.close()
  })

  test('are counted by what they are about, and by nothing that names somebody', async () => {
    const text = await (await fetch(`${world.address()}/metrics`)).text()
    expect(text).toMatch(/ownkey_alerts_total\{kind="cap"\} [1-9]/)
    expect(text).not.toContain('Olive')
  })
})

test('a draft, a lowered cap and another threshold are looked at soon, without waiting for the round that looks at all', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  await using world = await given()
  const { owner } = world
  const thresholds = [1, 2].map((percent) => ({ percent, on: true }))
  await owner.change('PUT', '/v1/alerts/settings', { thresholds, emails: [] }, AlertSettings)
  await owner.ask('Where is my parcel?')
  vi.advanceTimersByTime(SOON_MS)
  const { settled } = await owner.cap()
  await owner.setCap(dollarsOf(settled * 80n))
  vi.advanceTimersByTime(SOON_MS)
  expect(percentsOf(await untilTold(owner, 1))).toEqual([1])
  await owner.ask('And where is it now?')
  vi.advanceTimersByTime(SOON_MS)
  expect(percentsOf(await untilTold(owner, 2))).toEqual([1, 2])
  const higher = [1, 2, 3].map((percent) => ({ percent, on: true }))
  await owner.setCap(dollarsOf((await owner.cap()).settled * 30n))
  vi.advanceTimersByTime(SOON_MS)
  await owner.cap()
  await owner.change('PUT', '/v1/alerts/settings', { thresholds: higher, emails: [] }, AlertSettings)
  vi.advanceTimersByTime(SOON_MS)
  expect(percentsOf(await untilTold(owner, 3))).toEqual([1, 2, 3])
})

test('a use of the key outside Ownkey is told once, whenever it is compared again', async () => {
  await using desk = await givenDesk('anthropic')
  const { call } = await drafted(desk)
  const model = call?.model ?? ''
  const spent = { provider: 'anthropic', key: simulatorKeys.anthropic, model } as const
  desk.simulator.spendElsewhere({ ...spent, usage: { freshInput: 900, output: 80 } })
  const statement = await compared(desk)
  const foreign = async () =>
    (await alertsOf(desk.owner)).filter(({ subject }) => subject.kind === 'foreign-use')
  const [told] = await until(foreign, (all) => all.length > 0)
  expect(told?.subject).toMatchObject({
    provider: 'anthropic',
    model,
    day: '2026-11-10',
    amount: statement.rows[0]?.differences[0]?.amount,
  })
  await compared(desk)
  await new Promise((resolve) => setTimeout(resolve, 600))
  expect(await foreign()).toHaveLength(1)
})
