import { describe, expect, test } from 'vitest'
import { engine } from '../engine.ts'
import { complaintsAbout } from './ledger/plans.ts'
import { proveLedger } from './ledger.ts'
import { openedDatabase } from './opened.ts'
import { expectProven } from './proven.ts'

describe('a hold and its settlement', () => {
  test('find every row by an index, however long the ledger is, and leave its sums and its chain right', async () => {
    await expectProven(proveLedger)
  })

  test('would be caught reading all rows of a workspace', async () => {
    await using database = await openedDatabase(engine)
    const all = database.db
      .selectFrom('receipts')
      .select(({ fn }) => fn.sum('settled').as('settled'))
      .where('workspace_id', '=', 'one')
      .compile()
    expect(await complaintsAbout(database, [all])).toHaveLength(1)
  })
})
