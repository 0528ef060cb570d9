import { sum } from '../../../shared/money.ts'
import type { FailureReason } from '../../../shared/providers.ts'
import type {
  Comparison,
  ComparisonOutcome,
  Statement,
  StatementRow,
} from '../../../shared/statements/statements.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import { modelName } from '../prices/models.ts'
import { type ComparedRow, compareReport } from './compare.ts'
import { CLOSED_AFTER_MS, isClosed, isFinal } from './days.ts'
import type { Correction } from './estimates.ts'
import { linkByHint } from './links.ts'
import { type ComparedCall, dayStart, type LostCall } from './matching.ts'
import type { Report, ReportedAmount, ReportedMinute } from './reporting.ts'
import {
  openReportingKey,
  type ReportingKeyParts,
  type ReportingPlace,
  type StoredReportingKey,
} from './reporting-keys.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
/** Reports reach back so far in one question; older days are not compared any more. */
const OLDEST_DAYS = 31
/** How many closed days a person who asks for a comparison has compared anew. */
const RECENT_DAYS = 7
/** How long a vault may be at a comparison before another one takes it over. */
const CLAIM_MS = 15 * 60_000
/** A call may begin on the day before the one on which the provider counts it. */
const OVERLAP_MS = 10 * 60_000

/** A stored row: of one of our keys instead of the provider's. */
type SavedRow = Omit<StatementRow, 'modelName' | 'keyLabel'>

/** What is written at the end of a comparison, in one transaction. */
type Saved = {
  readonly rows: readonly SavedRow[]
  /** The days (first milliseconds) that were compared. Rows of them that are not among `rows` are dropped. */
  readonly days: readonly number[]
  readonly at: number
}

/** Where statements lie. */
export type StatementStore = {
  /** The first moment (ms) since which receipts are complete: before it they were pruned, or there was none of our keys. Undefined: no key ever. */
  beganAt(place: ReportingPlace): Promise<number | undefined>
  /** When days were last compared, by their first millisecond. */
  compared(place: ReportingPlace, since: number): Promise<ReadonlyMap<number, number>>
  calls(place: ReportingPlace, from: number, to: number): Promise<readonly ComparedCall[]>
  /** Calls of the chain, of this range, that have no attempt any more. */
  lost(place: ReportingPlace, from: number, to: number): Promise<readonly LostCall[]>
  /** Sets an estimate to what the report shows. False when it is no longer an estimate. */
  correct(workspaceId: string, correction: Correction): Promise<boolean>
  save(place: ReportingPlace, saved: Saved): Promise<void>
  /** Takes the comparison on until `until` (ms): true for one vault only. `dueBy`: only when its time has come. */
  claim(place: ReportingPlace, now: number, until: number, dueBy: 'anytime' | 'schedule'): Promise<boolean>
  /** Lets go of a claim. `nextAt` (ms): when the schedule comes to it again. */
  release(
    place: ReportingPlace,
    ended: {
      readonly nextAt: number
      readonly comparedAt: number | null
      readonly failure: FailureReason | null
    },
  ): Promise<void>
  /** The reporting keys of all workspaces whose time has come. */
  due(now: number): Promise<readonly ReportingPlace[]>
  rows(workspaceId: string, month: string): Promise<readonly Omit<StatementRow, 'modelName'>[]>
  comparisons(workspaceId: string, month: string): Promise<Comparison[]>
}

export type StatementParts = ReportingKeyParts & { readonly statements: StatementStore }

type Which = 'due' | 'recent'

const daysBetween = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / DAY_MS)) }, (_, index) => from + index * DAY_MS)

/** The closed days to compare: all from the first one that was not compared since its report was final. */
const daysFor = async (
  { statements, now }: StatementParts,
  place: ReportingPlace,
  which: Which,
): Promise<readonly number[]> => {
  const at = now()
  const beganAt = await statements.beganAt(place)
  if (beganAt === undefined) return []
  const first = Math.max(dayStart(beganAt), dayStart(at) - OLDEST_DAYS * DAY_MS)
  const closed = daysBetween(first, dayStart(at)).filter((day) => isClosed(day, at))
  const compared = await statements.compared(place, first)
  const isDue = (day: number): boolean => !isFinal(day, compared.get(day) ?? 0)
  const recent = which === 'recent' ? closed.slice(-RECENT_DAYS) : []
  const from = Math.min(...closed.filter(isDue), ...recent)
  return closed.filter((day) => day >= from)
}

type Read = { readonly report: Report } | { readonly failure: FailureReason }

const readDays = async (
  { reporting }: StatementParts,
  key: StoredReportingKey,
  {
    opened,
    days,
    providerKeyIds,
    signal,
  }: {
    readonly opened: Parameters<StatementParts['reporting']['anthropic']['day']>[0]
    readonly days: readonly number[]
    readonly providerKeyIds: readonly string[]
    readonly signal: AbortSignal
  },
): Promise<Read> => {
  const minutes: ReportedMinute[] = []
  const amounts: ReportedAmount[] = []
  for (const startsAt of providerKeyIds.length === 0 ? [] : days) {
    const answer = await reporting[key.provider].day(opened, { startsAt, providerKeyIds }, signal)
    if ('failure' in answer) return { failure: answer.failure.reason }
    minutes.push(...answer.told.minutes)
    amounts.push(...answer.told.amounts)
  }
  return { report: { minutes, amounts } }
}

const hasForeignUse = (rows: readonly ComparedRow[]): boolean =>
  rows.some(({ differences }) => differences.some(({ reason }) => reason === 'foreign-use'))

/** Compares, and looks into the chain only when the report has more than the books. */
const compareDays = async (
  parts: StatementParts,
  place: ReportingPlace,
  days: readonly number[],
  report: Report,
) => {
  const { statements, reporting, now } = parts
  const from = Math.min(...days)
  const to = Math.max(...days) + DAY_MS
  const calls = await statements.calls(place, from - OVERLAP_MS, to)
  const { tolerance } = reporting[place.provider]
  const compare = { provider: place.provider, from, to, now: now(), tolerance, calls, lost: [], report }
  const compared = compareReport(compare)
  if (!hasForeignUse(compared.rows)) return compared
  return compareReport({ ...compare, lost: await statements.lost(place, from, to) })
}

const dayName = (day: number): string => new Date(day).toISOString().slice(0, 10)

/** A provider's report and our receipts of some days, brought together and written down. */
const compareOne = async (
  parts: StatementParts,
  key: StoredReportingKey,
  which: Which,
  signal: AbortSignal,
): Promise<FailureReason | null> => {
  const { statements, links, reporting, now } = parts
  const opened = await openReportingKey(parts, key)
  const listed = await reporting[key.provider].keys(opened, signal)
  if ('failure' in listed) return listed.failure.reason
  await linkByHint(parts, key, listed.told)
  const known = (await links.list(key)).filter(({ providerKeyId }) => providerKeyId !== null)
  const days = await daysFor(parts, key, which)
  if (days.length === 0) return null
  const providerKeyIds = [...new Set(known.flatMap(({ providerKeyId }) => providerKeyId ?? []))]
  const read = await readDays(parts, key, { opened, days, providerKeyIds, signal })
  if ('failure' in read) return read.failure
  const { rows, corrections } = await compareDays(parts, key, days, read.report)
  for (const correction of corrections) await statements.correct(key.workspaceId, correction)
  const saved = rows.flatMap(({ providerKeyId, day, ...row }): SavedRow[] => {
    const link = known.find((one) => one.providerKeyId === providerKeyId)
    if (link === undefined) return []
    const { keyId, version } = link
    const { provider } = key
    return [
      { ...row, provider, day: dayName(day), keyId, keyVersion: version, differences: [...row.differences] },
    ]
  })
  await statements.save(key, { rows: saved, days, at: now() })
  return null
}

/** When the schedule comes again: after the next day is closed, or in an hour when it did not work. */
const nextAt = (now: number, failure: FailureReason | null): number => {
  const closing = dayStart(now) + CLOSED_AFTER_MS
  if (failure !== null && failure !== 'key-invalid' && failure !== 'not-permitted') return now + HOUR_MS
  return closing > now ? closing : closing + DAY_MS
}

const compareClaimed = async (
  parts: StatementParts,
  key: StoredReportingKey,
  which: Which,
  signal: AbortSignal,
): Promise<ComparisonOutcome> => {
  const { provider } = key
  const { statements, now } = parts
  const dueBy = which === 'due' ? 'schedule' : 'anytime'
  if (!(await statements.claim(key, now(), now() + CLAIM_MS, dueBy)))
    return { provider, outcome: 'running', failure: null }
  let failure: FailureReason | null = 'vault-stopped'
  try {
    failure = await compareOne(parts, key, which, signal)
  } finally {
    const comparedAt = failure === null ? now() : null
    await statements.release(key, { nextAt: nextAt(now(), failure), comparedAt, failure })
  }
  return { provider, outcome: failure === null ? 'compared' : 'failed', failure }
}

/** Compares the reports of every provider that has a reporting key, now. */
export const compareNow =
  (parts: StatementParts) =>
  async (caller: Caller, signal: AbortSignal): Promise<ComparisonOutcome[]> => {
    requireAdmin(caller)
    const outcomes: ComparisonOutcome[] = []
    for (const key of await parts.reportingKeys.list(caller.workspaceId))
      outcomes.push(await compareClaimed(parts, key, 'recent', signal))
    return outcomes
  }

/** The daily job: compares whatever is due in any workspace. Of several vaults one does it. */
export const compareDue =
  (parts: StatementParts) =>
  async (signal: AbortSignal): Promise<void> => {
    for (const { workspaceId, provider } of await parts.statements.due(parts.now())) {
      const keys = await parts.reportingKeys.list(workspaceId)
      const key = keys.find((one) => one.provider === provider)
      if (key !== undefined) await compareClaimed(parts, key, 'due', signal)
    }
  }

/** A month's statement, for owners and admins. */
export const readStatement =
  ({ statements, now }: Pick<StatementParts, 'statements' | 'now'>) =>
  async (caller: Caller, asked: string | undefined): Promise<Statement> => {
    requireAdmin(caller)
    const month = asked ?? new Date(now()).toISOString().slice(0, 7)
    const rows = await statements.rows(caller.workspaceId, month)
    return {
      month,
      comparisons: await statements.comparisons(caller.workspaceId, month),
      ours: sum(rows.map(({ ours }) => ours.amount)),
      reported: sum(rows.map(({ reported }) => reported.amount)),
      rows: rows.map((row) => ({ ...row, modelName: modelName(row.provider, row.model) })),
    }
  }
