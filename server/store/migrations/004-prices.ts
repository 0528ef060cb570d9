import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** What providers reported in their own numbers and where those contradict each other; the prices that admins set. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema.alterTable('attempts').addColumn('raw_usage', 'text').execute()
  await schema.alterTable('attempts').addColumn('flaw', 'text').execute()
  await schema
    .alterTable('receipts')
    .addColumn('flawed', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('own_prices')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('terms', 'text', (column) => column.notNull())
    .addColumn('set_by', 'text', (column) => column.notNull())
    .addColumn('set_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('own_prices_key', ['workspace_id', 'id'])
    .addUniqueConstraint('own_prices_in_order', ['workspace_id', 'provider', 'model', 'number'])
    .execute()
}
