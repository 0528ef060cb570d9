import type { Tables } from '../tables.ts'

/** A table of a backup: the columns of its primary key, in whose order its rows are read. */
type Saved = { readonly key: readonly [string, ...string[]] }

/**
 * Every table and whether a backup carries it. Left out is what means nothing elsewhere or a few minutes later: proofs that were seen,
 * drafts that wait ten minutes for their device, signs of life, who rests for a minute, how far somebody has looked. A new table does not compile until this is decided.
 */
const decisions: Readonly<Record<keyof Tables, Saved | 'left-out'>> = {
  migrations: 'left-out',
  workspaces: { key: ['id'] },
  seals: 'left-out',
  secrets: { key: ['workspace_id', 'id'] },
  members: { key: ['workspace_id', 'id'] },
  devices: { key: ['workspace_id', 'id'] },
  pairing_codes: { key: ['workspace_id', 'id'] },
  channels: { key: ['workspace_id', 'id'] },
  provider_keys: { key: ['workspace_id', 'id'] },
  provider_key_versions: { key: ['workspace_id', 'key_id', 'version'] },
  routing: { key: ['workspace_id'] },
  channel_models: { key: ['workspace_id', 'channel_id', 'provider'] },
  resting: 'left-out',
  own_prices: { key: ['workspace_id', 'id'] },
  caps: { key: ['workspace_id', 'scope', 'scope_id', 'kind'] },
  periods: { key: ['workspace_id', 'id'] },
  counters: { key: ['workspace_id', 'period_id', 'scope', 'scope_id'] },
  receipts: { key: ['workspace_id', 'id'] },
  attempts: { key: ['workspace_id', 'id'] },
  hold_lines: { key: ['workspace_id', 'attempt_id', 'scope', 'scope_id', 'period_id'] },
  events: { key: ['workspace_id', 'log', 'seq'] },
  reporting_keys: { key: ['workspace_id', 'provider'] },
  key_links: { key: ['workspace_id', 'key_id', 'version'] },
  compared_days: { key: ['workspace_id', 'provider', 'day'] },
  statement_rows: { key: ['workspace_id', 'provider', 'day', 'key_id', 'version', 'model'] },
  alert_settings: { key: ['workspace_id'] },
  alerts: { key: ['workspace_id', 'id'] },
  outbox: { key: ['workspace_id', 'id'] },
  watched: 'left-out',
  kept_drafts: 'left-out',
  proofs: 'left-out',
  vaults: 'left-out',
}

/** The tables of a backup, in its order. */
export const savedTables: readonly (Saved & { readonly table: string })[] = Object.entries(decisions).flatMap(
  ([table, decision]) => (decision === 'left-out' ? [] : [{ table, ...decision }]),
)
