import { sql } from 'kysely'
import { z } from 'zod'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import type { Tables } from '../tables.ts'

type Reference = {
  readonly from: keyof Tables
  /** The column that names a row of `to` in the same workspace; without one the workspace itself is what must be there. */
  readonly by?: string
  readonly to: keyof Tables
}

/** What each row belongs to. The vault's own rows belong to no workspace. */
const references: readonly Reference[] = [
  { from: 'secrets', to: 'workspaces' },
  { from: 'members', to: 'workspaces' },
  { from: 'channels', to: 'workspaces' },
  { from: 'caps', to: 'workspaces' },
  { from: 'periods', to: 'workspaces' },
  { from: 'events', to: 'workspaces' },
  { from: 'pairing_codes', to: 'workspaces' },
  { from: 'devices', by: 'member_id', to: 'members' },
  { from: 'pairing_codes', by: 'member_id', to: 'members' },
  { from: 'provider_keys', by: 'created_by', to: 'members' },
  { from: 'own_prices', by: 'set_by', to: 'members' },
  { from: 'provider_key_versions', by: 'key_id', to: 'provider_keys' },
  { from: 'routing', to: 'workspaces' },
  { from: 'resting', to: 'workspaces' },
  { from: 'channel_models', by: 'channel_id', to: 'channels' },
  { from: 'counters', by: 'period_id', to: 'periods' },
  { from: 'receipts', by: 'member_id', to: 'members' },
  { from: 'receipts', by: 'channel_id', to: 'channels' },
  { from: 'attempts', by: 'receipt_id', to: 'receipts' },
  { from: 'hold_lines', by: 'attempt_id', to: 'attempts' },
  { from: 'hold_lines', by: 'period_id', to: 'periods' },
  { from: 'kept_drafts', by: 'receipt_id', to: 'receipts' },
  { from: 'reporting_keys', by: 'connected_by', to: 'members' },
  { from: 'key_links', by: 'key_id', to: 'provider_keys' },
  { from: 'statement_rows', by: 'key_id', to: 'provider_keys' },
  { from: 'compared_days', to: 'workspaces' },
  { from: 'alert_settings', to: 'workspaces' },
  { from: 'alerts', to: 'workspaces' },
  { from: 'outbox', by: 'alert_id', to: 'alerts' },
]

/** Rows of a table whose other half is gone. */
export type Orphans = { readonly from: string; readonly to: string; readonly count: number }

const Counted = z.object({ count: Count })

const orphansOf = async (db: Executor, { from, by, to }: Reference): Promise<Orphans> => {
  const column = sql.ref(`c.${by ?? 'workspace_id'}`)
  const same = by === undefined ? sql`` : sql`p.workspace_id = c.workspace_id and`
  const { rows } = await sql`
    select count(*) as count from ${sql.table(from)} c
    where ${column} is not null and c.workspace_id <> 'vault'
      and not exists (select 1 from ${sql.table(to)} p where ${same} p.id = ${column})
  `.execute(db)
  return { from, to, count: Counted.parse(rows[0]).count }
}

/** Every kind of row whose other half is gone. */
export const orphans = async (db: Executor): Promise<readonly Orphans[]> => {
  const found: Orphans[] = []
  for (const reference of references) found.push(await orphansOf(db, reference))
  return found.filter(({ count }) => count > 0)
}
