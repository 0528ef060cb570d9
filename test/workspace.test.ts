import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { monthOf } from '../server/domain/books/periods.ts'
import { makeSetupCode } from '../server/domain/identity/pairing-codes.ts'
import { createWorkspace } from '../server/domain/identity/workspaces.ts'
import { destroyEnded } from '../server/domain/workspace/deletion.ts'
import { tablesOfWorkspaces } from '../server/store/workspace/deletion.ts'
import { Cap } from '../shared/cap.ts'
import { Status } from '../shared/status.ts'
import { Workspace } from '../shared/workspace.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from './identity/vault.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'
import { draftRequest } from './world.ts'

const DAY = 86_400_000

let simulator: Simulator
let world: GivenVault
let owner: Browser
let agent: Browser

beforeEach(async () => {
  simulator = await startSimulator({ now: () => world.now() })
  world = await givenVault({ OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl })
  owner = await world.owner()
  agent = await world.paired(await owner.makeCode({ kind: 'invite', role: 'agent' }), { memberName: 'Anna' })
  await owner.send('POST', '/v1/keys', { provider: 'anthropic', key: 'sk-ant-sim-healthy-0123456789' })
})
afterEach(async () => {
  await world.stop()
  await simulator.close()
})

const slug = ({ problem }: Answered) => problem?.slug
const workspaceIn = ({ text }: Answered): Workspace => Workspace.parse(JSON.parse(text))
const read = async (by: Browser): Promise<Workspace> => workspaceIn(await by.send('GET', '/v1/workspace'))
const statusOf = async (by: Browser): Promise<Status> =>
  Status.parse(JSON.parse((await by.send('GET', '/v1/status')).text))
const change = (body: unknown, by = owner) => by.send('PATCH', '/v1/workspace', body)
const ask = (by: Browser) => by.send('POST', '/v1/drafts', draftRequest('Where is it?'))

/** Lets days pass in which every browser is used, so that none is forgotten. */
const pass = async (days: number, ...browsers: readonly Browser[]): Promise<void> => {
  world.pass(days * DAY)
  for (const browser of browsers) await browser.signIn()
}

describe('the settings of a workspace', () => {
  test('are changed one by one, and each change is written down', async () => {
    await change({ name: 'Acme Care', retentionDays: 90 })
    await change({ name: 'Acme Care', aiOn: false })
    await change({ retentionDays: null })
    expect(await read(owner)).toMatchObject({
      id: world.workspace.id,
      name: 'Acme Care',
      retentionDays: null,
      aiOn: false,
      deleteAt: null,
    })
    const told = (await world.audited()).filter(({ kind }) => kind === 'workspace-changed')
    expect(told.map(({ facts, memberName }) => [memberName, facts])).toEqual([
      ['Olga', { field: 'name', before: 'Support', after: 'Acme Care' }],
      ['Olga', { field: 'retentionDays', before: null, after: 90 }],
      ['Olga', { field: 'aiOn', before: true, after: false }],
      ['Olga', { field: 'retentionDays', before: 90, after: null }],
    ])
  })

  test('take a time zone that calendars know, and no other', async () => {
    for (const timeZone of ['Mars/Olympus', '+01:00', 'CET-1', 'nonsense', ''])
      expect([timeZone, slug(await change({ timeZone }))]).toEqual([timeZone, 'malformed-request'])
    expect((await change({ timeZone: 'Asia/Kolkata' })).status).toBe(200)
    expect((await read(owner)).timeZone).toBe('Asia/Kolkata')
  })

  test('keep receipts for a month and a half at least', async () => {
    expect(slug(await change({ retentionDays: 44 }))).toBe('malformed-request')
    expect((await change({ retentionDays: 45 })).status).toBe(200)
  })

  test('pause drafting for everybody when AI is switched off, and at once', async () => {
    await change({ aiOn: false })
    for (const by of [owner, agent]) {
      expect((await ask(by)).problem).toMatchObject({
        slug: 'ai-paused',
        facts: { reason: 'switched-off' },
      })
      expect((await statusOf(by)).ai).toMatchObject({ on: false, paused: 'switched-off' })
    }
    await change({ aiOn: true })
    expect((await ask(agent)).status).toBe(200)
  })
})

describe('a new time zone', () => {
  const capOf = async () => Cap.parse(JSON.parse((await owner.send('GET', '/v1/cap')).text))
  const days = async () => {
    const rows = await world.opened.database.db.selectFrom('receipts').select('day').orderBy('at').execute()
    return rows.map(({ day }) => day)
  }

  test('begins with the next month: the open one keeps its end, and what was spent in it', async () => {
    await change({ timeZone: 'UTC' })
    const before = await capOf()
    await change({ timeZone: 'America/New_York' })
    const { period, settled } = await capOf()
    expect(period).toEqual(before.period)
    expect(settled).toBe(before.settled)
    expect(settled).toBeGreaterThan(0n)
  })

  test('begins with the next month also where nothing was spent yet', async () => {
    const { id } = await createWorkspace(world.opened)({ name: 'Elsewhere', timeZone: 'Asia/Tokyo' })
    const theirs = await world.paired((await makeSetupCode(world.opened)(id))?.code ?? '')
    expect((await change({ timeZone: 'America/New_York' }, theirs)).status).toBe(200)
    const { period } = Cap.parse(JSON.parse((await theirs.send('GET', '/v1/cap')).text))
    expect(period).toEqual(monthOf(world.now(), 'Asia/Tokyo'))
  })

  test('joins the months without gap or overlap, and gives the hours between no cap of their own', async () => {
    const first = await capOf()
    await change({ timeZone: 'Pacific/Honolulu' })
    world.pass(first.period.endsAt - world.now())
    await owner.signIn()
    await ask(owner)
    const second = await capOf()
    expect(second.period.startsAt).toBe(first.period.endsAt)
    expect(second.period.endsAt).toBe(Date.parse('2027-01-01T10:00:00Z'))
    expect((await days()).at(-1)).toBe('2026-11-30')
  })

  test('leaves a receipt on the day that its month knows', async () => {
    const { period } = await capOf()
    await change({ timeZone: period.timeZone === 'UTC' ? 'Pacific/Kiritimati' : 'UTC' })
    world.pass(period.endsAt - 1 - world.now())
    await owner.signIn()
    await ask(owner)
    expect((await days()).at(-1)).toBe('2026-11-30')
  })
})

describe('the end of a workspace', () => {
  const end = (body: unknown, by = owner) => by.send('POST', '/v1/workspace/deletion', body)
  const destroy = () => destroyEnded(world.opened)()
  /** How many rows each table has of a workspace; those without any are left out. */
  const rowsOf = async (workspaceId: string): Promise<Record<string, number>> => {
    const counts: [string, number][] = []
    for (const table of await tablesWithWorkspaces()) {
      const { rows } = await sql<{ id: string }>`
        select workspace_id as id from ${sql.table(table)} where workspace_id = ${workspaceId}
      `.execute(world.opened.database.db)
      if (rows.length > 0) counts.push([table, rows.length])
    }
    return Object.fromEntries(counts)
  }

  /** The same once the vault has looked for alerts by itself, which leaves a row too. */
  const steadyRowsOf = async (workspaceId: string): Promise<Record<string, number>> => {
    await expect.poll(() => rowsOf(workspaceId), { timeout: 30_000 }).toHaveProperty('watched')
    return rowsOf(workspaceId)
  }

  /** The tables that have a workspace, as the database itself says. */
  const tablesWithWorkspaces = async (): Promise<string[]> => {
    const tables = await world.opened.database.db.introspection.getTables()
    return tables
      .filter(({ columns }) => columns.some(({ name }) => name === 'workspace_id'))
      .map(({ name }) => name)
  }

  /** A second team with a member, a key, a channel, receipts, and more of them than one batch deletes. */
  const secondTeam = async (): Promise<{ readonly id: string; readonly theirs: Browser }> => {
    const { id } = await createWorkspace(world.opened)({ name: 'Elsewhere', timeZone: 'UTC' })
    const code = (await makeSetupCode(world.opened)(id))?.code ?? ''
    const theirs = await world.paired(code, { memberName: 'Fremde' })
    await theirs.send('POST', '/v1/keys', { provider: 'anthropic', key: 'sk-ant-sim-healthy-0123456789' })
    await theirs.send('POST', '/v1/channels', { name: 'Shop', sites: ['shop.example'] })
    await theirs.makeCode({ kind: 'invite', role: 'agent' })
    await ask(theirs)
    for (let index = 0; index < 1_100; index += 1)
      await world.opened.audit.append({
        workspaceId: id,
        kind: 'signed-in',
        memberId: null,
        facts: { index },
      })
    return { id, theirs }
  }

  /** A row of the workspace in each table that has none, whatever it would mean there. */
  const fillWhatIsEmpty = async (id: string): Promise<void> => {
    const { db } = world.opened.database
    const filled = await rowsOf(id)
    for (const { name, columns } of await db.introspection.getTables()) {
      if (name in filled || !columns.some((column) => column.name === 'workspace_id')) continue
      const values = columns.map((column) => [column.name, /int/i.test(column.dataType) ? 1 : 'x'])
      const row = { ...Object.fromEntries(values), workspace_id: id }
      await sql`insert into ${sql.table(name)} (${sql.join(Object.keys(row).map((column) => sql.ref(column)))})
        values (${sql.join(Object.values(row))}) on conflict do nothing`.execute(db)
    }
  }

  test('is the owner’s to ask for, by its name, in seven days', async () => {
    expect(slug(await end({ name: 'support' }))).toBe('name-mismatch')
    const asked = workspaceIn(await end({ name: 'Support' }))
    expect(asked.deleteAt).toBe(world.now() + 7 * DAY)
    world.pass(60_000)
    expect(workspaceIn(await end({ name: 'Support' })).deleteAt).toBe(asked.deleteAt)
    const told = (await world.audited()).filter(({ kind }) => kind === 'workspace-deletion-asked')
    expect(told.map(({ facts }) => facts)).toEqual([
      { name: 'Support', deleteAt: new Date(asked.deleteAt ?? 0).toISOString() },
    ])
  })

  test('pauses drafting for everybody, and leaves the rest to be read', async () => {
    await end({ name: 'Support' })
    for (const by of [owner, agent]) {
      expect((await ask(by)).problem).toMatchObject({
        slug: 'ai-paused',
        facts: { reason: 'workspace-ending' },
      })
      expect((await statusOf(by)).ai).toMatchObject({ on: false, paused: 'workspace-ending' })
      expect((await by.send('GET', '/v1/receipts')).status).toBe(200)
    }
  })

  test('is taken back by the owner, and drafting goes on', async () => {
    await end({ name: 'Support' })
    await pass(6, owner, agent)
    expect(workspaceIn(await owner.send('DELETE', '/v1/workspace/deletion')).deleteAt).toBeNull()
    await pass(2, owner, agent)
    await destroy()
    expect((await ask(agent)).status).toBe(200)
    const kinds = (await world.audited()).map(({ kind }) => kind)
    expect(kinds).toContain('workspace-deletion-withdrawn')
  })

  test('comes with its last moment and no sooner', async () => {
    await end({ name: 'Support' })
    world.pass(7 * DAY - 1)
    await destroy()
    for (const by of [owner, agent]) expect((await by.signIn()).status).toBe(200)
    world.pass(1)
    await destroy()
    expect(slug(await owner.signIn())).toBe('device-unknown')
    expect(slug(await agent.send('GET', '/v1/status'))).toBe('device-unknown')
  })

  test('takes every row of every table, and none of another workspace', async () => {
    const { id, theirs } = await secondTeam()
    const mine = await steadyRowsOf(world.workspace.id)
    await fillWhatIsEmpty(id)
    expect(Object.keys(await rowsOf(id)).toSorted()).toEqual((await tablesWithWorkspaces()).toSorted())
    await theirs.send('POST', '/v1/workspace/deletion', { name: 'Elsewhere' })
    await pass(7, owner)
    const before = await steadyRowsOf(world.workspace.id)
    await Promise.all([destroy(), destroy()])
    expect(await rowsOf(id)).toEqual({})
    expect((await world.opened.workspaces.list()).map(({ name }) => name)).toEqual(['Support'])
    expect(await rowsOf(world.workspace.id)).toEqual(before)
    expect(Object.keys(before)).toEqual(Object.keys(mine))
    expect((await ask(owner)).status).toBe(200)
  })

  test('knows every table that has a workspace', async () => {
    expect([...tablesOfWorkspaces].toSorted()).toEqual((await tablesWithWorkspaces()).toSorted())
  })

  test('waits with the books for a call that is being answered, and opens nothing meanwhile', async () => {
    const { db } = world.opened.database
    await ask(agent)
    await end({ name: 'Support' })
    await pass(7, owner)
    await db.updateTable('attempts').set({ outcome: 'running' }).execute()
    await destroy()
    expect(slug(await owner.signIn())).toBe('device-unknown')
    expect(await rowsOf(world.workspace.id)).toHaveProperty('receipts')
    expect(await db.selectFrom('workspaces').select('wrapped_key').execute()).toEqual([{ wrapped_key: '' }])
    await db.updateTable('attempts').set({ outcome: 'answered' }).execute()
    await destroy()
    expect(await rowsOf(world.workspace.id)).toEqual({})
  })

  test('of the last one leaves a vault that makes a new one at its next start, under the same master key', async () => {
    await end({ name: 'Support' })
    await pass(7, owner)
    await destroy()
    expect(await world.opened.workspaces.list()).toEqual([])
    expect((await agent.send('GET', '/v1/nothing')).status).toBe(404)
    await world.restart()
    const [fresh, ...more] = await world.opened.workspaces.list()
    expect(more).toEqual([])
    expect(fresh?.id).not.toBe(world.workspace.id)
    expect(await makeSetupCode(world.opened)(fresh?.id ?? '')).toBeDefined()
  })
})
