import { z } from 'zod'
import type { Log } from '../../../shared/chains.ts'
import type { EventFacts, Link } from '../../domain/books/events.ts'
import { Count } from '../columns.ts'
import type { Executor } from '../database.ts'

type NewEvent = {
  readonly workspaceId: string
  readonly log: Log
  readonly kind: string
  readonly at: number
  readonly facts: EventFacts
}

/** Appends to a workspace's chain, in the transaction of what the event records. */
export type AppendEvent = (tx: Executor, event: NewEvent) => Promise<void>

const Head = z.object({ seq: Count, hash: z.string() })

const headOf = async (
  tx: Executor,
  workspaceId: string,
  log: Log,
): Promise<z.infer<typeof Head> | undefined> => {
  const row = await tx
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && Head.parse(row)
}

/** Half a surrogate pair has no canonical form; a name may contain one. */
const wellFormed = (facts: EventFacts): EventFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.toWellFormed() : value,
    ]),
  )

/** Makes the function that appends. Each entry is linked to the one before; a number is never used twice or left out. */
export const eventAppender =
  (link: Link): AppendEvent =>
  async (tx, { workspaceId, log, kind, at, facts }) => {
    const head = await headOf(tx, workspaceId, log)
    const seq = (head?.seq ?? 0) + 1
    const prev = head?.hash ?? null
    const linked = link({ v: 1, workspace: workspaceId, log, seq, at, kind, facts: wellFormed(facts), prev })
    await tx
      .insertInto('events')
      .values({ workspace_id: workspaceId, log, seq, at, kind, ...linked })
      .execute()
  }

const StoredEvent = z.object({ seq: Count, at: Count, kind: z.string(), bytes: z.string(), hash: z.string() })
export type StoredEvent = z.infer<typeof StoredEvent>

/** A page of a chain, newest first, of the entries before `before`. */
export const newestEvents = async (
  db: Executor,
  page: {
    readonly workspaceId: string
    readonly log: Log
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly StoredEvent[]> => {
  const { workspaceId, log, before, limit } = page
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'at', 'kind', 'bytes', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => StoredEvent.parse(row))
}

/** The whole chain in order, as `walk` checks it. */
export const wholeChain = async (
  db: Executor,
  workspaceId: string,
  log: Log,
): Promise<readonly StoredEvent[]> => {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'at', 'kind', 'bytes', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .orderBy('seq', 'asc')
    .execute()
  return rows.map((row) => StoredEvent.parse(row))
}
