import { z } from 'zod'
import { Channel, type ChannelForm } from '../../shared/channels.ts'
import type { EventFacts } from '../domain/books/events.ts'
import { type ChannelDeed, type ChannelStore, refuseClash } from '../domain/channels.ts'
import { type Choices, choicesInWriting } from '../domain/keys/channel-models.ts'
import type { AppendAudit } from './books/audit.ts'
import { takeAwayAllOf } from './caps/changing.ts'
import type { Database, Executor } from './database.ts'
import { choicesByChannel, forgetChannel, writeChoices } from './routing/channel-choices.ts'

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
  const choices = await choicesByChannel(db, workspaceId)
  return rows.map((row) => ({ ...Row.parse(row), models: choices.get(row.id) ?? {} }))
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

/** Models are told where there are some, or were. */
const modelFacts = (models: Choices, before: Choices = {}): EventFacts => {
  const [now, then] = [choicesInWriting(models), choicesInWriting(before)]
  return {
    ...(now === '' ? {} : { models: now }),
    ...(then === '' ? {} : { modelsBefore: then }),
  }
}

const before = ({ name, sites }: Channel) => ({ nameBefore: name, sitesBefore: sites.join(' ') })

type ChannelStoreParts = { readonly appendAudit: AppendAudit; readonly now: () => number }

/** Channels and their sites. */
export const sqlChannels = (
  { db, transaction }: Database,
  { appendAudit, now }: ChannelStoreParts,
): ChannelStore => ({
  list: (workspaceId) => living(db, workspaceId),
  sites: (workspaceId) => sitesOf(db, workspaceId),
  make: (deed, form, judge) =>
    transaction(deed.workspaceId, async (tx) => {
      refuseClash(form, (await around(tx, deed)).others)
      const models = judge(form.models ?? {}, {})
      await insert(tx, deed, form, now())
      await writeChoices(tx, deed, models)
      const { workspaceId, id, by: memberId } = deed
      const facts = { ...factsOf(form), ...modelFacts(models) }
      await appendAudit(tx, { workspaceId, kind: 'channel-made', memberId, facts })
      return { ...form, id, models }
    }),
  change: (deed, form, judge) =>
    transaction(deed.workspaceId, async (tx) => {
      const { present, others } = await around(tx, deed)
      if (present === undefined) return undefined
      refuseClash(form, others)
      const models = form.models === undefined ? present.models : judge(form.models, present.models)
      await update(tx, deed, { name: form.name, sites: JSON.stringify(form.sites) })
      await writeChoices(tx, deed, models)
      const { workspaceId, id, by: memberId } = deed
      const facts = { ...factsOf(form), ...before(present), ...modelFacts(models, present.models) }
      await appendAudit(tx, { workspaceId, kind: 'channel-changed', memberId, facts })
      return { ...form, id, models }
    }),
  remove: (deed) =>
    transaction(deed.workspaceId, async (tx) => {
      const { present } = await around(tx, deed)
      if (present === undefined) return false
      const at = now()
      await update(tx, deed, { removed_at: at })
      const silent = await forgetChannel(tx, deed)
      const { workspaceId, id, by } = deed
      const gone = { ...factsOf(present), ...modelFacts(present.models) }
      const facts = silent.length === 0 ? gone : { ...gone, silentKeys: silent.join(', ') }
      await appendAudit(tx, { workspaceId, kind: 'channel-removed', memberId: by, facts })
      await takeAwayAllOf(tx, { workspaceId, by, at, appendAudit }, { scope: 'channel', id })
      return true
    }),
})
