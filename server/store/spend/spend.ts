import type { Period } from '../../../shared/cap.ts'
import type { Spend, SpendBefore } from '../../../shared/spend.ts'
import { overshootOf } from '../../domain/books/caps.ts'
import { type Compared, driversOf } from '../../domain/books/drivers.ts'
import {
  channelsOf,
  daysOf,
  membersOf,
  partsOf,
  type SpendGroup,
  totalsOf,
} from '../../domain/books/figures.ts'
import { monthNameBefore, monthNameOf, sameMomentBefore } from '../../domain/books/months.ts'
import type { SpendNames } from '../../domain/books/notices.ts'
import type { ReadSpend, SpendAsked } from '../../domain/books/spend.ts'
import { readCap } from '../books/caps.ts'
import { allPeriods, type StoredPeriod } from '../books/periods.ts'
import type { Database, Executor } from '../database.ts'
import { sqlForeignUse } from '../statements/foreign-use.ts'
import { fallbackDays } from './fallbacks.ts'
import { type Counting, spendGroups, triedOut } from './groups.ts'
import { noticesOfMonth, spendNames } from './notices.ts'
import { toldResolutions } from './resolutions.ts'

/** A month as it is stored; without periods when nothing was held in it, with several when its cap was counted anew in another zone. */
type Month = { readonly name: string; readonly periods: readonly StoredPeriod[] }

const monthIn = (periods: readonly StoredPeriod[], name: string): Month => ({
  name,
  periods: periods.filter((period) => monthNameOf(period) === name),
})

const countingOf = ({ workspaceId, memberId }: SpendAsked, { periods }: Month): Counting => ({
  workspaceId,
  memberId,
  periodIds: periods.map(({ id }) => id),
})

const groupsOf = (
  db: Executor,
  asked: SpendAsked,
  month: Month,
  until?: number,
): Promise<readonly SpendGroup[]> => spendGroups(db, { ...countingOf(asked, month), until })

/** What both months are compared by. Who sees only their own figures is told of no member and no channel. */
const comparedOf = (groups: readonly SpendGroup[], names: SpendNames, isOwn: boolean): Compared => ({
  ...totalsOf(groups),
  parts: partsOf(groups, names).filter(({ by }) => !isOwn || by === 'model'),
})

/** What the month before came to until `until`: while the month after it runs, the same moment, otherwise its end. */
const beforeOf = (month: Month, groups: readonly SpendGroup[], until: number): SpendBefore | null => {
  const { settled, replies, replyCost } = totalsOf(groups)
  return groups.length === 0 ? null : { month: month.name, until, settled, replies, replyCost }
}

const endOf = ({ periods }: Month): number => periods.at(-1)?.endsAt ?? 0

const noticesFor = async (
  db: Executor,
  { workspaceId, timeZone, memberId }: SpendAsked,
  month: Month,
  groups: readonly SpendGroup[],
  names: SpendNames,
  now: number,
) => {
  const [first] = month.periods
  if (first === undefined || memberId !== undefined) return []
  const shown = { workspaceId, timeZone, from: first.startsAt, to: endOf(month) }
  return noticesOfMonth(db, shown, groups, names, now)
}

/** How far the month before counts while the present month is shown; undefined for any other month. */
const runningUntil = (shown: string, present: Period, now: number): number | undefined =>
  shown === monthNameOf(present) ? sameMomentBefore(now, present.timeZone) : undefined

/** Spend of a month, computed from the ledger's lines at each request. */
export const sqlSpend =
  (database: Database, { now }: { readonly now: () => number }): ReadSpend =>
  async (asked): Promise<Spend> => {
    const { db } = database
    const { workspaceId, timeZone, memberId } = asked
    const at = now()
    const isOwn = memberId !== undefined
    const cap = await readCap(db, { workspaceId, timeZone, at })
    const periods = await allPeriods(db, workspaceId)
    const month = monthIn(periods, asked.month ?? monthNameOf(cap.period))
    const names = await spendNames(db, workspaceId)
    const last = monthIn(periods, monthNameBefore(month.name))
    const until = Math.min(runningUntil(month.name, cap.period, at) ?? endOf(last), endOf(last))
    const groups = await groupsOf(db, asked, month)
    const earlier = await groupsOf(db, asked, last, until)
    const inTime = earlier.filter((group) => group.inTime)
    const before = beforeOf(last, inTime, until)
    const [here, there] = [groups, inTime].map((some) => comparedOf(some, names, isOwn))
    return {
      cap,
      month: month.name,
      whose: isOwn ? 'own' : 'everybody',
      ...totalsOf(groups),
      ...(await toldResolutions(db, countingOf(asked, month))),
      days: daysOf(groups),
      members: isOwn ? [] : membersOf(groups, names.members),
      channels: isOwn ? [] : channelsOf(groups, names.channels),
      overshoot: overshootOf(cap),
      fallbacks: [...(await fallbackDays(db, countingOf(asked, month)))],
      playground: await triedOut(db, countingOf(asked, month)),
      before,
      drivers: before && here && there ? driversOf(here, there) : [],
      foreignUse: isOwn ? [] : await sqlForeignUse(database)(workspaceId, { month: month.name }),
      notices: await noticesFor(db, asked, month, [...earlier, ...groups], names, at),
    }
  }
