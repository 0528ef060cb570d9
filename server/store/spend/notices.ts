import { z } from 'zod'
import { ProviderName } from '../../../shared/providers.ts'
import type { SpendNotice } from '../../../shared/spend.ts'
import {
  type DayGroup,
  type FirstUse,
  mayHaveSpike,
  modelIdOf,
  noticesFrom,
  type SpendNames,
  strangersAmong,
} from '../../domain/books/notices.ts'
import { dayOf } from '../../domain/books/periods.ts'
import type { ReadNotices } from '../../domain/books/spend.ts'
import { HISTORY_DAYS } from '../../domain/books/spikes.ts'
import { Amount, Count } from '../columns.ts'
import type { Database, Executor } from '../database.ts'
import { namesOf } from '../names.ts'

const DAY_MS = 86_400_000
/** How long a new model is pointed out. */
const STRANGE_MS = 7 * DAY_MS
/** A day more than the history is long: days are those of a time zone, whose clocks may change. */
const HISTORY_MS = (HISTORY_DAYS + 1) * DAY_MS

/** From the first moment (ms) of the days that are shown to the end of the last; models that were first used before `strangeSince` are none. */
type Shown = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly from: number
  readonly to: number
  readonly strangeSince: number
}

const DayRow = z
  .object({
    day: z.iso.date(),
    provider: ProviderName,
    model: z.string(),
    member_id: z.string(),
    channel_id: z.string().nullable(),
    settled: Amount,
  })
  .transform(
    ({ member_id, channel_id, ...row }): DayGroup => ({
      ...row,
      memberId: member_id,
      channelId: channel_id,
    }),
  )

const alike = ['day', 'provider', 'model', 'member_id', 'channel_id'] as const

/** What was spent from one moment (ms) to before another, but for what was tried out; one range of the index by time. */
const dayGroups = async (
  db: Executor,
  workspaceId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly DayGroup[]> => {
  const rows = await db
    .selectFrom('receipts')
    .select(({ fn }) => [...alike, fn.sum('settled').as('settled')])
    .where('workspace_id', '=', workspaceId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .where('purpose', '!=', 'playground')
    .groupBy([...alike])
    .execute()
  return rows.map((row) => DayRow.parse(row))
}

const At = z.object({ at: Count })

/** When a workspace made its first receipt, of all models or of one, but for what was tried out; few steps into an index. */
const firstUse = async (
  db: Executor,
  workspaceId: string,
  model?: Pick<FirstUse, 'provider' | 'model'>,
): Promise<number | undefined> => {
  const row = await db
    .selectFrom('receipts')
    .select('at')
    .where('workspace_id', '=', workspaceId)
    .where('purpose', '!=', 'playground')
    .$if(model !== undefined, (query) =>
      query.where('provider', '=', model?.provider ?? '').where('model', '=', model?.model ?? ''),
    )
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return row && At.parse(row).at
}

/** Models of the groups that are in none of the days before `since`: only these may be strangers. */
const newModels = (groups: readonly DayGroup[], since: string): readonly DayGroup[] => {
  const known = new Set(groups.filter(({ day }) => day < since).map(modelIdOf))
  const models = new Map(groups.map((group) => [modelIdOf(group), group]))
  return [...models].filter(([id]) => !known.has(id)).map(([, group]) => group)
}

const strangersIn = async (
  db: Executor,
  { workspaceId, timeZone, strangeSince }: Shown,
  groups: readonly DayGroup[],
): Promise<readonly FirstUse[]> => {
  const candidates = newModels(groups, dayOf(strangeSince, timeZone))
  const beganAt = candidates.length === 0 ? undefined : await firstUse(db, workspaceId)
  if (beganAt === undefined) return []
  const uses: FirstUse[] = []
  for (const { provider, model } of candidates) {
    const firstAt = await firstUse(db, workspaceId, { provider, model })
    if (firstAt !== undefined) uses.push({ provider, model, firstAt })
  }
  return strangersAmong(uses, { since: strangeSince, beganAt })
}

/** What departs from its own history on the days that are shown; `groups` are of these days and of the history before them. */
const noticesOn = async (
  db: Executor,
  shown: Shown,
  groups: readonly DayGroup[],
  names: SpendNames,
): Promise<SpendNotice[]> => {
  const days = { from: dayOf(shown.from, shown.timeZone), to: dayOf(shown.to - 1, shown.timeZone) }
  return noticesFrom(groups, names, await strangersIn(db, shown, groups), days)
}

/**
 * The notices of a month, of its groups and those of the month before. While it runs, strangers are those of the last week, also when that
 * began in the month before; of a past month, those of the whole month.
 */
export const noticesOfMonth = (
  db: Executor,
  month: Omit<Shown, 'strangeSince'>,
  groups: readonly DayGroup[],
  names: SpendNames,
  now: number,
): Promise<SpendNotice[]> => {
  const running = { ...month, to: now + 1, strangeSince: now - STRANGE_MS }
  return noticesOn(db, now < month.to ? running : { ...month, strangeSince: month.from }, groups, names)
}

/** The names of a workspace's members and channels. */
export const spendNames = async (db: Executor, workspaceId: string): Promise<SpendNames> => ({
  members: await namesOf(db, 'members', workspaceId),
  channels: await namesOf(db, 'channels', workspaceId),
})

const startOfYesterday = (at: number, timeZone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).subtract({ days: 1 }).startOfDay()
    .epochMilliseconds

/** Today's and yesterday's notices. The history is read only when either day cost enough for a spike. */
export const sqlNotices =
  ({ db }: Database, { now }: { readonly now: () => number }): ReadNotices =>
  async (workspaceId, timeZone) => {
    const at = now()
    const from = startOfYesterday(at, timeZone)
    const recent = await dayGroups(db, workspaceId, { from, to: at + 1 })
    const history = mayHaveSpike(recent)
      ? await dayGroups(db, workspaceId, { from: from - HISTORY_MS, to: from })
      : []
    const shown = { workspaceId, timeZone, from, to: at + 1, strangeSince: from }
    return noticesOn(db, shown, [...history, ...recent], await spendNames(db, workspaceId))
  }
