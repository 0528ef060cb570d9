import { z } from 'zod'
import { ReportingProvider, Usage } from '../../../shared/providers.ts'
import type { Correction } from '../../domain/statements/estimates.ts'
import type { ComparedCall, LostCall } from '../../domain/statements/matching.ts'
import type { ReportingPlace } from '../../domain/statements/reporting-keys.ts'
import { findAttempt } from '../books/attempts.ts'
import type { AppendEvent } from '../books/events.ts'
import { entryOf } from '../books/price-entry.ts'
import { settleIn } from '../books/settle.ts'
import { Amount, Count } from '../columns.ts'
import type { Database } from '../database.ts'

const UsageJson = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(Usage)

const Call = z
  .object({
    id: z.string(),
    provider_key_id: z.string(),
    model: z.string(),
    certainty: z.enum(['exact', 'estimated']),
    started_at: Count,
    ended_at: Count.nullable(),
    usage: UsageJson.nullable(),
    settled: Amount,
    held: Amount,
    price: z.string(),
    multiplier: z.string().nullable(),
  })
  .transform(({ price, ...row }): ComparedCall => {
    const entry = entryOf(price)
    return {
      attemptId: row.id,
      providerKeyId: row.provider_key_id,
      model: row.model,
      startedAt: row.started_at,
      endedAt: row.ended_at ?? row.started_at,
      usage: row.certainty === 'exact' || entry.own?.kind === 'ceiling' ? row.usage : null,
      settled: row.settled,
      held: row.held,
      entry,
      multiplier: row.multiplier,
    }
  })

/** Calls of linked keys that ended and may have cost something, by their start from one moment (ms) to before another. */
export const comparedCalls = async (
  { db }: Database,
  { workspaceId, provider }: ReportingPlace,
  from: number,
  to: number,
): Promise<readonly ComparedCall[]> => {
  const rows = await db
    .selectFrom('attempts as a')
    .innerJoin('key_links as l', (join) =>
      join
        .onRef('l.workspace_id', '=', 'a.workspace_id')
        .onRef('l.key_id', '=', 'a.key_id')
        .onRef('l.version', '=', 'a.key_version'),
    )
    .select(['a.id', 'l.provider_key_id', 'a.model', 'a.certainty', 'a.started_at', 'a.ended_at', 'a.usage'])
    .select(['a.settled', 'a.held', 'a.price', 'a.multiplier'])
    .where('a.workspace_id', '=', workspaceId)
    .where('a.provider', '=', provider)
    .where('a.started_at', '>=', from)
    .where('a.started_at', '<', to)
    .where((where) =>
      where.or([
        where('a.certainty', '=', 'estimated'),
        where.and([where('a.certainty', '=', 'exact'), where('a.usage', 'is not', null)]),
      ]),
    )
    .where((where) => where.or([where('a.settled', '>', 0n), where('a.certainty', '=', 'estimated')]))
    .execute()
  return rows.map((row) => Call.parse(row))
}

const PAGE = 500

const Held = z.object({
  at: z.int(),
  facts: z.object({
    attempt: z.string(),
    provider: ReportingProvider,
    model: z.string(),
    key: z.string(),
    keyVersion: z.int(),
  }),
})

const Link = z.object({ key_id: z.string(), version: Count, provider_key_id: z.string() })

const linksOf = async ({ db }: Database, { workspaceId }: ReportingPlace) => {
  const rows = await db
    .selectFrom('key_links')
    .select(['key_id', 'version', 'provider_key_id'])
    .where('workspace_id', '=', workspaceId)
    .execute()
  return new Map(
    rows
      .map((row) => Link.parse(row))
      .map(({ key_id, version, provider_key_id }) => [`${key_id} ${version}`, provider_key_id]),
  )
}

const Event = z.object({ seq: Count, bytes: z.string() })

const heldWithoutAttempt = ({ db }: Database, workspaceId: string, from: number, to: number, after: number) =>
  db
    .selectFrom('events as e')
    .select(['e.seq', 'e.bytes'])
    .where('e.workspace_id', '=', workspaceId)
    .where('e.log', '=', 'ledger')
    .where('e.kind', '=', 'held')
    .where('e.at', '>=', from)
    .where('e.at', '<', to)
    .where('e.seq', '>', after)
    .orderBy('e.seq')
    .limit(PAGE)
    .execute()

const attemptsAmong = async ({ db }: Database, workspaceId: string, ids: readonly string[]) => {
  const rows = await db
    .selectFrom('attempts')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', 'in', ids)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** Calls that the chain says were held, and that have no attempt any more; page by page, never the whole chain. */
export const lostCalls = async (
  database: Database,
  place: ReportingPlace,
  from: number,
  to: number,
): Promise<readonly LostCall[]> => {
  const links = await linksOf(database, place)
  const lost: LostCall[] = []
  let after = 0
  for (;;) {
    const rows = await heldWithoutAttempt(database, place.workspaceId, from, to, after)
    const page = rows.map((row) => Event.parse(row))
    const held = page.map(({ bytes }) => Held.parse(JSON.parse(bytes)))
    const ids = held.map(({ facts }) => facts.attempt)
    const known = ids.length === 0 ? new Set<string>() : await attemptsAmong(database, place.workspaceId, ids)
    for (const { at, facts } of held) {
      const providerKeyId = links.get(`${facts.key} ${facts.keyVersion}`)
      if (known.has(facts.attempt) || providerKeyId === undefined) continue
      lost.push({ providerKeyId, model: facts.model, startedAt: at })
    }
    const end = page.at(-1)
    if (end === undefined || page.length < PAGE) return lost
    after = end.seq
  }
}

/** Settles an estimate at what the report shows, as a `corrected` event in the hold's own period. False when it is no longer an estimate. */
export const correctCall = (
  database: Database,
  { append, now }: { readonly append: AppendEvent; readonly now: () => number },
  workspaceId: string,
  { call, usage, amount }: Correction,
): Promise<boolean> =>
  database.transaction(workspaceId, async (tx) => {
    const attempt = await findAttempt(tx, workspaceId, call.attemptId)
    if (attempt === undefined || attempt.certainty !== 'estimated' || attempt.settled !== call.settled)
      return false
    if (attempt.outcome === 'running') return false
    const byReport: AppendEvent = (same, event) =>
      append(same, { ...event, facts: { ...event.facts, by: 'report' } })
    const settlement = {
      workspaceId,
      attemptId: call.attemptId,
      outcome: attempt.outcome,
      failure: attempt.failure,
      certainty: 'exact' as const,
      settled: amount,
      likely: null,
      usage,
      multiplier: attempt.multiplier,
      tier: attempt.tier,
      region: attempt.region,
      providerRequestId: attempt.provider_request_id,
    }
    await settleIn(tx, byReport, settlement, now())
    return true
  })
