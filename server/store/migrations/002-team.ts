import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Columns and tables of a team: retention, a workspace's end, seals, channels, withdrawn invitations, and the order in which receipts changed. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema.alterTable('workspaces').addColumn('retention_days', 'bigint').execute()
  await schema.alterTable('workspaces').addColumn('delete_at', 'bigint').execute()
  await schema.alterTable('workspaces').addColumn('pruned_before', 'bigint').execute()
  await schema.alterTable('devices').addColumn('suspended_at', 'bigint').execute()
  await schema.alterTable('pairing_codes').addColumn('withdrawn_at', 'bigint').execute()
  await schema
    .alterTable('receipts')
    .addColumn('changed_seq', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('seals')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('sealed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('seals_key', ['workspace_id'])
    .execute()
  await schema
    .createTable('channels')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sites', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('removed_at', 'bigint')
    .addPrimaryKeyConstraint('channels_key', ['workspace_id', 'id'])
    .execute()
  await schema
    .createIndex('receipts_by_model')
    .on('receipts')
    .columns(['workspace_id', 'provider', 'model', 'at'])
    .execute()
  await schema
    .createIndex('receipts_by_change')
    .on('receipts')
    .columns(['workspace_id', 'changed_seq', 'id'])
    .execute()
}
