import { type Picodollars, pico, sum } from '../../../shared/money.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { SpendNotice } from '../../../shared/spend.ts'
import { modelName } from '../prices/models.ts'
import type { Names, SpendGroup } from './figures.ts'
import { mayDepart, type Scoped, type Series, spikesOf } from './spikes.ts'

/** What receipts that are alike cost on one day. */
export type DayGroup = Pick<SpendGroup, 'day' | 'provider' | 'model' | 'memberId' | 'channelId' | 'settled'>

/** Calendar days, both included. */
export type Days = { readonly from: string; readonly to: string }

/** How people call members and channels. */
export type SpendNames = { readonly members: Names; readonly channels: Names }

/** Whether a spike is possible on a day of these groups at all, so that it is worth while to read the days before it. */
export const mayHaveSpike = (groups: readonly DayGroup[]): boolean =>
  [...seriesOf(groups).values()].some(mayDepart)

const seriesOf = (groups: readonly DayGroup[]): Series => {
  const byDay = Map.groupBy(groups, ({ day }) => day)
  return new Map([...byDay].map(([day, some]) => [day, sum(some.map(({ settled }) => settled))]))
}

/** A model among those of all providers. */
export const modelIdOf = ({ provider, model }: Pick<DayGroup, 'provider' | 'model'>): string =>
  `${provider}/${model}`

const scopesOf = (groups: readonly DayGroup[], { members, channels }: SpendNames): Scoped[] => [
  { scope: 'workspace', id: null, name: null, series: seriesOf(groups) },
  ...[...Map.groupBy(groups, ({ memberId }) => memberId)].map(
    ([id, own]): Scoped => ({ scope: 'member', id, name: members.get(id) ?? null, series: seriesOf(own) }),
  ),
  ...[...Map.groupBy(groups, ({ channelId }) => channelId)].map(
    ([id, own]): Scoped => ({
      scope: 'channel',
      id,
      name: channels.get(id ?? '') ?? null,
      series: seriesOf(own),
    }),
  ),
  ...[...Map.groupBy(groups, modelIdOf)].flatMap(([id, own]): Scoped[] => {
    const [first] = own
    const name = first && modelName(first.provider, first.model)
    return name === undefined ? [] : [{ scope: 'model', id, name, series: seriesOf(own) }]
  }),
]

const dayOfNotice = (notice: SpendNotice): string =>
  notice.kind === 'spike' ? notice.day : new Date(notice.firstAt).toISOString()

/** The newest first; of one day the largest amount first. */
const newestFirst = (one: SpendNotice, other: SpendNotice): number => {
  const [here, there] = [dayOfNotice(one).slice(0, 10), dayOfNotice(other).slice(0, 10)]
  if (here !== there) return here < there ? 1 : -1
  return one.amount < other.amount ? 1 : one.amount > other.amount ? -1 : 0
}

/** A model and when (ms) the workspace first used it. */
export type FirstUse = { readonly provider: ProviderName; readonly model: string; readonly firstAt: number }

/** What a workspace must have used before, in ms, for a model to be a stranger to it: in its first week every model is new. */
const OLDER_HISTORY_MS = 7 * 86_400_000

/** Of the models that were first used since `since` (ms) those that a workspace, itself first used at `beganAt`, did not begin with. */
export const strangersAmong = (
  uses: readonly FirstUse[],
  { since, beganAt }: { readonly since: number; readonly beganAt: number },
): readonly FirstUse[] =>
  uses.filter(({ firstAt }) => firstAt >= since && firstAt - beganAt >= OLDER_HISTORY_MS)

const costOf = (groups: readonly DayGroup[], { provider, model }: FirstUse): Picodollars =>
  pico(
    groups
      .filter((group) => group.provider === provider && group.model === model)
      .reduce((total, { settled }) => total + settled, 0n),
  )

/** Everything to point out: spikes on the days that are shown, judged by the days before each, and strangers. */
export const noticesFrom = (
  groups: readonly DayGroup[],
  names: SpendNames,
  strangers: readonly FirstUse[],
  days: Days,
): SpendNotice[] => {
  const spikes = scopesOf(groups, names).flatMap((scoped) => spikesOf(scoped, days))
  const strange = strangers.map(
    (use): SpendNotice => ({
      kind: 'stranger',
      ...use,
      modelName: modelName(use.provider, use.model),
      amount: costOf(groups, use),
    }),
  )
  return [...spikes, ...strange].toSorted(newestFirst)
}
