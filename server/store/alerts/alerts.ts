import { z } from 'zod'
import { type Alert, AlertSubject, type Delivery, type SentAlert } from '../../../shared/books/alerts.ts'
import { ABOUT_TEST, type AlertStore } from '../../domain/alerts/alerts.ts'
import { Refusal } from '../../domain/refusal.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import type { TellAlerts } from './telling.ts'

const Row = z
  .object({
    id: z.string(),
    at: Count,
    subject: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(AlertSubject),
  })
  .transform((row): Alert => row)

const alertsOf = (db: Executor, workspaceId: string) =>
  db.selectFrom('alerts').select(['id', 'at', 'subject']).where('workspace_id', '=', workspaceId)

const DeliveryRow = z.object({
  alert_id: z.string(),
  via: z.enum(['email', 'webhook']),
  recipient: z.string(),
  tries: Count,
  next_at: Count.nullable(),
  delivered_at: Count.nullable(),
  failure: z.string().nullable(),
})

const deliveryOf = (row: z.infer<typeof DeliveryRow>): Delivery => {
  const { via, recipient: to, tries, next_at: nextAt, delivered_at: deliveredAt, failure } = row
  const ended = deliveredAt === null ? 'given-up' : 'delivered'
  return { via, to, tries, nextAt, failure, state: nextAt === null ? ended : 'waiting' }
}

/** Alerts with where each of them went. */
const withDeliveries = async (
  db: Executor,
  workspaceId: string,
  alerts: readonly Alert[],
): Promise<SentAlert[]> => {
  if (alerts.length === 0) return []
  const rows = await db
    .selectFrom('outbox')
    .select(DeliveryRow.keyof().options)
    .where('workspace_id', '=', workspaceId)
    .where(
      'alert_id',
      'in',
      alerts.map(({ id }) => id),
    )
    .orderBy('via')
    .orderBy('recipient')
    .execute()
  const byAlert = Map.groupBy(
    rows.map((row) => DeliveryRow.parse(row)),
    ({ alert_id }) => alert_id,
  )
  return alerts.map((alert) => ({ ...alert, deliveries: (byAlert.get(alert.id) ?? []).map(deliveryOf) }))
}

const Place = z.templateLiteral([z.int().nonnegative(), '_', z.uuid()])

type Place = { readonly at: number; readonly id: string }

const placeOf = (cursor: string): Place => {
  const parsed = Place.safeParse(cursor)
  if (!parsed.success)
    throw new Refusal('malformed-request', { issues: [{ path: 'cursor', rule: 'a cursor of this list' }] })
  const [at = '', id = ''] = parsed.data.split('_')
  return { at: Number(at), id }
}

const list =
  ({ db }: Database): AlertStore['list'] =>
  async (workspaceId, { cursor, limit }) => {
    const place = cursor === undefined ? undefined : placeOf(cursor)
    const rows = await alertsOf(db, workspaceId)
      .$if(place !== undefined, (query) =>
        query.where(({ or, and, eb }) => {
          const { at, id } = place ?? { at: 0, id: '' }
          return or([eb('at', '<', at), and([eb('at', '=', at), eb('id', '<', id)])])
        }),
      )
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const found = rows.slice(0, limit).map((row) => Row.parse(row))
    const last = found.at(-1)
    const next = rows.length > limit && last !== undefined ? `${last.at}_${last.id}` : null
    return { alerts: await withDeliveries(db, workspaceId, found), next }
  }

/** What was told, and where it went. */
export const sqlAlerts = (database: Database, tell: TellAlerts): AlertStore => {
  const { db } = database
  return {
    tell: (workspaceId, alerts) => database.transaction(workspaceId, (tx) => tell(tx, workspaceId, alerts)),
    find: async (workspaceId, { about, number }) => {
      const row = await alertsOf(db, workspaceId)
        .where('about', '=', about)
        .where('number', '=', number)
        .executeTakeFirst()
      return row && (await withDeliveries(db, workspaceId, [Row.parse(row)])).at(0)
    },
    list: list(database),
    newest: async (workspaceId, since) => {
      const row = await alertsOf(db, workspaceId)
        .where('at', '>=', since)
        .where('about', '!=', ABOUT_TEST)
        .orderBy('at', 'desc')
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst()
      return row && Row.parse(row)
    },
    prune: async (before) => {
      const old = db.selectFrom('alerts').select('id').where('at', '<', before)
      await db.deleteFrom('outbox').where('alert_id', 'in', old).execute()
      await db.deleteFrom('alerts').where('at', '<', before).execute()
    },
  }
}
