import { z } from 'zod'
import {
  AlertSettings,
  type AlertSettingsChange,
  defaultThresholds,
  type Threshold,
} from '../../../shared/books/alerts.ts'
import type { AlertSettingsStore, SealedWebhook } from '../../domain/alerts/settings.ts'
import type { AppendAudit } from '../books/audit.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { giveUpFor } from './giving-up.ts'

/** Kind of the secret that holds a webhook's address and what signs its messages. */
export const WEBHOOK = 'webhook'
const FIRST_VERSION = 1

const { thresholds, emails } = AlertSettings.shape

const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const Row = z.object({
  thresholds: jsonOf(thresholds),
  emails: jsonOf(emails),
  webhook_host: z.string().nullable(),
  webhook_at: Count.nullable(),
})

type Settings = Awaited<ReturnType<AlertSettingsStore['read']>>

/** For which shares of a cap somebody is told, and whom; the defaults where nothing was set. */
export const readSettings = async (db: Executor, workspaceId: string): Promise<Settings> => {
  const row = await db
    .selectFrom('alert_settings')
    .select(['thresholds', 'emails', 'webhook_host', 'webhook_at'])
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  if (row === undefined) return { thresholds: [...defaultThresholds], emails: [], webhook: null }
  const { webhook_host: host, webhook_at: connectedAt, ...lists } = Row.parse(row)
  return { ...lists, webhook: host === null || connectedAt === null ? null : { host, connectedAt } }
}

type Columns = {
  readonly thresholds?: string
  readonly emails?: string
  readonly webhook_host?: string | null
  readonly webhook_at?: number | null
}

/** Sets some columns, whether there was a row or not. */
const write = async (tx: Executor, workspaceId: string, columns: Columns): Promise<void> => {
  const unset = { thresholds: JSON.stringify(defaultThresholds), emails: JSON.stringify([]) }
  await tx
    .insertInto('alert_settings')
    .values({ workspace_id: workspaceId, webhook_host: null, webhook_at: null, ...unset, ...columns })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(columns))
    .execute()
}

const percents = (of: readonly Threshold[]): string =>
  of
    .filter(({ on }) => on)
    .map(({ percent }) => `${percent} %`)
    .join(', ')

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
  some.filter((one) => !others.includes(one))

/** What of the settings became another: facts of the audit log. Addresses are told as they are, since who took one off must be seen. */
const changedFacts = (before: Settings, after: AlertSettingsChange): Record<string, string> => ({
  before: percents(before.thresholds),
  after: percents(after.thresholds),
  added: without(after.emails, before.emails).join(', '),
  removed: without(before.emails, after.emails).join(', '),
})

const destroyWebhook = async (tx: Executor, workspaceId: string): Promise<void> => {
  await tx.deleteFrom('secrets').where('workspace_id', '=', workspaceId).where('kind', '=', WEBHOOK).execute()
  await giveUpFor(tx, workspaceId, { via: 'webhook' })
}

const Sealed = z.object({ id: z.string(), sealed: z.string() })

const sealedWebhook = async (db: Executor, workspaceId: string): Promise<SealedWebhook | undefined> => {
  const row = await db
    .selectFrom('secrets')
    .select(['id', 'sealed'])
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', WEBHOOK)
    .executeTakeFirst()
  return row && Sealed.parse(row)
}

/** For which shares of a cap, and whom. A webhook comes sealed and stays sealed. */
export const sqlAlertSettings = (database: Database, appendAudit: AppendAudit): AlertSettingsStore => ({
  read: (workspaceId) => readSettings(database.db, workspaceId),
  change: ({ workspaceId, memberId }, change) =>
    database.transaction(workspaceId, async (tx) => {
      const before = await readSettings(tx, workspaceId)
      await write(tx, workspaceId, {
        thresholds: JSON.stringify(change.thresholds),
        emails: JSON.stringify(change.emails),
      })
      for (const recipient of without(before.emails, change.emails))
        await giveUpFor(tx, workspaceId, { via: 'email', recipient })
      const facts = changedFacts(before, change)
      await appendAudit(tx, { workspaceId, kind: 'alerts-changed', memberId, facts })
    }),
  webhook: (workspaceId) => sealedWebhook(database.db, workspaceId),
  connectWebhook: ({ workspaceId, memberId }, { id, sealed, host, at }) =>
    database.transaction(workspaceId, async (tx) => {
      await destroyWebhook(tx, workspaceId)
      await tx
        .insertInto('secrets')
        .values({
          workspace_id: workspaceId,
          id,
          kind: WEBHOOK,
          version: FIRST_VERSION,
          sealed,
          created_at: at,
        })
        .execute()
      await write(tx, workspaceId, { webhook_host: host, webhook_at: at })
      await appendAudit(tx, { workspaceId, kind: 'webhook-connected', memberId, facts: { host } })
    }),
  disconnectWebhook: ({ workspaceId, memberId }) =>
    database.transaction(workspaceId, async (tx) => {
      const { webhook } = await readSettings(tx, workspaceId)
      if (webhook === null) return
      await destroyWebhook(tx, workspaceId)
      await write(tx, workspaceId, { webhook_host: null, webhook_at: null })
      const { host } = webhook
      await appendAudit(tx, { workspaceId, kind: 'webhook-disconnected', memberId, facts: { host } })
    }),
})
