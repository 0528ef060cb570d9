import { z } from 'zod'
import { Channel, type ChannelForm } from '../../shared/channels.ts'
import { type ChannelDeed, type ChannelStore, refuseClash } from '../domain/channels.ts'
import type { AppendAudit } from './books/audit.ts'
import { takeAwayAllOf } from './caps/changing.ts'
import type { Database, Executor } from './database.ts'

const Row = z
  .object({ id: z.string(), name: z.string(), sites: z.string() })
  .transform(({ sites, ...row }) => Channel.parse({ ...row, sites: JSON.parse(sites) }))

const living = async (db: Executor, workspaceId: string): Promise<readonly Channel[]> => {
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'name', 'sites'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map((row) => Row.parse(row))
}

/** The patterns were parsed when they were written. */
const Sites = z.array(z.string())
const SitesRow = z
  .object({ id: z.string(), name: z.string(), sites: z.string() })
  .transform(({ sites, ...row }) => ({ ...row, sites: Sites.parse(JSON.parse(sites)) }))

const sitesOf = async (db: Executor, workspaceId: string) => {
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'name', 'sites'])
    .where('workspace_id', '=', workspaceId)
    .where('removed_at', 'is', null)
    .execute()
  return rows.map((row) => SitesRow.parse(row))
}

/** The living channel of a deed, and the others. */
const around = async (
  tx: Executor,
  { workspaceId, id }: ChannelDeed,
): Promise<{ readonly present: Channel | undefined; readonly others: readonly Channel[] }> => {
  const all = await living(tx, workspaceId)
  return { present: all.find((one) => one.id === id), others: all.filter((one) => one.id !== id) }
}

const insert = async (
  tx: Executor,
  { workspaceId, id }: ChannelDeed,
  { name, sites }: ChannelForm,
  at: number,
): Promise<void> => {
  await tx
    .insertInto('channels')
    .values({ workspace_id: workspaceId, id, name, sites: JSON.stringify(sites), created_at: at })
    .execute()
}

const update = async (
  tx: Executor,
  { workspaceId, id }: ChannelDeed,
  columns: { name: string; sites: string } | { removed_at: number },
): Promise<void> => {
  await tx
    .updateTable('channels')
    .set(columns)
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .execute()
}

const factsOf = ({ name, sites }: ChannelForm) => ({ name, sites: sites.join(' ') })

type ChannelStoreParts = { readonly appendAudit: AppendAudit; readonly now: () => number }

/** Channels and their sites. */
export const sqlChannels = (
  { db, transaction }: Database,
  { appendAudit, now }: ChannelStoreParts,
): ChannelStore => ({
  list: (workspaceId) => living(db, workspaceId),
  sites: (workspaceId) => sitesOf(db, workspaceId),
  make: (deed, form) =>
    transaction(deed.workspaceId, async (tx) => {
      refuseClash(form, (await around(tx, deed)).others)
      await insert(tx, deed, form, now())
      const { workspaceId, by: memberId } = deed
      await appendAudit(tx, { workspaceId, kind: 'channel-made', memberId, facts: factsOf(form) })
    }),
  change: (deed, form) =>
    transaction(deed.workspaceId, async (tx) => {
      const { present, others } = await around(tx, deed)
      if (present === undefined) return false
      refuseClash(form, others)
      await update(tx, deed, { name: form.name, sites: JSON.stringify(form.sites) })
      const before = factsOf(present)
      const facts = { ...factsOf(form), nameBefore: before.name, sitesBefore: before.sites }
      const { workspaceId, by: memberId } = deed
      await appendAudit(tx, { workspaceId, kind: 'channel-changed', memberId, facts })
      return true
    }),
  remove: (deed) =>
    transaction(deed.workspaceId, async (tx) => {
      const { present } = await around(tx, deed)
      if (present === undefined) return false
      const at = now()
      await update(tx, deed, { removed_at: at })
      const { workspaceId, id, by } = deed
      await appendAudit(tx, { workspaceId, kind: 'channel-removed', memberId: by, facts: factsOf(present) })
      await takeAwayAllOf(tx, { workspaceId, by, at, appendAudit }, { scope: 'channel', id })
      return true
    }),
})
