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

/** Appends to a workspace's chain, in the transaction of what the event records, and tells the event's number. */
export type AppendEvent = (tx: Executor, event: NewEvent) => Promise<number>

const Head = z.object({ seq: Count, hash: z.string() })

/** The last entry of a chain, undefined while it is empty. */
export const headOf = async (
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

/** The hash of the entry with a number; undefined when there is none. */
export const hashAt = async (
  db: Executor,
  { workspaceId, log }: { readonly workspaceId: string; readonly log: Log },
  seq: number,
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('events')
    .select(['seq', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row && Head.parse(row).hash
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
    return seq
  }

const StoredLink = z.object({ seq: Count, bytes: z.string(), hash: z.string() })
type StoredLink = z.infer<typeof StoredLink>

const StoredEvent = StoredLink.extend({ at: Count, kind: z.string() })
export type StoredEvent = z.infer<typeof StoredEvent>

/** A page of a chain, newest first, of the entries before `before`. */
export const newestEvents = async (
  db: Executor,
  page: {
    readonly workspaceId: string
    readonly log: Log
    readonly before: number | undefined
    readonly limit: number
    /** Of the entries' moments in ms: from the first on, before the second. */
    readonly from?: number | undefined
    readonly to?: number | undefined
    readonly kind?: string | undefined
    /** A text that the bytes must contain. It has no sign that LIKE takes for a wildcard. */
    readonly containing?: string | undefined
  },
): Promise<readonly StoredEvent[]> => {
  const { workspaceId, log, before, limit, from, to, kind, containing } = page
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'at', 'kind', 'bytes', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? 0))
    .$if(to !== undefined, (query) => query.where('at', '<', to ?? 0))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? ''))
    .$if(containing !== undefined, (query) => query.where('bytes', 'like', `%${containing}%`))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => StoredEvent.parse(row))
}

/** Entries that are read at once of a chain that is walked or taken along. */
const PAGE = 500

/** Lets requests through between two pages: awaits on SQLite alone never do. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const pageAfter = async (
  db: Executor,
  { workspaceId, log }: { readonly workspaceId: string; readonly log: Log },
  after: number,
  last: number,
): Promise<readonly StoredLink[]> => {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'bytes', 'hash'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', log)
    .where('seq', '>', after)
    .where('seq', '<=', last)
    .orderBy('seq', 'asc')
    .limit(PAGE)
    .execute()
  return rows.map((row) => StoredLink.parse(row))
}

/** A chain in order up to number `last`, page by page, never the whole of it in memory. */
export const chainEntries = async function* (
  db: Executor,
  chain: { readonly workspaceId: string; readonly log: Log },
  last: number,
): AsyncGenerator<StoredLink> {
  let after = 0
  for (;;) {
    const page = await pageAfter(db, chain, after, last)
    yield* page
    const end = page.at(-1)
    if (end === undefined || page.length < PAGE) return
    after = end.seq
    await breathe()
  }
}

/** The whole chain in order and at once, for a short one. */
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
