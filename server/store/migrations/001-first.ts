import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

type Column = readonly [name: string, type: 'text' | 'bigint', nullable?: 'null']
type Table = {
  readonly columns: readonly Column[]
  readonly key: readonly string[]
  readonly unique?: readonly (readonly string[])[]
}

const tables: Record<string, Table> = {
  workspaces: {
    columns: [
      ['id', 'text'],
      ['name', 'text'],
      ['time_zone', 'text'],
      ['ai_on', 'bigint'],
      ['wrapped_key', 'text'],
      ['created_at', 'bigint'],
    ],
    key: ['id'],
  },
  secrets: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['kind', 'text'],
      ['version', 'bigint'],
      ['sealed', 'text'],
      ['created_at', 'bigint'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['workspace_id', 'kind', 'version']],
  },
  members: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['name', 'text'],
      ['role', 'text'],
      ['sees_reports', 'bigint'],
      ['created_at', 'bigint'],
      ['removed_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
  },
  devices: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['member_id', 'text'],
      ['jkt', 'text'],
      ['origin', 'text', 'null'],
      ['name', 'text'],
      ['created_at', 'bigint'],
      ['last_used_at', 'bigint'],
      ['removed_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['jkt']],
  },
  pairing_codes: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['kind', 'text'],
      ['role', 'text'],
      ['member_id', 'text', 'null'],
      ['made_by', 'text', 'null'],
      ['sealed_verifier', 'text'],
      ['tries_left', 'bigint'],
      ['created_at', 'bigint'],
      ['expires_at', 'bigint'],
      ['used_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['id']],
  },
  proofs: {
    columns: [
      ['jkt', 'text'],
      ['jti_hash', 'text'],
      ['expires_at', 'bigint'],
    ],
    key: ['jkt', 'jti_hash'],
  },
  provider_keys: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['provider', 'text'],
      ['label', 'text'],
      ['position', 'bigint'],
      ['state', 'text'],
      ['rejected_for', 'text', 'null'],
      ['model', 'text'],
      ['models', 'text'],
      ['current_version', 'bigint'],
      ['created_by', 'text'],
      ['created_at', 'bigint'],
      ['verified_at', 'bigint'],
      ['disconnected_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
  },
  provider_key_versions: {
    columns: [
      ['workspace_id', 'text'],
      ['key_id', 'text'],
      ['version', 'bigint'],
      ['sealed', 'text', 'null'],
      ['base_address', 'text'],
      ['created_at', 'bigint'],
      ['ended_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'key_id', 'version'],
  },
  caps: {
    columns: [
      ['workspace_id', 'text'],
      ['scope', 'text'],
      ['scope_id', 'text'],
      ['kind', 'text'],
      ['limit_pico', 'bigint'],
      ['changed_at', 'bigint'],
    ],
    key: ['workspace_id', 'scope', 'scope_id', 'kind'],
  },
  periods: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['kind', 'text'],
      ['time_zone', 'text'],
      ['starts_at', 'bigint'],
      ['ends_at', 'bigint'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['workspace_id', 'kind', 'starts_at']],
  },
  counters: {
    columns: [
      ['workspace_id', 'text'],
      ['period_id', 'text'],
      ['scope', 'text'],
      ['scope_id', 'text'],
      ['settled', 'bigint'],
      ['held', 'bigint'],
    ],
    key: ['workspace_id', 'period_id', 'scope', 'scope_id'],
  },
  receipts: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['resolution_id', 'text'],
      ['purpose', 'text'],
      ['member_id', 'text'],
      ['device_id', 'text'],
      ['channel_id', 'text', 'null'],
      ['site', 'text', 'null'],
      ['idempotency_key', 'text'],
      ['request_hash', 'text'],
      ['provider', 'text'],
      ['model', 'text'],
      ['outcome', 'text'],
      ['certainty', 'text'],
      ['settled', 'bigint'],
      ['likely', 'bigint', 'null'],
      ['input_tokens', 'bigint', 'null'],
      ['output_tokens', 'bigint', 'null'],
      ['at', 'bigint'],
      ['day', 'text'],
      ['ended_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['workspace_id', 'member_id', 'idempotency_key']],
  },
  attempts: {
    columns: [
      ['workspace_id', 'text'],
      ['id', 'text'],
      ['receipt_id', 'text'],
      ['number', 'bigint'],
      ['purpose', 'text'],
      ['provider', 'text'],
      ['model', 'text'],
      ['key_id', 'text'],
      ['key_label', 'text'],
      ['key_version', 'bigint'],
      ['base_address', 'text'],
      ['outcome', 'text'],
      ['failure', 'text', 'null'],
      ['certainty', 'text'],
      ['held', 'bigint'],
      ['settled', 'bigint'],
      ['likely', 'bigint', 'null'],
      ['usage', 'text', 'null'],
      ['price', 'text'],
      ['multiplier', 'text', 'null'],
      ['tier', 'text', 'null'],
      ['region', 'text', 'null'],
      ['provider_request_id', 'text', 'null'],
      ['vault_id', 'text'],
      ['started_at', 'bigint'],
      ['expires_at', 'bigint'],
      ['ended_at', 'bigint', 'null'],
    ],
    key: ['workspace_id', 'id'],
    unique: [['workspace_id', 'receipt_id', 'number']],
  },
  hold_lines: {
    columns: [
      ['workspace_id', 'text'],
      ['attempt_id', 'text'],
      ['scope', 'text'],
      ['scope_id', 'text'],
      ['period_id', 'text'],
      ['held', 'bigint'],
      ['settled', 'bigint'],
      ['open', 'bigint'],
    ],
    key: ['workspace_id', 'attempt_id', 'scope', 'scope_id', 'period_id'],
  },
  events: {
    columns: [
      ['workspace_id', 'text'],
      ['log', 'text'],
      ['seq', 'bigint'],
      ['at', 'bigint'],
      ['kind', 'text'],
      ['bytes', 'text'],
      ['hash', 'text'],
    ],
    key: ['workspace_id', 'log', 'seq'],
  },
  kept_drafts: {
    columns: [
      ['workspace_id', 'text'],
      ['receipt_id', 'text'],
      ['device_id', 'text'],
      ['sealed', 'text'],
      ['expires_at', 'bigint'],
    ],
    key: ['workspace_id', 'receipt_id'],
  },
  vaults: {
    columns: [
      ['id', 'text'],
      ['host', 'text'],
      ['pid', 'bigint'],
      ['started_at', 'bigint'],
      ['heartbeat_at', 'bigint'],
      ['stopped_at', 'bigint', 'null'],
    ],
    key: ['id'],
  },
}

const indexes: readonly (readonly [name: string, table: string, columns: readonly string[]])[] = [
  ['receipts_by_time', 'receipts', ['workspace_id', 'at', 'id']],
  ['receipts_by_member', 'receipts', ['workspace_id', 'member_id', 'at', 'id']],
  ['attempts_by_receipt', 'attempts', ['workspace_id', 'receipt_id', 'number']],
  ['hold_lines_by_period', 'hold_lines', ['workspace_id', 'period_id']],
  ['attempts_running', 'attempts', ['outcome', 'expires_at']],
  ['devices_by_member', 'devices', ['workspace_id', 'member_id']],
  ['proofs_by_expiry', 'proofs', ['expires_at']],
  ['kept_drafts_by_expiry', 'kept_drafts', ['expires_at']],
]

/** The first schema. Runs inside the migrator's transaction. */
export const up = async (db: Kysely<Tables>): Promise<void> => {
  for (const [name, { columns, key, unique = [] }] of Object.entries(tables)) {
    let table = db.schema.createTable(name)
    for (const [column, type, nullable] of columns) {
      table = table.addColumn(column, type, (definition) => (nullable ? definition : definition.notNull()))
    }
    table = table.addPrimaryKeyConstraint(`${name}_key`, [...key] as never)
    for (const columnsOfOne of unique)
      table = table.addUniqueConstraint(`${name}_${columnsOfOne.join('_')}_unique`, [
        ...columnsOfOne,
      ] as never)
    await table.execute()
  }
  for (const [name, table, columns] of indexes)
    await db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
      .execute()
}
