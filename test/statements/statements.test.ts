import { describe, expect, test } from 'vitest'
import { link } from '../../server/crypto/chain.ts'
import { auditAppender } from '../../server/store/books/audit.ts'
import { sqlStatements } from '../../server/store/statements/statements.ts'
import { AuditPage } from '../../shared/audit.ts'
import { dollars } from '../../shared/money.ts'
import type { Problem } from '../../shared/problems.ts'
import type { ReportingProvider } from '../../shared/providers.ts'
import { ProviderKeyList, ReportingKey, ReportingKeyList } from '../../shared/statements/reporting-keys.ts'
import { Compared, Statement } from '../../shared/statements/statements.ts'
import { given, simulatorKeys, until, type World } from '../world.ts'
import {
  adminKeys,
  booksOf,
  compared,
  connectReports,
  DAY,
  type Desk,
  drafted,
  expectExplained,
  givenDesk,
  HOUR,
  pass,
  reasonsOf,
} from './desk.ts'

const foreign = async ({ owner }: Desk) => {
  const { entries } = await owner.read('/v1/audit?kind=foreign-use-found', AuditPage)
  return entries
}

/** Deletes a receipt behind the vault's back, as a broken disk or a dishonest operator would. */
const forget = async (desk: Desk, receiptId: string): Promise<void> => {
  const { db, close } = booksOf(desk)
  await db.deleteFrom('attempts').where('receipt_id', '=', receiptId).execute()
  await db.deleteFrom('receipts').where('id', '=', receiptId).execute()
  await close()
}

describe.for(['anthropic', 'openai'] as const)('a statement of %s', (provider) => {
  const tolerance = provider === 'openai' ? 1_000_000n : 0n

  test('is equal to the cent and the token when nothing departs, verification included', async () => {
    await using desk = await givenDesk(provider)
    await drafted(desk)
    await drafted(desk, 'Where is my other parcel, please?')
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual([])
    expect(statement.rows.map(({ day }) => day)).toEqual(['2026-11-10'])
    expect(statement.rows[0]?.ours.requests).toBe(3)
    const { amount: ours, ...tokens } = statement.rows[0]?.ours ?? { amount: dollars('0') }
    const { amount: reported, ...reportedTokens } = statement.rows[0]?.reported ?? { amount: dollars('0') }
    expect(tokens).toEqual(reportedTokens)
    expect(ours).toBe(await desk.bill())
    expect(ours - reported <= tolerance && reported - ours <= tolerance).toBe(true)
    expect(statement.comparisons).toMatchObject([
      { provider, failure: null, days: ['2026-11-10'], keysUnknown: 0 },
    ])
  })

  test('finds and names a use of the key outside Ownkey, once in the audit log', async () => {
    await using desk = await givenDesk(provider)
    const { call } = await drafted(desk)
    const spent = { provider, key: simulatorKeys[provider], model: call?.model ?? '' }
    desk.simulator.spendElsewhere({ ...spent, usage: { freshInput: 900, output: 80 } })
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['foreign-use'])
    expect(statement.rows[0]?.differences[0]).toMatchObject({ requests: 1, tokens: 980 })
    const billed = desk.simulator.calls().at(-1)?.picodollars ?? 0n
    const told = statement.rows[0]?.differences[0]?.amount ?? 0n
    expect(told - billed <= tolerance && billed - told <= tolerance).toBe(true)
    expectExplained(statement, tolerance)
    expect(reasonsOf(await compared(desk))).toEqual(['foreign-use'])
    expect(await foreign(desk)).toMatchObject([
      { memberName: null, facts: { provider, day: '2026-11-10', requests: 1 } },
    ])
  })

  test('finds and names a price that changed', async () => {
    await using desk = await givenDesk(provider)
    const { call } = await drafted(desk)
    desk.simulator.reprice(provider === 'openai' ? 'gpt-6-luna' : (call?.model ?? ''), 120)
    const dearer = await drafted(desk)
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['price'])
    expect(statement.rows[0]?.differences[0]).toMatchObject({ requests: 0, tokens: 0 })
    const more = (dearer.call?.picodollars ?? 0n) / 6n
    const told = statement.rows[0]?.differences[0]?.amount ?? 0n
    expect(told - more <= tolerance && more - told <= tolerance).toBe(true)
    expectExplained(statement, tolerance)
  })

  test('waits for a late arrival, and is equal when it has come', async () => {
    await using desk = await givenDesk(provider)
    const { call } = await drafted(desk)
    desk.simulator.leaveOut(call?.id ?? '', desk.clock.now + 2 * DAY)
    const early = await compared(desk)
    expect(reasonsOf(early)).toEqual(['late-arrival'])
    expect(early.rows[0]?.differences[0]).toMatchObject({ requests: -1 })
    expectExplained(early, tolerance)
    expect(reasonsOf(await compared(desk, 2 * DAY))).toEqual([])
  })

  test('says after three days that a call of ours is missing in the report for good', async () => {
    await using desk = await givenDesk(provider)
    const { call } = await drafted(desk)
    await drafted(desk, 'Another one')
    desk.simulator.leaveOut(call?.id ?? '')
    const statement = await compared(desk, 5 * DAY)
    expect(reasonsOf(statement)).toEqual(['missing'])
    expectExplained(statement, tolerance)
  })

  test('corrects an estimate to what the report shows, in the books and for good', async () => {
    await using desk = await givenDesk(provider)
    await drafted(desk)
    desk.simulator.plan({ provider, next: ['early-end'] })
    const { receipt, call } = await drafted(desk, 'The line breaks here')
    expect(receipt?.certainty).toBe('estimated')
    const before = (await desk.owner.cap()).settled
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['estimate-corrected'])
    expectExplained(statement, tolerance)
    const [corrected] = (await desk.owner.receipts()).filter(({ id }) => id === receipt?.id)
    expect(corrected).toMatchObject({ certainty: 'exact', settled: call?.picodollars })
    expect((await desk.owner.cap()).settled).toBe(await desk.bill())
    expect((await desk.owner.cap()).settled).toBeLessThan(before)
    expect(reasonsOf(await compared(desk))).toEqual(['estimate-corrected'])
    expect((await desk.owner.request('GET', '/v1/chains')).status).toBe(200)
  })
})

describe('a statement', () => {
  test('names a receipt that the books lost, since the chain still knows of its call', async () => {
    await using desk = await givenDesk('anthropic')
    await drafted(desk)
    const { receipt } = await drafted(desk, 'This one will be lost')
    await forget(desk, receipt?.id ?? '')
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['lost-receipt'])
    expectExplained(statement)
    expect(await foreign(desk)).toEqual([])
  })

  test('tells a foreign use, a late call and a dearer price of one day apart', async () => {
    await using desk = await givenDesk('anthropic')
    const { call } = await drafted(desk)
    const late = await drafted(desk, 'This one comes late')
    desk.simulator.leaveOut(late.call?.id ?? '', desk.clock.now + 2 * DAY)
    const spent = { provider: desk.provider, key: simulatorKeys.anthropic, model: call?.model ?? '' }
    desk.simulator.spendElsewhere({ ...spent, usage: { output: 80 } })
    desk.simulator.reprice(call?.model ?? '', 200)
    await drafted(desk, 'This one is dearer')
    const statement = await compared(desk)
    expect(reasonsOf(statement)).toEqual(['foreign-use', 'late-arrival', 'price'])
    expectExplained(statement)
  })

  test('finds a call that began before midnight and was counted after it', async () => {
    await using desk = await givenDesk('anthropic')
    desk.clock.now = Date.parse('2026-11-10T23:59:58Z')
    desk.owner.forgetToken()
    desk.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 1 }] })
    const asked = desk.owner.ask('Just before midnight')
    await until(
      async () => desk.simulator.requests().length,
      (count) => count >= 5,
    )
    desk.clock.now += 5_000
    await asked
    const statement = await compared(desk, DAY + 7 * HOUR)
    expect(reasonsOf(statement)).toEqual([])
    expect(statement.rows.map(({ day, ours }) => [day, ours.requests])).toEqual([
      ['2026-11-11', 1],
      ['2026-11-10', 1],
    ])
  })

  test('compares a day only when it is closed, and says why a report could not be read', async () => {
    await using desk = await givenDesk('anthropic')
    await drafted(desk)
    expect((await compared(desk, HOUR)).comparisons[0]?.days).toEqual([])
    desk.simulator.plan({ provider: 'anthropic', next: ['overloaded'], of: 'reports' })
    pass(desk, DAY)
    const { outcomes } = await desk.owner.change('POST', '/v1/statements', undefined, Compared)
    expect(outcomes).toEqual([{ provider: 'anthropic', outcome: 'failed', failure: 'overloaded' }])
    const { comparisons } = await desk.owner.read('/v1/statements', Statement)
    expect(comparisons[0]).toMatchObject({ failure: 'overloaded', days: [] })
    expect((await compared(desk, 0)).comparisons[0]?.days).toEqual(['2026-11-10'])
  })
})

test('of several vaults one compares: the others leave a comparison that is going on, or is not due, alone', async () => {
  await using desk = await givenDesk('anthropic')
  const database = booksOf(desk)
  const now = () => desk.clock.now
  const statements = sqlStatements(database, { appendAudit: auditAppender({ now, link }), link, now })
  const [place] = await statements.due(now())
  expect(place).toMatchObject({ provider: 'anthropic' })
  if (place === undefined) return
  const until = now() + HOUR
  const take = (at: number) => statements.claim(place, at, until, 'schedule')
  expect((await Promise.all([take(now()), take(now()), take(now())])).filter(Boolean)).toHaveLength(1)
  const { outcomes } = await desk.owner.change('POST', '/v1/statements', undefined, Compared)
  expect(outcomes).toMatchObject([{ outcome: 'running' }])
  expect(await take(until + 1)).toBe(true)
  await statements.release(place, { nextAt: until + DAY, comparedAt: null, failure: null })
  expect(await take(until + HOUR)).toBe(false)
  expect(await statements.due(until + HOUR)).toEqual([])
  await database.close()
})

const cards = async ({ owner }: World) => (await owner.read('/v1/reporting-keys', ReportingKeyList)).keys

const refused = async (
  { owner }: World,
  provider: ReportingProvider,
  key: string,
): Promise<Problem | undefined> =>
  (await owner.request('POST', '/v1/reporting-keys', { provider, key })).problem

describe('a reporting key', () => {
  test('is proved by real calls, replaced and disconnected, and every step is written down', async () => {
    await using desk = await givenDesk('anthropic')
    const [card] = await cards(desk)
    expect(card).toMatchObject({ provider: 'anthropic', version: 1, connectedBy: 'Olive Owner' })
    expect(card?.links).toMatchObject([{ version: 1, current: true, by: 'hint' }])
    const asked = desk.simulator.requests().filter(({ path }) => path.startsWith('/v1/organizations'))
    expect(asked.map(({ path }) => path)).toEqual([
      '/v1/organizations/api_keys',
      '/v1/organizations/analytics/usage',
      '/v1/organizations/analytics/cost',
    ])
    expect(await connectReports(desk, 'anthropic', 'sk-ant-admin-sim-reports-0002')).toMatchObject({
      version: 2,
    })
    expect((await desk.owner.request('DELETE', '/v1/reporting-keys/anthropic')).status).toBe(204)
    expect(await cards(desk)).toEqual([])
    const { entries } = await desk.owner.read('/v1/audit', AuditPage)
    expect(entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('reporting-key'))).toEqual([
      'reporting-key-disconnected',
      'reporting-key-replaced',
      'reporting-key-connected',
    ])
  })

  test('is refused by its shape, by the provider, and when it drafts here', async () => {
    await using world = await given({ keys: ['anthropic', 'openai'] })
    const ordinary = await refused(world, 'openai', simulatorKeys.openai)
    expect(ordinary).toMatchObject({ slug: 'key-misshapen', facts: { flaw: 'not-admin' } })
    const drafting = await refused(world, 'anthropic', simulatorKeys.anthropic)
    expect(drafting).toMatchObject({ slug: 'key-misshapen', facts: { flaw: 'drafting-key' } })
    const foreign = await refused(world, 'anthropic', adminKeys.openai)
    expect(foreign).toMatchObject({ slug: 'key-misshapen', facts: { flaw: 'other-provider' } })
    const invalid = await refused(world, 'anthropic', 'sk-ant-admin-sim-key-invalid-0001')
    expect(invalid).toMatchObject({ slug: 'key-refused', facts: { reason: 'key-invalid' } })
    const ordinaryAtProvider = await refused(world, 'anthropic', 'sk-ant-sim-healthy-another-one')
    expect(ordinaryAtProvider).toMatchObject({ slug: 'key-refused', facts: { reason: 'not-permitted' } })
    const busy = await refused(world, 'anthropic', 'sk-ant-admin-sim-overloaded-0001')
    expect(busy).toMatchObject({ slug: 'key-unverified', facts: { reason: 'overloaded' } })
    expect(await cards(world)).toEqual([])
  })

  test('never drafts: a key of administrators is not taken where keys that draft go', async () => {
    await using world = await given({ keys: [] })
    for (const provider of ['anthropic', 'openai'] as const) {
      const answer = await world.owner.request('POST', '/v1/keys', { provider, key: adminKeys[provider] })
      expect(answer.problem).toMatchObject({ slug: 'key-misshapen', facts: { flaw: 'admin-key' } })
    }
  })

  test('that may not list keys works by the ids that were used, and the owner picks ours', async () => {
    await using world = await given({ keys: ['anthropic'] })
    const card = await connectReports(world, 'anthropic', 'sk-ant-admin-sim-list-forbidden-1')
    expect(card.links).toMatchObject([{ providerKeyId: null, by: null }])
    const path = '/v1/reporting-keys/anthropic'
    const { keys: offered } = await world.owner.read(`${path}/provider-keys`, ProviderKeyList)
    expect(offered).toMatchObject([{ name: null }])
    const link = { keyId: card.links[0]?.keyId, version: 1, providerKeyId: offered[0]?.id }
    const linked = await world.owner.change('PUT', `${path}/links`, link, ReportingKey)
    expect(linked.links).toMatchObject([{ providerKeyId: offered[0]?.id, by: 'owner' }])
    const elsewhere = { ...link, keyId: crypto.randomUUID() }
    expect((await world.owner.request('PUT', `${path}/links`, elsewhere)).problem?.slug).toBe('not-found')
  })
})
