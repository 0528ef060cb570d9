import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Several keys of a provider, versions that are rehearsed and returned to, who answers and who stands in, who rests. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema.alterTable('provider_keys').addColumn('channels', 'text').execute()
  for (const column of ['checked_at', 'unchecked_since', 'check_at', 'check_claimed_until'])
    await schema.alterTable('provider_keys').addColumn(column, 'bigint').execute()
  for (const column of ['endpoint', 'organization', 'model', 'models'])
    await schema.alterTable('provider_key_versions').addColumn(column, 'text').execute()
  for (const column of ['kept_until', 'verified_at'])
    await schema.alterTable('provider_key_versions').addColumn(column, 'bigint').execute()
  await schema
    .alterTable('receipts')
    .addColumn('fell_back', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('routing')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('primary_provider', 'text')
    .addColumn('backup_provider', 'text')
    .addColumn('dearer', 'bigint', (column) => column.notNull())
    .addColumn('remind_after_days', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('routing_key', ['workspace_id'])
    .execute()
  await schema
    .createTable('channel_models')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('model', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('channel_models_key', ['workspace_id', 'channel_id', 'provider'])
    .execute()
  await schema
    .createTable('resting')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('scope_id', 'text', (column) => column.notNull())
    .addColumn('until_at', 'bigint', (column) => column.notNull())
    .addColumn('failures', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('trial_until', 'bigint')
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('resting_key', ['workspace_id', 'scope', 'scope_id'])
    .execute()
}
