import { randomBytes } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readLocked, writeLocked } from '../../server/commands/backup/file.ts'
import { writeBackup } from '../../server/commands/backup/format.ts'
import { openerOf } from '../../server/commands/backup/keys.ts'
import { walk } from '../../server/crypto/chain.ts'
import { wholeChain } from '../../server/store/books/events.ts'
import type { Database } from '../../server/store/database.ts'
import { DeviceList } from '../../shared/members.ts'
import { type Canary, canary, caughtIn } from '../canaries.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { runCommand, startVaultProcess, type VaultSettings } from '../vault-process.ts'
import { draftRequest, given, until, type World } from '../world.ts'
import { embeddedMachine, emptyMachine, type Rows, rowsIn, rowsOfBackup } from './saved.ts'

const recipientIn = (output: string): string => /age1[0-9a-z]+/.exec(output)?.[0] ?? ''
const codeIn = (output: string): string => /\b[0-9A-Z]{6}(?:-[0-9A-Z]{4}){4}\b/.exec(output)?.[0] ?? ''

const total = (rows: Rows, table: string, column: string): bigint =>
  (rows.get(table) ?? []).reduce((sum, row) => sum + BigInt(row[column] ?? 0), 0n)

/** Money, counted in each place where the books keep it. */
const moneyIn = (rows: Rows) => ({
  counters: total(rows, 'counters', 'settled'),
  lines: total(rows, 'hold_lines', 'settled'),
  attempts: total(rows, 'attempts', 'settled'),
  receipts: total(rows, 'receipts', 'settled'),
  held: total(rows, 'counters', 'held'),
})

const runningIn = (rows: Rows): readonly string[] =>
  (rows.get('attempts') ?? []).flatMap(({ outcome, id }) => (outcome === 'running' ? [id ?? ''] : []))

const workspacesIn = (rows: Rows): readonly string[] =>
  (rows.get('workspaces') ?? []).map(({ id }) => id ?? '')

/** A workspace's chain as it is in the rows. */
const chainIn = (rows: Rows, workspace: string, log: string) =>
  (rows.get('events') ?? []).filter((row) => row.workspace_id === workspace && row.log === log)

const expectChains = async (database: Database, before: Rows, after: Rows): Promise<void> => {
  for (const workspace of workspacesIn(before)) {
    for (const log of ['ledger', 'audit'] as const) {
      const was = chainIn(before, workspace, log)
      expect(chainIn(after, workspace, log).slice(0, was.length)).toEqual(was)
      expect(walk(await wholeChain(database.db, workspace, log))).toMatchObject({ whole: true })
    }
    expect(chainIn(after, workspace, 'audit').at(-1)?.kind).toBe('vault-restored')
  }
}

/** Tables that a restore leaves as they were saved. */
const untouched = [
  'workspaces',
  'members',
  'channels',
  'provider_keys',
  'provider_key_versions',
  'reporting_keys',
  'alert_settings',
  'alerts',
  'key_links',
  'caps',
  'periods',
]

/** A pause before each piece of a draft, so long that it still runs when a backup on a busy machine is done. */
const SLOWLY_MS = 5_000

describe('a backup of a busy vault', () => {
  let world: World
  let identity: string
  let recipient: string
  let file: string
  let saved: Rows
  let settings: VaultSettings
  let agent: Awaited<ReturnType<World['owner']['invite']>>
  const words: Canary[] = [canary('Customer'), canary('ProviderKey'), canary('Webhook')]

  const onTerminal = (...line: string[]) => runCommand(world.folder, line, world.settings)

  beforeAll(async () => {
    world = await given({ process: true, keys: ['openai'] })
    settings = { ...world.settings, OWNKEY_MASTER_KEY_FILE: join(world.folder, 'keys', 'master.key') }
    await world.owner.connectKey('anthropic', `sk-ant-sim-healthy-${words[1]?.text}`)
    const reporting = { provider: 'anthropic', key: `sk-ant-admin-sim-${words[1]?.text}` }
    await world.owner.request('POST', '/v1/reporting-keys', reporting)
    const address = `https://hooks.example/${words[2]?.text}`
    expect((await world.owner.request('PUT', '/v1/alerts/webhook', { address })).status).toBe(200)
    expect((await world.owner.request('POST', '/v1/alerts/test')).status).toBe(201)
    agent = await world.owner.invite('agent', 'Andy Agent')
    const second = await onTerminal('workspace', 'create', 'Beta')
    const beta = await world.newBrowser()
    await beta.pair(codeIn(second.output), { memberName: 'Bea', workspaceName: 'Beta' })
    await world.owner.ask(`${words[0]?.text} was charged twice`)
    world.simulator.plan({ provider: 'openai', next: ['early-end'] })
    await agent.ask('Where is my parcel?')
    identity = join(world.folder, 'identity.txt')
    recipient = recipientIn((await onTerminal('backup-key', '--out', identity)).output)
    file = join(world.folder, 'vault.age')

    world.simulator.plan({ provider: 'openai', next: [{ do: 'slow', delayMs: SLOWLY_MS }] })
    const begun = Promise.withResolvers<void>()
    world.owner
      .draft(draftRequest('Slowly, please'), {
        onEvent: ({ type }) => type === 'text-delta' && begun.resolve(),
      })
      .catch(begun.reject)
    await begun.promise
    const backup = await onTerminal('backup', '--out', file, '--recipient', recipient)
    expect(backup.code, backup.errors).toBe(0)
    saved = await rowsOfBackup(file, identity)
  })
  afterAll(async () => {
    await world.kill()
    await world[Symbol.asyncDispose]()
  })

  test('is one moment: its own books agree, with the call that ran then still open', () => {
    const { held, ...settled } = moneyIn(saved)
    expect(new Set(Object.values(settled)).size).toBe(1)
    expect(settled.counters).toBeGreaterThan(0n)
    expect(runningIn(saved)).toHaveLength(1)
    expect(held).toBeGreaterThan(0n)
    expect(workspacesIn(saved)).toHaveLength(2)
  })

  test('is for its owner alone, opens only with its key, and holds no word, key or master key inside', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(identity).mode & 0o777).toBe(0o600)
    expect(readFileSync(file, 'latin1')).toMatch(/^age-encryption\.org\/v1\n/)
    const master = readFileSync(join(world.folder, 'keys', 'master.key'), 'utf8').trim()
    const inside = JSON.stringify([...saved])
    expect(inside).toContain('Andy Agent')
    expect(caughtIn(inside, [...words, { name: 'master key', text: master }])).toEqual([])
    expect(caughtIn(inside, [{ name: 'token', text: await world.owner.currentToken() }])).toEqual([])
    expect(saved.has('kept_drafts') || saved.has('proofs') || saved.has('vaults')).toBe(false)
  })

  test('overwrites nothing', async () => {
    const before = readFileSync(file)
    const again = await onTerminal('backup', '--out', file, '--recipient', recipient)
    expect(again).toMatchObject({
      code: 1,
      errors: `${file} is there already and is not overwritten. Name another file.\n`,
    })
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  test('comes back on an empty machine, through the other engine too, with the same books to the last digit', async () => {
    const embedded = embeddedMachine(settings)
    const first = await embedded.run('restore', file, '--identity', identity)
    expect(first.code, first.errors).toBe(0)
    const onEmbedded = embedded.open()
    const restored = await rowsIn(onEmbedded)
    for (const table of untouched) expect(restored.get(table), table).toEqual(saved.get(table))
    const [running] = runningIn(saved)
    const bound = BigInt(saved.get('attempts')?.find(({ id }) => id === running)?.held ?? 0)
    const before = moneyIn(saved)
    const settled = before.counters + bound
    expect(moneyIn(restored)).toEqual({
      counters: settled,
      lines: settled,
      attempts: settled,
      receipts: settled,
      held: 0n,
    })
    expect(restored.get('attempts')?.find(({ id }) => id === running)).toMatchObject({
      outcome: 'lost',
      certainty: 'estimated',
    })
    expect(saved.get('outbox')).toMatchObject([{ via: 'webhook', delivered_at: null }])
    expect(restored.get('outbox')).toMatchObject([{ next_at: null, failure: 'restored' }])
    await expectChains(onEmbedded, saved, restored)
    await onEmbedded.close()

    const copy = join(embedded.folder, 'again.age')
    expect((await embedded.run('backup', '--out', copy, '--recipient', recipient)).code).toBe(0)
    const machine = await emptyMachine(settings)
    const second = await machine.run('restore', copy, '--identity', identity)
    expect(second.code, second.errors).toBe(0)
    const database = machine.open()
    const twice = await rowsIn(database)
    expect(moneyIn(twice)).toEqual(moneyIn(restored))
    await expectChains(database, restored, twice)
    await database.close()
  })

  test('is a vault again: sealed, then the owner comes back by the terminal and lets the others in', async () => {
    const machine = await emptyMachine(settings)
    expect((await machine.run('restore', file, '--identity', identity)).code).toBe(0)
    await world.kill()
    const old = await agent.currentToken()
    const vault = await startVaultProcess(machine.folder, {
      ...machine.settings,
      PORT: new URL(world.address()).port,
    })
    try {
      expect((await agent.request('GET', '/v1/status')).problem?.slug).toBe('vault-sealed')
      await machine.run('unseal')
      expect(await agent.currentToken()).toBe(old)
      expect((await agent.request('GET', '/v1/status')).status).toBe(401)
      agent.forgetToken()
      await expect(agent.status()).rejects.toThrow('device-suspended')

      const recovery = await machine.run('recover-owner', '--workspace', 'Acme Support')
      expect(recovery.code, recovery.errors).toBe(0)
      const back = await world.newBrowser()
      await back.pair(codeIn(recovery.output))
      const { devices } = await back.read('/v1/devices', DeviceList)
      const [waiting, ...more] = devices.filter(({ suspended }) => suspended)
      expect(more).toEqual([])
      expect((await back.request('POST', `/v1/devices/${waiting?.id}/approval`)).status).toBe(204)
      agent.forgetToken()
      const drafted = await agent.ask('And now?')
      expect(drafted.receipt).toMatchObject({ outcome: 'answered', memberName: 'Andy Agent' })
      const database = machine.open()
      const receipts = await until(
        () => rowsIn(database),
        (rows) => runningIn(rows).length === 0,
      )
      await database.close()
      const { held, ...settled } = moneyIn(receipts)
      expect(held).toBe(0n)
      expect(new Set(Object.values(settled)).size).toBe(1)
    } finally {
      await vault.stop()
      await world.start()
    }
  })

  describe('that cannot be restored', () => {
    const refused = async (...line: string[]) => {
      const machine = await emptyMachine(settings)
      const { code, output, errors } = await machine.run('restore', ...line)
      expect(code).toBe(1)
      expect(output).toBe('')
      expect(await machine.tables()).toEqual([])
      return errors.split('\n').at(-2) ?? ''
    }
    const nothing = async function* (): AsyncGenerator<never> {}
    const lockedAgain = async (name: string, lines: Iterable<string> | AsyncIterable<string>) => {
      const path = join(world.folder, name)
      await writeLocked(path, { recipient }, Readable.from(lines))
      return path
    }
    const spoilt = (name: string, spoil: (bytes: Buffer) => Buffer): string => {
      const path = join(world.folder, name)
      writeFileSync(path, spoil(readFileSync(file)))
      return path
    }

    test('says that it was changed, and leaves nothing', async () => {
      const changed = spoilt('changed.age', (bytes) => {
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 5) ^ 1, bytes.length - 5)
        return bytes
      })
      expect(await refused(changed, '--identity', identity)).toBe(`${changed} was changed or cut off.`)
    })

    test('says that it was cut off, and leaves nothing', async () => {
      const cut = spoilt('cut.age', (bytes) => bytes.subarray(0, bytes.length - 100))
      expect(await refused(cut, '--identity', identity)).toBe(`${cut} was changed or cut off.`)
      const text = join(world.folder, 'not-a-backup.txt')
      writeFileSync(text, 'hello')
      expect(await refused(text, '--identity', identity)).toBe(
        `${text} does not open with this, or is no backup.`,
      )
    })

    test('says that another key locked it', async () => {
      const other = join(world.folder, 'other-identity.txt')
      await onTerminal('backup-key', '--out', other)
      expect(await refused(file, '--identity', other)).toBe(
        `${file} does not open with this, or is no backup.`,
      )
    })

    test('says that a newer Ownkey wrote it', async () => {
      const lines = writeBackup({ schema: 99, createdAt: new Date().toISOString() }, nothing())
      expect(await refused(await lockedAgain('newer.age', lines), '--identity', identity)).toMatch(
        /^A newer Ownkey wrote this backup \(schema 99, this one knows up to \d+\)\. Restore it with that one\.$/,
      )
    })

    test('says that lines are missing, although every byte of the file is authentic', async () => {
      const all: string[] = []
      for await (const line of await readLocked(file, await openerOf(identity))) all.push(`${line}\n`)
      const place = all.findIndex((line) => line.startsWith('{"table":"members"')) + 1
      expect(await refused(await lockedAgain('end.age', all.slice(0, -1)), '--identity', identity)).toBe(
        'This backup is cut off: its last line, which counts the others, is not there.',
      )
      expect(
        await refused(await lockedAgain('middle.age', all.toSpliced(place, 1)), '--identity', identity),
      ).toBe('This backup does not hold together: a line is not what its place asks for.')
      const changed = all.map((line) => line.replace('Olive Owner', 'Oscar Owner'))
      expect(await refused(await lockedAgain('other.age', changed), '--identity', identity)).toBe(
        'This backup does not hold together: a line is not what its place asks for.',
      )
    })

    test.for([
      ['is missing', undefined, 'is missing, and the database was written with it'],
      ['is another one', randomBytes(32), 'The data was sealed with another master key'],
    ] as const)('says that the master key %s, and leaves nothing', async ([, key, says]) => {
      const { path, remove } = scratchFolder('other-key')
      const other = join(path, 'master.key')
      if (key !== undefined) writeFileSync(other, key.toString('base64url'), { mode: 0o600 })
      const machine = await emptyMachine({ ...settings, OWNKEY_MASTER_KEY_FILE: other })
      const { code, output, errors } = await machine.run('restore', file, '--identity', identity)
      remove()
      expect({ code, output, tables: await machine.tables() }).toEqual({ code: 1, output: '', tables: [] })
      expect(errors).toContain(says)
    })
  })

  test('is refused by a database that holds anything', async () => {
    const machine = await emptyMachine(settings)
    expect((await machine.run('restore', file, '--identity', identity)).code).toBe(0)
    const before = machine.open()
    const rows = await rowsIn(before)
    await before.close()
    const again = await machine.run('restore', file, '--identity', identity)
    expect(again.code).toBe(1)
    expect(again.errors).toMatch(/This database is not empty, and a restore replaces nothing/)
    const after = machine.open()
    expect(await rowsIn(after)).toEqual(rows)
    await after.close()
  })

  test('opens by a passphrase, and by no other', async () => {
    const passphrase = join(world.folder, 'passphrase.txt')
    const other = join(world.folder, 'other-passphrase.txt')
    writeFileSync(passphrase, 'twelve small violins\n', { mode: 0o600 })
    writeFileSync(other, 'twelve large violins\n', { mode: 0o600 })
    const locked = join(world.folder, 'passphrase.age')
    const made = await onTerminal('backup', '--out', locked, '--passphrase-file', passphrase)
    expect(made.code, made.errors).toBe(0)
    const machine = await emptyMachine(settings)
    const wrong = await machine.run('restore', locked, '--passphrase-file', other)
    expect(wrong).toMatchObject({ code: 1, errors: `${locked} does not open with this, or is no backup.\n` })
    expect((await machine.run('restore', locked, '--passphrase-file', passphrase)).code).toBe(0)
  })
})
