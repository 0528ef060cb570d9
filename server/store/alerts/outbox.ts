import { z } from 'zod'
import { AlertSubject } from '../../../shared/books/alerts.ts'
import type { OutboxStore, Outgoing } from '../../domain/alerts/outbox.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'

const Row = z
  .object({
    workspace_id: z.string(),
    id: z.string(),
    via: z.enum(['email', 'webhook']),
    recipient: z.string(),
    tries: Count,
    alert_id: z.string(),
    at: Count,
    subject: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(AlertSubject),
    name: z.string(),
    time_zone: z.string(),
  })
  .transform(
    ({ workspace_id, id, via, recipient, tries, alert_id, at, subject, name, time_zone }) =>
      ({
        workspaceId: workspace_id,
        id,
        via,
        to: recipient,
        tries,
        alert: { id: alert_id, at, subject },
        workspace: { name, timeZone: time_zone },
      }) satisfies Omit<Outgoing, 'claimedUntil'>,
  )

/** A delivery whose time has come and which no vault is at. Nothing is sent any more for a workspace that is being destroyed. */
const nextDue = async (db: Executor, now: number) => {
  const row = await db
    .selectFrom('outbox as o')
    .innerJoin('alerts as a', (join) =>
      join.onRef('a.workspace_id', '=', 'o.workspace_id').onRef('a.id', '=', 'o.alert_id'),
    )
    .innerJoin('workspaces as w', 'w.id', 'o.workspace_id')
    .select(['o.workspace_id', 'o.id', 'o.via', 'o.recipient', 'o.tries', 'o.alert_id'])
    .select(['a.at', 'a.subject', 'w.name', 'w.time_zone'])
    .where('o.next_at', '<=', now)
    .where(({ or, eb }) => or([eb('o.claimed_until', 'is', null), eb('o.claimed_until', '<=', now)]))
    .where('w.wrapped_key', '!=', '')
    .orderBy('o.next_at')
    .orderBy('o.id')
    .limit(1)
    .executeTakeFirst()
  return row && Row.parse(row)
}

const take = async (
  { db }: Database,
  { workspaceId, id }: Pick<Outgoing, 'workspaceId' | 'id'>,
  now: number,
  until: number,
): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ claimed_until: until })
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('next_at', '<=', now)
    .where(({ or, eb }) => or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

const claim =
  (database: Database): OutboxStore['claim'] =>
  async (now, until) => {
    for (;;) {
      const due = await nextDue(database.db, now)
      if (due === undefined) return undefined
      if (await take(database, due, now, until)) return { ...due, claimedUntil: until }
    }
  }

/** The row of a claim that still holds. */
const claimed = ({ db }: Database, { workspaceId, id, claimedUntil }: Outgoing) =>
  db
    .updateTable('outbox')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('claimed_until', '=', claimedUntil)

/** What is still to be sent. */
export const sqlOutbox = (database: Database): OutboxStore => ({
  claim: claim(database),
  delivered: async (outgoing, at) => {
    const sent = { delivered_at: at, next_at: null, claimed_until: null, failure: null }
    await claimed(database, outgoing)
      .set({ ...sent, tries: outgoing.tries + 1 })
      .execute()
  },
  failed: async (outgoing, failure, nextAt) => {
    await claimed(database, outgoing)
      .set({ failure, next_at: nextAt, claimed_until: null, tries: outgoing.tries + 1 })
      .execute()
  },
  release: async (outgoing) => {
    await claimed(database, outgoing).set({ claimed_until: null }).execute()
  },
})
