import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { examine } from '../../server/commands/doctor.ts'
import { readConfiguration } from '../../server/config.ts'
import type { Database } from '../../server/store/database.ts'
import { startMailServer } from '../alerts/receivers.ts'
import { canary, caughtIn } from '../canaries.ts'
import { runCommand, type VaultSettings } from '../vault-process.ts'
import { given, until, type World } from '../world.ts'
import { databaseOf, rowsIn } from './saved.ts'

let world: World
let database: Database
const word = canary('Word')
const key = canary('Key')

const keyFile = () => join(world.folder, 'keys', 'master.key')

/** What the doctor finds in the vault, with other settings where they are given. */
const examined = async (settings: VaultSettings = {}) => {
  const findings = await examine(
    readConfiguration({
      OWNKEY_DATA: world.dataFolder,
      OWNKEY_MASTER_KEY_FILE: keyFile(),
      ...world.settings,
      ...settings,
    }),
    database,
  )
  return {
    bad: findings.filter(({ state }) => state === 'bad'),
    found: (check: string) => findings.filter((finding) => finding.check === check),
  }
}

beforeAll(async () => {
  world = await given({ keys: ['anthropic'] })
  await world.owner.connectKey('openai', `sk-sim-healthy-${key.text}`)
  const reporting = { provider: 'anthropic', key: `sk-ant-admin-sim-${key.text}` }
  expect((await world.owner.request('POST', '/v1/reporting-keys', reporting)).status).toBe(201)
  await world.owner.ask(`${word.text} was charged twice`)
  world.simulator.plan({ provider: 'openai', next: ['early-end'] })
  await world.owner.ask('Where is my parcel?')
  await world.owner.invite('agent', 'Andy Agent')
  database = databaseOf(world)
})
afterAll(async () => {
  await database.close()
  await world[Symbol.asyncDispose]()
})

type Undo = () => Promise<unknown>
let undo: Undo[] = []
afterEach(async () => {
  for (const step of undo.toReversed()) await step()
  undo = []
})

const run = (text: string): Promise<unknown> => sql.raw(text).execute(database.db)

/** Changes a row behind the vault's back; the test's end puts it back. */
const change = async (breaking: string, mending: string): Promise<void> => {
  undo.push(() => run(mending))
  await run(breaking)
}

describe('the doctor', () => {
  test('finds nothing in a vault that is well, changes nothing, and shows no secret', async () => {
    const before = await rowsIn(database)
    const { code, output, errors } = await runCommand(world.folder, ['doctor'], world.settings)
    expect(code, output).toBe(0)
    expect(errors).toMatch(/^\nWell: \d+ checks, nothing broken\.\n$/)
    expect(output).toMatch(/✓ sealed rows +\d+ rows opened \(workspaces 1, /)
    expect(output).toMatch(/✓ counters +\d+ counters? equal the sum of their holds/)
    expect(caughtIn(output, [word, key])).toEqual([])
    expect(await rowsIn(database)).toEqual(before)
  })

  test('finds nothing beside drafts that run', async () => {
    const drafts = Array.from({ length: 6 }, (_, index) => world.owner.ask(`Question ${index}`))
    for (let looks = 0; looks < 10; looks += 1) expect((await examined()).bad).toEqual([])
    await Promise.all(drafts)
    expect((await examined()).bad).toEqual([])
  })

  test('counts the messages that wait and that nobody got, and asks the mail server', async () => {
    const mail = await startMailServer({ login: { name: 'vault', password: word.text } })
    undo.push(mail.close)
    const set = (password: string) => ({
      OWNKEY_SMTP_URL: `smtp://vault:${password}@127.0.0.1:${mail.port}`,
      OWNKEY_MAIL_FROM: 'alerts@vault.example',
    })
    const says = `127.0.0.1:${mail.port} takes mail from alerts@vault.example`
    expect((await examined(set(word.text))).found('mail')).toMatchObject([{ state: 'good', says }])
    const wrong = await examined(set('wrong'))
    expect(wrong.found('mail')).toMatchObject([{ state: 'bad', says: `127.0.0.1:${mail.port}: smtp-535` }])
    expect(caughtIn(JSON.stringify(wrong.bad), [word])).toEqual([])
    expect(mail.mails).toEqual([])

    expect((await examined()).found('alerts')).toMatchObject([
      { state: 'good', says: '0 messages waiting, 0 given up in seven days' },
    ])
    const settings = { thresholds: [], emails: ['books@desk.example'] }
    undo.push(() => world.owner.request('PUT', '/v1/alerts/settings', { thresholds: [], emails: [] }))
    expect((await world.owner.request('PUT', '/v1/alerts/settings', settings)).status).toBe(200)
    expect((await world.owner.request('POST', '/v1/alerts/test')).status).toBe(201)
    const found = async () => (await examined()).found('alerts')
    expect(await until(found, ([one]) => one?.state === 'warning')).toMatchObject([
      { says: '1 message waiting, 0 given up in seven days (1 by email: no-mail-server)' },
    ])
    await run("update outbox set next_at = null, failure = 'smtp-550'")
    undo.push(() => run('delete from outbox'))
    expect(await found()).toMatchObject([
      { says: '0 messages waiting, 1 given up in seven days (1 by email: smtp-550)' },
    ])
  })

  test('says the same to a machine, and ends with 1 when something is broken', async () => {
    const well = await runCommand(world.folder, ['doctor', '--json'], world.settings)
    expect(well.code).toBe(0)
    expect(JSON.parse(well.output)).toEqual({ well: true, findings: expect.any(Array) })
    await change('update counters set settled = settled + 1', 'update counters set settled = settled - 1')
    const ill = await runCommand(world.folder, ['doctor', '--json'], world.settings)
    expect(ill.code).toBe(1)
    expect(JSON.parse(ill.output)).toMatchObject({ well: false })
  })

  test('says that there is no database, and makes none', async () => {
    const { code, errors } = await runCommand(world.folder, ['doctor'], {
      OWNKEY_DATA: join(world.folder, 'nowhere'),
    })
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `There is no database at ${join(world.folder, 'nowhere', 'ownkey.db')}. Set OWNKEY_DATA or DATABASE_URL.\n`,
    })
  })
})

const Bytes = z.object({ bytes: z.string(), hash: z.string() })

describe('the doctor names', () => {
  test.for([
    [
      'a counter that was changed',
      'counters',
      'update counters set settled = settled + 1',
      'update counters set settled = settled - 1',
      'counters',
      /^workspace in period .+: counted \$.+ settled and \$0\.00 held, added up/,
    ],
    [
      'a hold that nobody holds',
      'counters',
      'update counters set held = held + 7',
      'update counters set held = held - 7',
      'counters',
      /held, added up/,
    ],
    [
      'a counter that differs from the chain',
      'chain',
      'update counters set settled = settled + 1',
      'update counters set settled = settled - 1',
      'ledger sum',
      /add up to \$.+, its counters to \$/,
    ],
    [
      'a receipt that is not the sum of its attempts',
      'receipts',
      'update receipts set settled = settled + 1',
      'update receipts set settled = settled - 1',
      'receipts',
      /^not the sum of their attempts: /,
    ],
    [
      'an attempt that says something else than its hold',
      'attempts',
      'update attempts set settled = settled + 1',
      'update attempts set settled = settled - 1',
      'attempts',
      /another amount or state than their holds/,
    ],
    [
      'a hold that stayed open',
      'open',
      'update hold_lines set open = 1',
      'update hold_lines set open = 0',
      'attempts',
      /another amount or state than their holds/,
    ],
    [
      'a key whose address was changed',
      'address',
      "update provider_key_versions set base_address = base_address || 'x'",
      'update provider_key_versions set base_address = substr(base_address, 1, length(base_address) - 1)',
      'sealed rows',
      /2 rows did not open: provider_key_versions /,
    ],
    [
      'a reporting key whose address was changed',
      'reporting',
      "update reporting_keys set base_address = base_address || 'x'",
      'update reporting_keys set base_address = substr(base_address, 1, length(base_address) - 1)',
      'sealed rows',
      /did not open: reporting_keys anthropic version 1/,
    ],
    [
      'a pairing code that was moved',
      'code',
      "update pairing_codes set id = 'x' || id",
      'update pairing_codes set id = substr(id, 2)',
      'sealed rows',
      /did not open: pairing_codes x/,
    ],
    [
      'a workspace key that was changed',
      'wrapped',
      "update workspaces set wrapped_key = wrapped_key || 'A'",
      'update workspaces set wrapped_key = substr(wrapped_key, 1, length(wrapped_key) - 1)',
      'sealed rows',
      /did not open: the key of workspace /,
    ],
    [
      'the key of the vault that was changed',
      'vault',
      "update secrets set sealed = sealed || 'A' where kind = 'vault-key'",
      "update secrets set sealed = substr(sealed, 1, length(sealed) - 1) where kind = 'vault-key'",
      'sealed rows',
      /did not open: the key of the vault/,
    ],
    [
      'a token key that was changed',
      'token',
      "update secrets set version = version + 1 where kind = 'token-key'",
      "update secrets set version = version - 1 where kind = 'token-key'",
      'sealed rows',
      /did not open: secrets token-key/,
    ],
    [
      'a browser without its member',
      'orphan',
      "update devices set member_id = 'x' || member_id",
      'update devices set member_id = substr(member_id, 2)',
      'orphans',
      /rows of devices without their members/,
    ],
    [
      'attempts without their receipt',
      'orphan',
      "update attempts set receipt_id = 'x' || receipt_id",
      'update attempts set receipt_id = substr(receipt_id, 2)',
      'orphans',
      /rows of attempts without their receipts/,
    ],
    [
      'an event from the future',
      'clock',
      'update events set at = at + 100000000',
      'update events set at = at - 100000000',
      'clock',
      /^the newest event is .+ s in the future$/,
    ],
    [
      'a schema of a newer Ownkey',
      'schema',
      'insert into migrations (version) values (99)',
      'delete from migrations where version = 99',
      'schema',
      /^version 99 is newer than this Ownkey/,
    ],
  ] as const)('%s', async ([, , breaking, mending, check, says]) => {
    await change(breaking, mending)
    const { found } = await examined()
    expect(found(check)).toEqual([
      { check, state: 'bad', says: expect.stringMatching(says), todo: expect.any(String) },
    ])
  })

  test.for(['ledger', 'audit'] as const)(
    'an entry of the %s chain that was changed, and one that is missing',
    async (log) => {
      const entry = sql`from events where log = ${log} and seq = 2`
      const { rows } = await sql`select bytes, hash ${entry}`.execute(database.db)
      const { bytes } = Bytes.parse(rows[0])
      const set = (text: string) =>
        sql`update events set bytes = ${text} where log = ${log} and seq = 2`.execute(database.db)
      undo.push(() => set(bytes))
      await set(bytes.replace('"seq":2', '"seq":2 '))
      expect((await examined()).found(`${log} chains`)).toMatchObject([
        { state: 'bad', says: expect.stringMatching(/^entry 2 of workspace .+ is changed$/) },
      ])
      await change(
        `update events set seq = -2 where log = '${log}' and seq = 2`,
        `update events set seq = 2 where log = '${log}' and seq = -2`,
      )
      expect((await examined()).found(`${log} chains`)).toMatchObject([
        { state: 'bad', says: expect.stringMatching(/^entry [12] of workspace .+ is missing$/) },
      ])
    },
  )

  test('a migration that is still to come, and looks at no row until then', async () => {
    await change(
      'delete from migrations where version = (select max(version) from migrations)',
      'insert into migrations (version) select max(version) + 1 from migrations',
    )
    const { found, bad } = await examined()
    expect(found('schema')).toMatchObject([
      { says: expect.stringMatching(/^version \d+; 1 migration to come$/) },
    ])
    expect(bad).toHaveLength(1)
    expect(found('counters')).toEqual([])
  })

  test('a master key file that others can read, and one that holds another key', async () => {
    chmodSync(keyFile(), 0o644)
    const readable = await examined()
    chmodSync(keyFile(), 0o600)
    expect(readable.found('master key')).toMatchObject([
      { state: 'bad', says: expect.stringContaining('can be read by others on this machine') },
    ])
    const other = join(world.folder, 'keys', 'other.key')
    writeFileSync(other, Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'), {
      mode: 0o600,
    })
    expect((await examined({ OWNKEY_MASTER_KEY_FILE: other })).found('sealed rows')).toMatchObject([
      { state: 'bad', says: expect.stringMatching(/rows? did not open: the key of workspace/) },
    ])
  })

  test('a seal, and an address that is not the provider’s own, without calling them broken', async () => {
    await runCommand(world.folder, ['seal'], world.settings)
    undo.push(() => runCommand(world.folder, ['unseal'], world.settings))
    const { bad, found } = await examined()
    expect(bad).toEqual([])
    expect(found('seal')).toMatchObject([
      { state: 'warning', says: expect.stringMatching(/^sealed since 20/) },
    ])
    const asked = ['anthropic', 'openai', 'bedrock'].map((provider) => ({
      state: 'warning',
      says: expect.stringContaining(`${provider} is asked at `),
    }))
    expect(found('providers')).toMatchObject(asked)
  })
})
