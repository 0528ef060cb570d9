import { sql } from 'kysely'
import { modelsNamed } from '../../domain/prices/models.ts'
import type { Executor } from '../database.ts'
import { namesOf } from '../names.ts'
import type { Summaries } from './summary.ts'

/** A word that somebody searches for, and what it is part of a name of. Both engines fold case differently, so names are compared here. */
type Word = {
  readonly text: string
  readonly memberIds: readonly string[]
  readonly channelIds: readonly string[]
  readonly models: readonly string[]
}

const idsNamed = (names: ReadonlyMap<string, string>, text: string): readonly string[] =>
  [...names].filter(([, name]) => name.toLowerCase().includes(text)).map(([id]) => id)

/** The words of a search, each looked up among the names of the workspace; nothing is asked when there are none. */
export const searchedWords = async (
  db: Executor,
  workspaceId: string,
  search = '',
): Promise<readonly Word[]> => {
  const texts = search.toLowerCase().split(/\s+/).filter(Boolean)
  if (texts.length === 0) return []
  const members = await namesOf(db, 'members', workspaceId)
  const channels = await namesOf(db, 'channels', workspaceId)
  return texts.map((text) => ({
    text,
    memberIds: idsNamed(members, text),
    channelIds: idsNamed(channels, text),
    models: modelsNamed(text),
  }))
}

/** A text anywhere in a column of lower-case letters; signs that LIKE takes for wildcards mean themselves. */
const contains = (column: 'receipts.id' | 'receipts.site' | 'receipts.model', text: string) =>
  sql<boolean>`${sql.ref(column)} like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`

const containingWord = (query: Summaries, { text, memberIds, channelIds, models }: Word): Summaries =>
  query.where((where) =>
    where.or([
      contains('receipts.id', text),
      contains('receipts.site', text),
      contains('receipts.model', text),
      ...(models.length > 0 ? [where('receipts.model', 'in', models)] : []),
      ...(memberIds.length > 0 ? [where('receipts.member_id', 'in', memberIds)] : []),
      ...(channelIds.length > 0 ? [where('receipts.channel_id', 'in', channelIds)] : []),
    ]),
  )

/** The receipts in which each word occurs somewhere: in the member's or channel's name, the model, the site or the id. */
export const containing = (query: Summaries, words: readonly Word[]): Summaries =>
  words.reduce(containingWord, query)
