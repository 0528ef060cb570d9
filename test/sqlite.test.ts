import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { migrate } from '../server/store/database.ts'
import { openSqlite } from '../server/store/sqlite.ts'
import { dollars } from '../shared/money.ts'
import { givenBooks } from './books/desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'ownkey-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const proof = (jti: string) => ({ jkt: 'key', jti_hash: jti, expires_at: 1 })

describe('the embedded database', () => {
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
})
