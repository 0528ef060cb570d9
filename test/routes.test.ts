import { randomUUID } from 'node:crypto'
import { Router } from 'express'
import { DefaultQueryExecutor } from 'kysely'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeSetupCode } from '../server/domain/identity/pairing-codes.ts'
import { createWorkspace } from '../server/domain/identity/workspaces.ts'
import { Channel } from '../shared/channels.ts'
import { KeyConnected } from '../shared/keys.ts'
import { DeviceList } from '../shared/members.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { Status } from '../shared/status.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from './identity/vault.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'
import { departuresOf, documentedRoutes } from './routes/document.ts'
import { type Asker, askers, newChannel, type Row, routeOf, type Target, table } from './routes/table.ts'
import { draftRequest } from './world.ts'

const verbs = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'all'] as const

/** Every route that is hung into any router from now on, as `GET /v1/keys`. */
const watchRoutes = (): ReadonlySet<string> => {
  const seen = new Set<string>()
  for (const verb of verbs) {
    const hang = Router.prototype[verb]
    vi.spyOn(Router.prototype, verb).mockImplementation(function (this: unknown, ...args: unknown[]) {
      seen.add(`${verb.toUpperCase()} ${String(args[0])}`)
      return hang.apply(this, args)
    })
  }
  return seen
}

/** Counts what is asked of the database, inside of transactions and outside; the vault's regular jobs rest meanwhile. */
const watchQueries = (): (() => number) => {
  const { mock } = vi.spyOn(DefaultQueryExecutor.prototype, 'executeQuery')
  return () => mock.calls.length
}

let routes: ReadonlySet<string>
let queries: () => number
let simulator: Simulator
let world: GivenVault
let people: Record<Asker, Browser>
let foreign: Browser
/** A member who asks for nothing. */
let bystander: Browser

const invited = async (role: 'admin' | 'agent' | 'light-agent', memberName: string): Promise<Browser> =>
  world.paired(await people.owner.makeCode({ kind: 'invite', role }), { memberName })

const withReports = async (name: string): Promise<void> => {
  const { db } = world.opened.database
  await db.updateTable('members').set({ sees_reports: 1 }).where('name', '=', name).execute()
}

const ownerElsewhere = async (): Promise<Browser> => {
  const other = await createWorkspace(world.opened)({ name: 'Elsewhere', timeZone: 'UTC' })
  const code = (await makeSetupCode(world.opened)(other.id))?.code ?? ''
  return world.paired(code, { memberName: 'Fremde', workspaceName: 'Elsewhere' })
}

const connect = async (by: Browser, provider: 'anthropic' | 'openai'): Promise<string> => {
  const key = provider === 'anthropic' ? 'sk-ant-sim-healthy-0123456789' : 'sk-sim-healthy-0123456789ab'
  const { text } = await by.send('POST', '/v1/keys', { provider, key })
  return KeyConnected.parse(JSON.parse(text)).key.id
}

const spareDevice = async (of: Browser): Promise<string> => {
  const spare = await world.paired(await of.makeCode({ kind: 'device' }))
  const { devices } = DeviceList.parse(JSON.parse((await spare.send('GET', '/v1/devices')).text))
  return devices.find(({ current }) => current)?.id ?? ''
}

const memberIdOf = async (member: Browser): Promise<string> =>
  Status.parse(JSON.parse((await member.send('GET', '/v1/status')).text)).member.id

const inviteOf = async (by: Browser): Promise<string> =>
  (await by.makeCode({ kind: 'invite', role: 'agent' })).slice(0, 6)

const receiptOf = async (by: Browser): Promise<string> => {
  await by.send('POST', '/v1/drafts', draftRequest('Where is it?'))
  const { receipts } = ReceiptPage.parse(JSON.parse((await by.send('GET', '/v1/receipts')).text))
  return receipts.find(({ memberName, purpose }) => memberName === 'Olga' && purpose === 'draft')?.id ?? ''
}

const channelOf = async (by: Browser): Promise<string> => {
  const { text } = await by.send('POST', '/v1/channels', newChannel())
  return Channel.parse(JSON.parse(text)).id
}

/** Things of others, made when they are first needed, and again when somebody was allowed to destroy them. */
const made = new Map<Target, string>()
const makers: Record<Target, () => Promise<string>> = {
  'device of a bystander': () => spareDevice(bystander),
  'device of the owner': () => spareDevice(people.owner),
  bystander: () => memberIdOf(bystander),
  'spare member': async () => memberIdOf(await invited('agent', 'Sam')),
  'the owner': () => memberIdOf(people.owner),
  invite: () => inviteOf(people.owner),
  'spare key': () => connect(people.owner, 'openai'),
  key: () => connect(people.owner, 'anthropic'),
  receipt: () => receiptOf(people.owner),
  channel: () => channelOf(people.owner),
}
const targetOf = async ({ target }: Row): Promise<string | undefined> => {
  if (target === undefined) return undefined
  const id = made.get(target) ?? (await makers[target]())
  made.set(target, id)
  return id
}

/** An id that nothing ever had, in the form that the route expects. */
const neverOf = ({ target }: Row): string => (target === 'invite' ? 'ZZZZZZ' : randomUUID())

const requestOf = (name: string, id = ''): readonly [method: string, path: string] => {
  const [method = '', path = ''] = routeOf(name).split(' ')
  return [method, path.replace(':id', id).replace(':log', 'ledger').replace(':provider', 'anthropic')]
}

const ask = (by: Browser, name: string, { body }: Row, id?: string): Promise<Answered> => {
  const [method, path] = requestOf(name, id)
  return by.send(method, path, body?.(), path === '/v1/tokens' ? { token: undefined } : {})
}

const verdictOf = ({ status, problem }: Answered): string =>
  status < 300 ? 'yes' : (problem?.slug ?? String(status))

const namesEachTime = new Set(['x-request-id', 'date'])

const documented = ({ status, headers, text }: Answered) => ({
  status,
  media: headers.get('content-type')?.split(';')[0] ?? '',
  text,
})

/** An answer without what is different in each answer. */
const lookOf = ({ status, headers, text }: Answered) => ({
  status,
  headers: [...headers].filter(([name]) => !namesEachTime.has(name)),
  text: text.replaceAll(headers.get('x-request-id') ?? '', ''),
})

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  routes = watchRoutes()
  queries = watchQueries()
  simulator = await startSimulator({ now: () => world.now() })
  world = await givenVault({
    OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
    OWNKEY_OPENAI_URL: simulator.openaiUrl,
  })
  const owner = await world.owner()
  const nobodyYet = owner
  people = {
    owner,
    stranger: await world.browser(),
    admin: nobodyYet,
    agent: nobodyYet,
    'agent-reports': nobodyYet,
    'light-agent': nobodyYet,
    'light-reports': nobodyYet,
  }
  people.admin = await invited('admin', 'Ada')
  people.agent = await invited('agent', 'Anna')
  people['agent-reports'] = await invited('agent', 'Arthur')
  people['light-agent'] = await invited('light-agent', 'Lia')
  people['light-reports'] = await invited('light-agent', 'Leo')
  bystander = await invited('agent', 'Zoe')
  await withReports('Arthur')
  await withReports('Leo')
  foreign = await ownerElsewhere()
  made.set('key', await connect(owner, 'anthropic'))
})
afterAll(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await world.stop()
  await simulator.close()
})

describe('every route of the vault', () => {
  test('has a row in the table of who may do what, and every row has its route', () => {
    expect([...routes].toSorted()).toEqual([...new Set(Object.keys(table).map(routeOf))].toSorted())
  })

  test('is described in the document that the vault hands out, and no other', () => {
    expect([...documentedRoutes].toSorted()).toEqual([...routes].toSorted())
  })

  test.each(Object.entries(table))('%s answers each role as the table says', async (name, row) => {
    const verdicts: [Asker, string][] = []
    for (const asker of askers) {
      const answer = await ask(people[asker], name, row, await targetOf(row))
      verdicts.push([asker, verdictOf(answer)])
      expect(departuresOf(routeOf(name), documented(answer))).toEqual([])
      if (answer.status === 204 && row.target !== undefined) made.delete(row.target)
    }
    expect(Object.fromEntries(verdicts)).toEqual(row.verdicts)
  })

  const withId = Object.entries(table).filter(([name]) => name.includes(':id'))

  test.each(withId)(
    '%s of another workspace is, to the byte, as of an id that never was',
    async (name, row) => {
      const id = await targetOf(row)
      const [theirs, never] = [await ask(foreign, name, row, id), await ask(foreign, name, row, neverOf(row))]
      expect(lookOf(theirs)).toEqual(lookOf(never))
      expect(theirs.problem?.slug).toBe('not-found')
    },
  )

  test.each(withId)(
    '%s is the same refusal for whoever may not, whether it is there or not',
    async (name, row) => {
      const id = await targetOf(row)
      for (const asker of askers.filter((one) => row.verdicts[one] === 'not-found')) {
        const there = await ask(people[asker], name, row, id)
        expect(lookOf(there)).toEqual(lookOf(await ask(people[asker], name, row, neverOf(row))))
        expect(lookOf(there)).toEqual(lookOf(await ask(people[asker], name, row, 'no id')))
      }
    },
  )

  const costOf = async (...request: Parameters<typeof ask>): Promise<number> => {
    const before = queries()
    await ask(...request)
    return queries() - before
  }

  test.each(withId)(
    '%s asks the database as often for another’s thing as for one that never was',
    async (name, row) => {
      const id = await targetOf(row)
      const refused = askers.filter((one) => row.verdicts[one] === 'not-found').map((one) => people[one])
      for (const asker of [foreign, ...refused]) {
        const [there, never] = [
          await costOf(asker, name, row, id),
          await costOf(asker, name, row, neverOf(row)),
        ]
        expect(there).toBe(never)
        expect(there).toBeGreaterThan(0)
      }
    },
  )

  test('needs a session for whatever a member may see', async () => {
    for (const [name, row] of Object.entries(table)) {
      const open =
        row.verdicts.stranger === 'yes' || name === 'POST /v1/tokens' || name === 'POST /v1/devices'
      if (!open) expect([name, row.verdicts.stranger]).toEqual([name, 'session-ended'])
    }
  })
})

describe('the status', () => {
  test('tells a light agent whether AI is on, and neither model nor price nor amounts', async () => {
    for (const asker of ['light-agent', 'light-reports'] as const) {
      const status = Status.parse(JSON.parse((await people[asker].send('GET', '/v1/status')).text))
      expect(status).toMatchObject({ ai: { on: true }, drafting: null, cap: null })
    }
    const status = Status.parse(JSON.parse((await people.agent.send('GET', '/v1/status')).text))
    expect(status.drafting).not.toBeNull()
  })
})
