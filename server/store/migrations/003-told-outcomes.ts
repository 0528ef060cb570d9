import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What became of a draft, beside its receipt, and the way from a resolution to its receipts. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema.alterTable('receipts').addColumn('told_outcome', 'text').execute()
  await schema.alterTable('receipts').addColumn('told_edited', 'bigint').execute()
  await schema
    .createIndex('receipts_by_resolution')
    .on('receipts')
    .columns(['workspace_id', 'resolution_id', 'at'])
    .execute()
}
