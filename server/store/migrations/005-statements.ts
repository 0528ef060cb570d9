import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Reporting keys, which keys of a provider ours are, and what comparing with its reports came to. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema
    .createTable('reporting_keys')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('base_address', 'text', (column) => column.notNull())
    .addColumn('connected_by', 'text', (column) => column.notNull())
    .addColumn('connected_at', 'bigint', (column) => column.notNull())
    .addColumn('verified_at', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addColumn('claimed_until', 'bigint')
    .addColumn('compared_at', 'bigint')
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('reporting_keys_key', ['workspace_id', 'provider'])
    .execute()
  await schema
    .createTable('key_links')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('provider_key_id', 'text', (column) => column.notNull())
    .addColumn('linked_by', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('key_links_key', ['workspace_id', 'key_id', 'version'])
    .execute()
  await schema
    .createTable('compared_days')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('compared_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('compared_days_key', ['workspace_id', 'provider', 'day'])
    .execute()
  await schema
    .createTable('statement_rows')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('version', 'bigint', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addColumn('ours', 'text', (column) => column.notNull())
    .addColumn('reported', 'text', (column) => column.notNull())
    .addColumn('differences', 'text', (column) => column.notNull())
    .addColumn('foreign_since', 'bigint')
    .addPrimaryKeyConstraint('statement_rows_key', [
      'workspace_id',
      'provider',
      'day',
      'key_id',
      'version',
      'model',
    ])
    .execute()
  await schema
    .createIndex('attempts_by_key')
    .on('attempts')
    .columns(['workspace_id', 'key_id', 'started_at'])
    .execute()
}
