import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { sqlSealedDrafts } from '../server/store/books/kept-drafts.ts'
import { migrate } from '../server/store/database.ts'
import { openSqlite } from '../server/store/sqlite.ts'
import { dollars } from '../shared/money.ts'
import { givenBooks, NOON } from './books/desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'ownkey-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const proof = (jti: string) => ({ jkt: 'key', jti_hash: jti, expires_at: 1 })

describe('the embedded database', () => {
  test('is brought to the newest schema, again and again without harm', async () => {
    const database = openSqlite(':memory:')
    await migrate(database)
    await database.db.insertInto('proofs').values(proof('a')).execute()
    await migrate(database)
    expect(await database.db.selectFrom('proofs').selectAll().execute()).toHaveLength(1)
    await database.close()
  })

  test('is refused when a newer Ownkey has written it', async () => {
    const database = openSqlite(':memory:')
    await migrate(database)
    await database.db.insertInto('migrations').values({ version: 99 }).execute()
    await expect(migrate(database)).rejects.toThrow('schema version 99')
    await database.close()
  })

  test('writes through to the disk and can be read by its owner only', async () => {
    const path = join(folder, 'private.db')
    const database = openSqlite(path)
    await migrate(database)
    const pragma = async (name: string) => (await sql.raw(`pragma ${name}`).execute(database.db)).rows[0]
    expect(await pragma('journal_mode')).toEqual({ journal_mode: 'wal' })
    expect(await pragma('synchronous')).toEqual({ synchronous: 2n })
    expect(await pragma('secure_delete')).toEqual({ secure_delete: 1n })
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    await database.close()
  })

  test('keeps nothing of a transaction that failed, and goes on', async () => {
    const database = openSqlite(':memory:')
    await migrate(database)
    const failing = database.transaction('proofs', async (tx) => {
      await tx.insertInto('proofs').values(proof('a')).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await database.transaction('proofs', (tx) => tx.insertInto('proofs').values(proof('b')).execute())
    expect(await database.db.selectFrom('proofs').select('jti_hash').execute()).toEqual([{ jti_hash: 'b' }])
    await database.close()
  })

  test('keeps whole numbers whole beyond what a float can', async () => {
    const database = openSqlite(':memory:')
    await migrate(database)
    const large = 9_007_199_254_740_993n
    await database.db
      .insertInto('proofs')
      .values({ ...proof('a'), expires_at: large })
      .execute()
    expect(await database.db.selectFrom('proofs').select('expires_at').execute()).toEqual([
      { expires_at: large },
    ])
    await database.close()
  })

  test('refuses with storage-full when the disk is full, and keeps what was there', async () => {
    const { database, ledger, request, cap } = await givenBooks(join(folder, 'full.db'))
    const { rows } = await sql<{ page_count: bigint }>`pragma page_count`.execute(database.db)
    await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(database.db)
    const filled = async () => {
      for (let count = 0; count < 500; count += 1) await ledger.hold(request(dollars('0.0001')))
    }
    await expect(filled()).rejects.toMatchObject({ slug: 'storage-full' })
    const { held } = await cap()

    await sql`pragma max_page_count = 1000000`.execute(database.db)
    expect(await ledger.hold(request(dollars('0.0001')))).toEqual({ held: true })
    expect((await cap()).held).toBe(held + dollars('0.0001'))
    await database.close()
  })

  test('overwrites what is deleted', async () => {
    const path = join(folder, 'deleted.db')
    const database = openSqlite(path)
    await migrate(database)
    const canary = 'canary-5f1e0a'
    await database.db.insertInto('proofs').values(proof(canary)).execute()
    await database.db.deleteFrom('proofs').execute()
    await database.close()
    expect(readFileSync(path).includes(canary)).toBe(false)
  })

  test('closes although nothing was asked of it', async () => {
    const database = openSqlite(join(folder, 'unused.db'))
    await expect(database.close()).resolves.toBeUndefined()
  })
})

describe('a kept draft', () => {
  const given = async () => {
    const { database, clock, ids, workspace } = await givenBooks()
    const drafts = sqlSealedDrafts(database, { now: () => clock.now })
    const [receiptId, deviceId] = [ids(), ids()]
    const keep = (sealed: string) =>
      drafts.keep({ workspaceId: workspace, receiptId, deviceId, sealed, expiresAt: NOON + 600_000 })
    return { database, clock, ids, drafts, keep, workspace, receiptId, deviceId }
  }

  test('is there for the device that asked, and for nobody else', async () => {
    const { drafts, keep, workspace, receiptId, deviceId, ids } = await given()
    await keep('sealed-1')
    await keep('sealed-2')
    expect(await drafts.find(workspace, receiptId, deviceId)).toBe('sealed-2')
    expect(await drafts.find(workspace, receiptId, ids())).toBeUndefined()
    expect(await drafts.find(ids(), receiptId, deviceId)).toBeUndefined()
  })

  test('is gone when its time is over, and then deleted', async () => {
    const { drafts, keep, workspace, receiptId, deviceId, clock, database } = await given()
    await keep('sealed')
    clock.now += 600_000
    expect(await drafts.find(workspace, receiptId, deviceId)).toBeUndefined()
    await drafts.prune(clock.now)
    expect(await database.db.selectFrom('kept_drafts').selectAll().execute()).toEqual([])
  })
})
