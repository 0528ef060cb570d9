import { sql } from 'kysely'
import { z } from 'zod'
import { AlertSubject } from '../../../shared/books/alerts.ts'
import type { CapPlace } from '../../../shared/cap.ts'
import { Usd } from '../../../shared/money.ts'
import type { ToldThreshold } from '../../domain/alerts/thresholds.ts'
import type { OverHold, Sight, WatchStore } from '../../domain/alerts/watching.ts'
import { headOf } from '../books/events.ts'
import { readCaps } from '../caps/reading.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { sqlForeignUse } from '../statements/foreign-use.ts'
import { readSettings } from './settings.ts'
import type { TellAlerts } from './telling.ts'

/** Events that one look reads; the next look reads the rest. */
const PAGE = 500

const Workspace = z.object({ time_zone: z.string(), seq: Count.nullable() })

/** A workspace, and up to which event it was looked at; null: never. */
const workspaceOf = async (db: Executor, workspaceId: string) => {
  const row = await db
    .selectFrom('workspaces as w')
    .leftJoin('watched', 'watched.workspace_id', 'w.id')
    .select(['w.time_zone', 'watched.seq'])
    .where('w.id', '=', workspaceId)
    .where('w.wrapped_key', '!=', '')
    .executeTakeFirst()
  return row && Workspace.parse(row)
}

/** Where to begin in a chain that was never looked at: of a long one, only what is newest is looked at. */
const beginning = async (db: Executor, workspaceId: string): Promise<number> =>
  Math.max(0, ((await headOf(db, workspaceId, 'ledger'))?.seq ?? 0) - PAGE)

const Told = z
  .object({
    about: z.string(),
    number: Count,
    armed_again_at: Count.nullable(),
    subject: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(AlertSubject),
  })
  .transform(({ about, number, armed_again_at: armedAt, subject }): ToldThreshold => {
    const limit = subject.kind === 'cap' ? subject.limit : Usd.decode('0')
    return { about, number, armedAt, limit }
  })

/** What was last told of some things, by what it was about. */
export const lastTold = async (
  db: Executor,
  workspaceId: string,
  abouts: readonly string[],
): Promise<ReadonlyMap<string, ToldThreshold>> => {
  if (abouts.length === 0) return new Map()
  const rows = await db
    .selectFrom('alerts')
    .select(['about', 'number', 'armed_again_at', 'subject'])
    .where('workspace_id', '=', workspaceId)
    .where('about', 'in', [...abouts])
    .orderBy('number')
    .execute()
  return new Map(rows.map((row) => Told.parse(row)).map((told) => [told.about, told]))
}

const Raised = z.object({ scope: z.string(), scope_id: z.string(), kind: z.string(), raised_until: Count })

const placeName = ({ scope, id, kind }: { scope: string; id: string; kind: string }): string =>
  JSON.stringify([scope, id, kind])

/** When the last temporary raise of each cap ended, of those that have. */
const endedRaises = async (db: Executor, workspaceId: string, at: number): Promise<Map<string, number>> => {
  const rows = await db
    .selectFrom('caps')
    .select(['scope', 'scope_id', 'kind', 'raised_until'])
    .where('workspace_id', '=', workspaceId)
    .where('raised_until', '<=', at)
    .execute()
  return new Map(
    rows
      .map((row) => Raised.parse(row))
      .map(({ scope_id: id, raised_until, ...place }) => [placeName({ ...place, id }), raised_until]),
  )
}

const Settled = z
  .object({
    facts: z.object({ attempt: z.string(), receipt: z.string(), held: Usd, settled: Usd }),
  })
  .transform(({ facts: { attempt, receipt, ...amounts } }): OverHold => {
    return { attemptId: attempt, receiptId: receipt, ...amounts }
  })

const Event = z.object({ seq: Count, kind: z.string(), bytes: z.string() })

const costing: ReadonlySet<string> = new Set(['settled', 'corrected'])

const eventsAfter = async (db: Executor, workspaceId: string, seq: number) => {
  const rows = await db
    .selectFrom('events')
    .select(['seq', 'kind', 'bytes'])
    .where('workspace_id', '=', workspaceId)
    .where('log', '=', 'ledger')
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(PAGE)
    .execute()
  return rows.map((row) => Event.parse(row))
}

const overHoldsIn = (events: readonly z.infer<typeof Event>[]): readonly OverHold[] =>
  events
    .filter(({ kind }) => costing.has(kind))
    .map(({ bytes }) => Settled.parse(JSON.parse(bytes)))
    .filter(({ held, settled }) => settled > held)

type Looking = { readonly workspaceId: string; readonly at: number; readonly since: number }

const lookAt = async (
  database: Pick<Database, 'db'>,
  { workspaceId, at, since }: Looking,
): Promise<Sight | undefined> => {
  const { db } = database
  const workspace = await workspaceOf(db, workspaceId)
  if (workspace === undefined) return undefined
  const { time_zone: timeZone, seq } = workspace
  const watchedSeq = seq ?? (await beginning(db, workspaceId))
  const events = await eventsAfter(db, workspaceId, watchedSeq)
  const ended = await endedRaises(db, workspaceId, at)
  return {
    caps: await readCaps(db, { workspaceId, timeZone, at }),
    thresholds: (await readSettings(db, workspaceId)).thresholds,
    raiseEnded: (place: CapPlace) => ended.get(placeName(place)),
    told: (abouts) => lastTold(db, workspaceId, abouts),
    foreignUse: await sqlForeignUse(database)(workspaceId, { foundSince: since }),
    overHolds: overHoldsIn(events),
    seq: events.at(-1)?.seq ?? watchedSeq,
    more: events.length === PAGE,
  }
}

/** Two vaults may look at the same time: what was seen is never forgotten again. A look that ends after its workspace leaves nothing. */
const remember = async ({ db }: Database, { workspaceId, at }: Looking, seq: number): Promise<void> => {
  await db
    .insertInto('watched')
    .columns(['workspace_id', 'seq', 'at'])
    .expression(
      db
        .selectFrom('workspaces')
        .select([
          'id',
          sql<bigint>`cast(${seq} as bigint)`.as('seq'),
          sql<bigint>`cast(${at} as bigint)`.as('at'),
        ])
        .where('id', '=', workspaceId)
        .where('wrapped_key', '!=', ''),
    )
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({ seq, at }).where('watched.seq', '<=', seq),
    )
    .execute()
}

const Id = z.object({ id: z.string() })

const unwatched = async ({ db }: Database, now: number): Promise<readonly string[]> => {
  const seen = sql<number>`coalesce(watched.at, 0)`
  const rows = await db
    .selectFrom('workspaces as w')
    .leftJoin('watched', 'watched.workspace_id', 'w.id')
    .select('w.id')
    .where('w.wrapped_key', '!=', '')
    .where(({ or, exists, selectFrom }) => {
      const caps = selectFrom('caps as c').select('c.scope').whereRef('c.workspace_id', '=', 'w.id')
      const events = selectFrom('events as e').select('e.seq').whereRef('e.workspace_id', '=', 'w.id')
      const rows = selectFrom('statement_rows as s').select('s.day').whereRef('s.workspace_id', '=', 'w.id')
      return or([
        exists(
          events.where('e.log', '=', 'ledger').where('e.seq', '>', sql<number>`coalesce(watched.seq, 0)`),
        ),
        exists(caps.where('c.changed_at', '>', seen)),
        exists(caps.where('c.raised_until', '<=', now).where('c.raised_until', '>', seen)),
        exists(rows.where('s.foreign_since', '>', seen)),
      ])
    })
    .execute()
  return rows.map((row) => Id.parse(row).id)
}

/** How workspaces are watched: reading alone, until there is something to tell. */
export const sqlWatched = (
  database: Database,
  { tell, now }: { readonly tell: TellAlerts; readonly now: () => number },
): WatchStore => ({
  watch: async (workspaceId, judge, since) => {
    const looking = { workspaceId, at: now(), since }
    const sight = await lookAt(database, looking)
    if (sight === undefined) return { told: [], more: false }
    const crossed = (await judge(sight)).length > 0
    const told = !crossed
      ? []
      : await database.transaction(workspaceId, async (tx) => {
          const again = await lookAt({ db: tx }, looking)
          return again === undefined ? [] : tell(tx, workspaceId, await judge(again))
        })
    await remember(database, looking, sight.seq)
    return { told, more: sight.more }
  },
  unwatched: () => unwatched(database, now()),
})
