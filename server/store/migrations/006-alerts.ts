import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

/** Temporary raises, the reserve and who used it; alerts, whom they are told, and what is still to be sent. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  const { schema } = db
  await schema.alterTable('caps').addColumn('raised_pico', 'bigint').execute()
  await schema.alterTable('caps').addColumn('raised_until', 'bigint').execute()
  await schema
    .alterTable('caps')
    .addColumn('reserve_pico', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
  await schema.alterTable('receipts').addColumn('urgent_by', 'text').execute()
  await schema
    .createTable('alert_settings')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('thresholds', 'text', (column) => column.notNull())
    .addColumn('emails', 'text', (column) => column.notNull())
    .addColumn('webhook_host', 'text')
    .addColumn('webhook_at', 'bigint')
    .addPrimaryKeyConstraint('alert_settings_key', ['workspace_id'])
    .execute()
  await schema
    .createTable('alerts')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('number', 'bigint', (column) => column.notNull())
    .addColumn('armed_again_at', 'bigint')
    .addPrimaryKeyConstraint('alerts_key', ['workspace_id', 'id'])
    .addUniqueConstraint('alerts_once', ['workspace_id', 'about', 'number'])
    .execute()
  await schema
    .createTable('outbox')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('alert_id', 'text', (column) => column.notNull())
    .addColumn('via', 'text', (column) => column.notNull())
    .addColumn('recipient', 'text', (column) => column.notNull())
    .addColumn('tries', 'bigint', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('claimed_until', 'bigint')
    .addColumn('delivered_at', 'bigint')
    .addColumn('failure', 'text')
    .addPrimaryKeyConstraint('outbox_key', ['workspace_id', 'id'])
    .execute()
  await schema
    .createTable('watched')
    .addColumn('workspace_id', 'text', (column) => column.notNull())
    .addColumn('seq', 'bigint', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('watched_key', ['workspace_id'])
    .execute()
  await schema.createIndex('alerts_at').on('alerts').columns(['workspace_id', 'at']).execute()
  await schema.createIndex('outbox_due').on('outbox').columns(['next_at']).execute()
  await schema.createIndex('outbox_of').on('outbox').columns(['workspace_id', 'alert_id']).execute()
}
