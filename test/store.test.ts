import { afterEach, describe, expect, test } from 'vitest'
import { sqlSealedDrafts } from '../server/store/books/kept-drafts.ts'
import { type Database, migrate } from '../server/store/database.ts'
import { givenBooks, NOON } from './books/desk.ts'
import { type FreshDatabase, freshDatabase } from './engine.ts'

const made: FreshDatabase[] = []
afterEach(async () => {
  for (const { remove } of made.splice(0)) await remove()
})

const open = async (): Promise<Database> => {
  const fresh = await freshDatabase('empty')
  made.push(fresh)
  return fresh.open()
}

const proof = (jti: string) => ({ jkt: 'key', jti_hash: jti, expires_at: 1 })

describe('the database', () => {
  test('is brought to the newest schema, again and again without harm', async () => {
    const database = await open()
    await migrate(database)
    await database.db.insertInto('proofs').values(proof('a')).execute()
    await migrate(database)
    expect(await database.db.selectFrom('proofs').selectAll().execute()).toHaveLength(1)
    await database.close()
  })

  test('is refused when a newer Ownkey has written it', async () => {
    const database = await open()
    await migrate(database)
    await database.db.insertInto('migrations').values({ version: 99 }).execute()
    await expect(migrate(database)).rejects.toThrow('schema version 99')
    await database.close()
  })

  test('keeps nothing of a transaction that failed, and goes on', async () => {
    const database = await open()
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
    const database = await open()
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

  test('closes although nothing was asked of it', async () => {
    const database = await open()
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
