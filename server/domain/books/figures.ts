import { type Picodollars, pico, zero } from '../../../shared/money.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { AttemptOutcome, Certainty, Purpose } from '../../../shared/receipts.ts'
import type { SpendChannel, SpendDay, SpendMember } from '../../../shared/spend.ts'
import { modelName } from '../prices/models.ts'
import type { Part } from './drivers.ts'

/**
 * What counts in a month, of calls that are alike in all of this. `receipts` are those that began with such a call, so that each receipt is in
 * exactly one group of one month. `inTime`: the calls began before the moment until which the month is compared.
 */
export type SpendGroup = {
  readonly day: string
  readonly provider: ProviderName
  readonly model: string
  readonly memberId: string
  readonly channelId: string | null
  readonly purpose: Purpose
  readonly outcome: AttemptOutcome
  readonly certainty: Certainty
  readonly settled: Picodollars
  readonly receipts: number
  readonly inTime: boolean
}

/** Names by id. */
export type Names = ReadonlyMap<string, string>

type Tally = { readonly settled: Picodollars; readonly receipts: number }

const tally = (groups: readonly SpendGroup[]): Tally =>
  groups.reduce<Tally>(
    (all, group) => ({ settled: pico(all.settled + group.settled), receipts: all.receipts + group.receipts }),
    { settled: zero, receipts: 0 },
  )

const isReply = ({ purpose }: SpendGroup): boolean => purpose === 'draft' || purpose === 'refine'
/** A reply as long as the output limit allowed was answered too. */
const isAnswered = ({ outcome }: SpendGroup): boolean => outcome === 'answered' || outcome === 'limit'

const largestFirst = (one: Tally, other: Tally): number => {
  if (one.settled === other.settled) return other.receipts - one.receipts
  return one.settled < other.settled ? 1 : -1
}

/** What each model cost on each day, in the order of days, then of names. */
export const daysOf = (groups: readonly SpendGroup[]): SpendDay[] =>
  [...Map.groupBy(groups, ({ day, provider, model }) => `${day} ${provider} ${model}`)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([, [first, ...others]]) => {
      if (first === undefined) return []
      const { day, provider, model } = first
      const name = modelName(provider, model)
      return [{ day, provider, model, modelName: name, ...tally([first, ...others]) }]
    })

/** What each member cost, the dearest first. */
export const membersOf = (groups: readonly SpendGroup[], names: Names): SpendMember[] =>
  [...Map.groupBy(groups, ({ memberId }) => memberId)]
    .map(([memberId, own]) => ({
      memberId,
      memberName: names.get(memberId) ?? memberId,
      ...tally(own),
    }))
    .toSorted(largestFirst)

/** What each channel cost, the dearest first; what belongs to none has a line of its own. */
export const channelsOf = (groups: readonly SpendGroup[], names: Names): SpendChannel[] =>
  [...Map.groupBy(groups, ({ channelId }) => channelId)]
    .map(([channelId, own]) => ({
      channelId,
      channelName: channelId === null ? null : (names.get(channelId) ?? null),
      ...tally(own),
    }))
    .toSorted(largestFirst)

/** What each model, member and channel cost, to be compared with another month's. */
export const partsOf = (
  groups: readonly SpendGroup[],
  { members, channels }: { readonly members: Names; readonly channels: Names },
): Part[] => [
  ...[...Map.groupBy(groups, ({ provider, model }) => `${provider}/${model}`)].flatMap(
    ([id, [first, ...others]]): Part[] => {
      if (first === undefined) return []
      const { settled } = tally([first, ...others])
      return [{ by: 'model', id, name: modelName(first.provider, first.model), settled }]
    },
  ),
  ...membersOf(groups, members).map(
    ({ memberId, memberName, settled }): Part => ({ by: 'member', id: memberId, name: memberName, settled }),
  ),
  ...channelsOf(groups, channels).map(
    ({ channelId, channelName, settled }): Part => ({
      by: 'channel',
      id: channelId,
      name: channelName,
      settled,
    }),
  ),
]

/** All of it together: what was settled, the replies among it and what these cost, and how many amounts are estimated. */
export const totalsOf = (groups: readonly SpendGroup[]) => {
  const replies = groups.filter(isReply)
  return {
    settled: tally(groups).settled,
    replies: tally(replies.filter(isAnswered)).receipts,
    replyCost: tally(replies).settled,
    estimated: tally(groups.filter(({ certainty }) => certainty === 'estimated')).receipts,
  }
}
