import { z } from 'zod'
import { Usd } from '../../../shared/money.ts'
import { FailureReason, ReportingProvider } from '../../../shared/providers.ts'
import { Counted, Difference, type StatementRow } from '../../../shared/statements/statements.ts'
import type { Link } from '../../domain/books/events.ts'
import type { ReportingPlace } from '../../domain/statements/reporting-keys.ts'
import type { StatementStore } from '../../domain/statements/statements.ts'
import type { AppendAudit } from '../books/audit.ts'
import { eventAppender } from '../books/events.ts'
import { Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { comparedCalls, correctCall, lostCalls } from './calls.ts'

const DAY_MS = 86_400_000

const dayName = (day: number): string => new Date(day).toISOString().slice(0, 10)

const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema)

const text = <Schema extends z.ZodType>(schema: Schema, value: z.output<Schema>): string =>
  JSON.stringify(z.encode(schema, value))

const Differences = z.array(Difference)

const Row = z
  .object({
    provider: ReportingProvider,
    day: z.iso.date(),
    key_id: z.string(),
    version: Count,
    label: z.string(),
    model: z.string(),
    ours: jsonOf(Counted),
    reported: jsonOf(Counted),
    differences: jsonOf(Differences),
    foreign_since: Count.nullable(),
  })
  .transform(({ key_id, version, label, foreign_since, ...row }) => ({
    ...row,
    keyId: key_id,
    keyVersion: version,
    keyLabel: label,
    foreignSince: foreign_since,
  }))
type Row = z.infer<typeof Row>

const rowsWhere = async (
  db: Executor,
  { workspaceId, provider }: { readonly workspaceId: string; readonly provider?: ReportingProvider },
  from: string,
  to: string,
): Promise<readonly Row[]> => {
  const rows = await db
    .selectFrom('statement_rows as s')
    .innerJoin('provider_keys as k', (join) =>
      join.onRef('k.workspace_id', '=', 's.workspace_id').onRef('k.id', '=', 's.key_id'),
    )
    .select(['s.provider', 's.day', 's.key_id', 's.version', 'k.label', 's.model'])
    .select(['s.ours', 's.reported', 's.differences', 's.foreign_since'])
    .where('s.workspace_id', '=', workspaceId)
    .$if(provider !== undefined, (query) => query.where('s.provider', '=', provider ?? ''))
    .where('s.day', '>=', from)
    .where('s.day', '<=', to)
    .orderBy('s.day', 'desc')
    .orderBy('s.provider')
    .orderBy('s.version', 'desc')
    .orderBy('s.model')
    .execute()
  return rows.map((row) => Row.parse(row))
}

type SavedRow = Parameters<StatementStore['save']>[1]['rows'][number]

const placeOf = (row: Pick<StatementRow, 'day' | 'keyId' | 'keyVersion' | 'model'>): string =>
  JSON.stringify([row.day, row.keyId, row.keyVersion, row.model])

const isForeign = ({ reason }: Difference): boolean => reason === 'foreign-use'
const isCorrection = ({ reason }: Difference): boolean => reason === 'estimate-corrected'

/** A correction was written once; a later comparison finds an exact receipt and must not forget what became of it. */
const withCorrections = (row: SavedRow, before: Row | undefined): SavedRow => {
  if (row.differences.some(isCorrection)) return row
  return { ...row, differences: [...row.differences, ...(before?.differences.filter(isCorrection) ?? [])] }
}

type SaveParts = { readonly tx: Executor; readonly appendAudit: AppendAudit; readonly place: ReportingPlace }

const tellForeignUse = async ({ tx, appendAudit, place }: SaveParts, row: SavedRow): Promise<void> => {
  const foreign = row.differences.find(isForeign)
  if (foreign === undefined) return
  const { provider, day, model, keyVersion: version } = row
  const { requests, amount } = foreign
  const facts = { provider, version, model, day, requests, amount: Usd.encode(amount) }
  await appendAudit(tx, { workspaceId: place.workspaceId, kind: 'foreign-use-found', memberId: null, facts })
}

const insertRow = async (parts: SaveParts, row: SavedRow, before: Row | undefined, at: number) => {
  const { tx, place } = parts
  const kept = withCorrections(row, before)
  const foreign = row.differences.some(isForeign)
  const isNew = foreign && (before?.foreignSince ?? null) === null
  await tx
    .insertInto('statement_rows')
    .values({
      workspace_id: place.workspaceId,
      provider: place.provider,
      day: row.day,
      key_id: row.keyId,
      version: row.keyVersion,
      model: row.model,
      ours: text(Counted, kept.ours),
      reported: text(Counted, kept.reported),
      differences: text(Differences, kept.differences),
      foreign_since: foreign ? (before?.foreignSince ?? at) : null,
    })
    .execute()
  if (isNew) await tellForeignUse(parts, row)
}

const save =
  (database: Database, appendAudit: AppendAudit): StatementStore['save'] =>
  (place, { rows, days, at }) =>
    database.transaction(place.workspaceId, async (tx) => {
      const names = days.map(dayName)
      const [first, last] = [names[0] ?? '', names.at(-1) ?? '']
      const before = new Map((await rowsWhere(tx, place, first, last)).map((row) => [placeOf(row), row]))
      await tx
        .deleteFrom('statement_rows')
        .where('workspace_id', '=', place.workspaceId)
        .where('provider', '=', place.provider)
        .where('day', 'in', names)
        .execute()
      for (const row of rows) await insertRow({ tx, appendAudit, place }, row, before.get(placeOf(row)), at)
      for (const day of names)
        await tx
          .insertInto('compared_days')
          .values({ workspace_id: place.workspaceId, provider: place.provider, day, compared_at: at })
          .onConflict((conflict) =>
            conflict.columns(['workspace_id', 'provider', 'day']).doUpdateSet({ compared_at: at }),
          )
          .execute()
    })

const First = z.object({ first: Count.nullable() })
const Pruned = z.object({ pruned_before: Count.nullable() })

const beganAt =
  ({ db }: Database): StatementStore['beganAt'] =>
  async ({ workspaceId, provider }) => {
    const row = await db
      .selectFrom('provider_key_versions as v')
      .innerJoin('provider_keys as k', (join) =>
        join.onRef('k.workspace_id', '=', 'v.workspace_id').onRef('k.id', '=', 'v.key_id'),
      )
      .select(({ fn }) => fn.min('v.created_at').as('first'))
      .where('v.workspace_id', '=', workspaceId)
      .where('k.provider', '=', provider)
      .executeTakeFirst()
    const { first } = First.parse(row)
    const workspace = await db
      .selectFrom('workspaces')
      .select('pruned_before')
      .where('id', '=', workspaceId)
      .executeTakeFirst()
    const pruned = Pruned.parse(workspace).pruned_before
    if (first === null || pruned === null) return first ?? undefined
    return Math.max(first, Math.ceil(pruned / DAY_MS) * DAY_MS)
  }

const ComparedDay = z.object({ provider: ReportingProvider, day: z.iso.date(), compared_at: Count })

const comparedDays = async ({ db }: Database, workspaceId: string, from: string, to: string) => {
  const rows = await db
    .selectFrom('compared_days')
    .select(['provider', 'day', 'compared_at'])
    .where('workspace_id', '=', workspaceId)
    .where('day', '>=', from)
    .where('day', '<=', to)
    .orderBy('day')
    .execute()
  return rows.map((row) => ComparedDay.parse(row))
}

const claim =
  ({ db }: Database): StatementStore['claim'] =>
  async ({ workspaceId, provider }, now, until, dueBy) => {
    const { numUpdatedRows } = await db
      .updateTable('reporting_keys')
      .set({ claimed_until: until })
      .where('workspace_id', '=', workspaceId)
      .where('provider', '=', provider)
      .where((where) => where.or([where('claimed_until', 'is', null), where('claimed_until', '<=', now)]))
      .$if(dueBy === 'schedule', (query) => query.where('next_at', '<=', now))
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }

const release =
  ({ db }: Database): StatementStore['release'] =>
  async ({ workspaceId, provider }, { nextAt, comparedAt, failure }) => {
    await db
      .updateTable('reporting_keys')
      .set({ claimed_until: null, next_at: nextAt, failure })
      .set(comparedAt === null ? {} : { compared_at: comparedAt })
      .where('workspace_id', '=', workspaceId)
      .where('provider', '=', provider)
      .execute()
  }

const Place = z
  .object({ workspace_id: z.string(), provider: ReportingProvider })
  .transform(({ workspace_id, provider }) => ({ workspaceId: workspace_id, provider }))

const Reported = z.object({
  provider: ReportingProvider,
  compared_at: Count.nullable(),
  failure: FailureReason.nullable(),
})

/** The days of a month as they are compared in the order of text. */
const boundsOf = (month: string): readonly [string, string] => [`${month}-01`, `${month}-31`]

const unknownKeys = async (
  { db }: Database,
  workspaceId: string,
  provider: ReportingProvider,
): Promise<number> => {
  const { count } = z.object({ count: Count }).parse(
    await db
      .selectFrom('provider_keys as k')
      .leftJoin('key_links as l', (join) =>
        join
          .onRef('l.workspace_id', '=', 'k.workspace_id')
          .onRef('l.key_id', '=', 'k.id')
          .onRef('l.version', '=', 'k.current_version'),
      )
      .select(({ fn }) => fn.count('k.id').as('count'))
      .where('k.workspace_id', '=', workspaceId)
      .where('k.provider', '=', provider)
      .where('k.disconnected_at', 'is', null)
      .where('l.provider_key_id', 'is', null)
      .executeTakeFirst(),
  )
  return count
}

const comparisons =
  (database: Database): StatementStore['comparisons'] =>
  async (workspaceId, month) => {
    const rows = await database.db
      .selectFrom('reporting_keys')
      .select(['provider', 'compared_at', 'failure'])
      .where('workspace_id', '=', workspaceId)
      .orderBy('provider')
      .execute()
    const days = await comparedDays(database, workspaceId, ...boundsOf(month))
    const found = []
    for (const { provider, compared_at, failure } of rows.map((row) => Reported.parse(row)))
      found.push({
        provider,
        comparedAt: compared_at,
        failure,
        days: days.filter((one) => one.provider === provider).map(({ day }) => day),
        keysUnknown: await unknownKeys(database, workspaceId, provider),
      })
    return found
  }

type StatementParts = {
  readonly appendAudit: AppendAudit
  readonly link: Link
  readonly now: () => number
}

/** Statements, and the turn of the vault that compares. */
export const sqlStatements = (
  database: Database,
  { appendAudit, link, now }: StatementParts,
): StatementStore => {
  const append = eventAppender(link)
  return {
    beganAt: beganAt(database),
    compared: async ({ workspaceId, provider }, since) => {
      const days = await comparedDays(database, workspaceId, dayName(since), '9999-12-31')
      return new Map(
        days
          .filter((one) => one.provider === provider)
          .map(({ day, compared_at }) => [Date.parse(day), compared_at]),
      )
    },
    calls: (place, from, to) => comparedCalls(database, place, from, to),
    lost: (place, from, to) => lostCalls(database, place, from, to),
    correct: (workspaceId, correction) => correctCall(database, { append, now }, workspaceId, correction),
    save: save(database, appendAudit),
    claim: claim(database),
    release: release(database),
    due: async (at) => {
      const rows = await database.db
        .selectFrom('reporting_keys')
        .select(['workspace_id', 'provider'])
        .where('next_at', '<=', at)
        .execute()
      return rows.map((row) => Place.parse(row))
    },
    rows: async (workspaceId, month) => {
      const rows = await rowsWhere(database.db, { workspaceId }, ...boundsOf(month))
      return rows.map(({ foreignSince: _, ...row }) => row)
    },
    comparisons: comparisons(database),
  }
}
