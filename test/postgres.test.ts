import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { ConfigurationError, readConfiguration } from '../server/config.ts'
import { MasterKeyError } from '../server/crypto/master-key.ts'
import { openVault } from '../server/open.ts'
import { type Database, migrate } from '../server/store/database.ts'
import { migrations } from '../server/store/migrations/list.ts'
import { givenBooks } from './books/desk.ts'
import { type FreshDatabase, freshPostgres } from './engine.ts'
import { givenVault } from './identity/vault.ts'
import { scratchFolder } from './scratch-folder.ts'
import { runCommand } from './vault-process.ts'

const { path: folder, remove: removeFolder } = scratchFolder('postgres-vaults')
const made: FreshDatabase[] = []
const fresh = async (from: 'empty' | 'migrated'): Promise<FreshDatabase> => {
  const database = await freshPostgres(from)
  made.push(database)
  return database
}
afterAll(async () => {
  await Promise.all(made.map(({ remove }) => remove()))
  removeFolder()
})

const nameOf = ({ settings }: FreshDatabase): string => new URL(settings.DATABASE_URL ?? '').pathname.slice(1)

/** Ends every connection to a database, as a server that restarts does. */
const cutConnections = async ({ db }: Database, name: string): Promise<void> => {
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()
  `.execute(db)
}

const proof = (jti: string) => ({ jkt: 'key', jti_hash: jti, expires_at: 1 })

const configurationOf = ({ settings }: FreshDatabase, keyFile = 'master.key') =>
  readConfiguration({
    PORT: '0',
    OWNKEY_DATA: join(folder, 'data'),
    OWNKEY_MASTER_KEY_FILE: join(folder, 'keys', keyFile),
    ...settings,
  })

const open = (database: FreshDatabase, keyFile?: string) =>
  openVault(configurationOf(database, keyFile), () => 'http://127.0.0.1')

describe('vaults that start together on an empty database', () => {
  test('bring it to the newest schema once', async () => {
    const database = await fresh('empty')
    const connections = [database.open(), database.open(), database.open()]
    await Promise.all(connections.map(migrate))
    const [first] = connections
    const versions = await first?.db.selectFrom('migrations').select('version').execute()
    expect(versions).toHaveLength(migrations.length)
    await Promise.all(connections.map(({ close }) => close()))
  })

  test('make one workspace between them', async () => {
    const database = await fresh('empty')
    const vaults = await Promise.all([open(database), open(database), open(database)])
    const lists = await Promise.all(vaults.map(({ workspaces }) => workspaces.list()))
    expect(lists[0]).toHaveLength(1)
    expect(lists[1]).toEqual(lists[0])
    expect(lists[2]).toEqual(lists[0])
    await Promise.all(vaults.map((vault) => vault.database.close()))
  })
})

describe('a database that a vault has written', () => {
  test('is refused to a vault without its master key, which makes none', async () => {
    const database = await fresh('migrated')
    const first = await open(database)
    await expect(open(database, 'another.key')).rejects.toThrow(MasterKeyError)
    await expect(open(database, 'another.key')).rejects.toThrow('is missing')
    await first.database.close()
  })

  test('is refused to a vault with another master key', async () => {
    const database = await fresh('migrated')
    const first = await open(database, 'first.key')
    const other = await open(await fresh('migrated'), 'other.key')
    await expect(open(database, 'other.key')).rejects.toThrow('another master key')
    await Promise.all([first.database.close(), other.database.close()])
  })
})

describe('a connection that breaks', () => {
  test('leaves nothing of its transaction, and the next one works', async () => {
    const one = await fresh('migrated')
    const [database, other] = [one.open(), one.open()]
    const cut = database.transaction('proofs', async (tx) => {
      await tx.insertInto('proofs').values(proof('a')).execute()
      await cutConnections(other, nameOf(one))
      await tx.insertInto('proofs').values(proof('b')).execute()
    })
    await expect(cut).rejects.toThrow()
    await database.transaction('proofs', (tx) => tx.insertInto('proofs').values(proof('c')).execute())
    expect(await database.db.selectFrom('proofs').select('jti_hash').execute()).toEqual([{ jti_hash: 'c' }])
    await Promise.all([database.close(), other.close()])
  })

  test('makes a vault unready until the database is back, and no word of it travels', async () => {
    const vault = await givenVault()
    const owner = await vault.owner()
    const operator = (await fresh('empty')).open()
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
      vault.opened.database.db,
    )
    const name = rows[0]?.name ?? ''
    const allow = (whether: boolean) =>
      sql`alter database ${sql.ref(name)} allow_connections ${sql.raw(String(whether))}`.execute(operator.db)
    const ready = async () => (await fetch(new URL('/readyz', vault.vault.origin))).status
    expect(await ready()).toBe(200)
    await allow(false)
    await cutConnections(operator, name)
    expect(await ready()).toBe(503)
    const refused = await owner.send('GET', '/v1/status')
    expect(refused.problem?.slug).toBe('internal-error')
    expect(refused.text).not.toMatch(/database|connection|ownkey_test/)
    await allow(true)
    expect(await ready()).toBe(200)
    expect((await owner.send('GET', '/v1/status')).status).toBe(200)
    await vault.stop()
    await operator.close()
  })
})

describe('a disk that is full', () => {
  test('is refused as storage-full', async () => {
    const { database } = await givenBooks()
    const full = sql`do $$ begin raise exception 'no space' using errcode = 'disk_full'; end $$`
    await expect(full.execute(database.db)).rejects.toMatchObject({ slug: 'storage-full' })
    const writing = database.transaction('proofs', (tx) => full.execute(tx))
    await expect(writing).rejects.toMatchObject({ slug: 'storage-full' })
  })
})

describe('a character that PostgreSQL cannot store', () => {
  test('neither breaks pairing nor finds anything', async () => {
    const vault = await givenVault()
    const owner = await vault.paired(await vault.setupCode(), { memberName: 'Ol\0ga' })
    expect((await owner.send('GET', '/v1/status')).text).toContain('Ol\uFFFDga')
    expect((await owner.send('GET', '/v1/receipts/%00')).problem?.slug).toBe('not-found')
    await vault.stop()
  })
})

describe('one device key that pairs in two workspaces at once', () => {
  test('is taken in one of them', async () => {
    const one = await fresh('migrated')
    const [here, there] = await Promise.all([open(one), open(one)])
    const at = Date.now()
    const admit = async (vault: typeof here, workspaceId: string) => {
      const code = {
        workspaceId,
        id: workspaceId.slice(0, 6),
        kind: 'setup',
        role: 'owner',
        memberId: null,
        madeBy: null,
        sealedVerifier: '',
        createdAt: at,
        expiresAt: at + 60_000,
        usedAt: null,
        withdrawnAt: null,
      } as const
      await vault.codes.make(code, 5, { workspaceId, kind: 'pairing-code-made', memberId: null, facts: {} })
      return () =>
        vault.codes.admit({
          code,
          at,
          device: { id: crypto.randomUUID(), jkt: 'the-same-key', origin: null, name: 'A browser' },
          memberId: crypto.randomUUID(),
          newMemberName: 'Ada',
          workspaceName: undefined,
          timeZone: undefined,
          records: [],
        })
    }
    const [known] = await here.workspaces.list()
    const second = crypto.randomUUID()
    await here.workspaces.create({
      id: second,
      name: 'Second',
      timeZone: 'UTC',
      wrappedKey: await here.envelope.newWrappedKey(second),
      createdAt: at,
    })
    const both = [await admit(here, known?.id ?? ''), await admit(there, second)]
    const paired = await Promise.all(both.map((pairing) => pairing()))
    expect(paired.filter((one) => one !== undefined)).toHaveLength(1)
    const { rows } = await sql`select id from members`.execute(here.database.db)
    expect(rows).toHaveLength(1)
    await Promise.all([here.database.close(), there.database.close()])
  })
})

describe('DATABASE_URL', () => {
  const password = 'kanari-password-5f1e0a'

  test('is refused when it is no address of PostgreSQL, without being repeated', () => {
    const read = () => readConfiguration({ DATABASE_URL: `mysql://me:${password}@db/ownkey` })
    expect(read).toThrow(ConfigurationError)
    expect(read).toThrow(/^DATABASE_URL: must be an address such as postgresql:/)
    expect(read).not.toThrow(password)
  })

  test('with a wrong password ends the start with a sentence, and the password is nowhere in it', async () => {
    const address = new URL((await fresh('empty')).settings.DATABASE_URL ?? '')
    address.password = password
    const { code, output, errors } = await runCommand(folder, ['start'], { DATABASE_URL: address.href })
    expect(code).toBe(1)
    expect(errors).toBe('DATABASE_URL: this database does not answer, or refuses the login\n')
    expect(output + errors).not.toContain(password)
  })
})
