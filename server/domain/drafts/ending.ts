import { type Picodollars, zero } from '../../../shared/money.ts'
import { noUsage, type Usage } from '../../../shared/providers.ts'
import type { Ending, Reported } from '../books/ledger.ts'
import { likelyTokens } from '../prices/bound.ts'
import { costOf } from '../prices/cost.ts'
import type { PricedModel } from '../prices/models.ts'
import { product } from '../prices/multiplier.ts'
import type { Failure, Finish } from '../provider.ts'

/** What was reserved for a call, and what it will probably cost if the provider never says. `outputLimit` in tokens. */
export type Reserved = {
  readonly bound: Picodollars
  readonly likely: Picodollars
  readonly model: PricedModel
  readonly outputLimit: number
}

/**
 * Tiers that we can price, with the factor of each: those that we ask for, and those that both providers sell at half the price. A
 * provider may answer on another one than was asked.
 */
const tierMultipliers: ReadonlyMap<string | undefined, string | null> = new Map([
  [undefined, null],
  ['standard', null],
  ['default', null],
  ['batch', '0.5'],
  ['flex', '0.5'],
])

const regionMultiplier = (model: PricedModel, region: string | undefined): string | null =>
  region === 'us' ? model.profile.geoMultiplier : null

const multiplierOf = (model: PricedModel, { tier, region }: Finish): string | null =>
  product([tierMultipliers.get(tier) ?? null, regionMultiplier(model, region)])

const outcomeOf: Record<Finish['stop'], 'answered' | 'limit' | 'failed'> = {
  end: 'answered',
  limit: 'limit',
  refused: 'failed',
}

const larger = (a: Picodollars, b: Picodollars): Picodollars => (a > b ? a : b)
const smaller = (a: Picodollars, b: Picodollars): Picodollars => (a < b ? a : b)

const unknownCost = (reserved: Reserved) =>
  ({
    certainty: 'estimated',
    settled: reserved.bound,
    likely: reserved.likely,
    usage: null,
    multiplier: null,
  }) as const

/** One reading of what was reported, and what it costs. */
type Priced = { readonly usage: Usage; readonly total: Picodollars }

/** The readings of reported usage, the dearest first: one, or two where its numbers contradict each other. */
const readingsOf = (
  { model }: Reserved,
  { doubt }: Finish,
  usage: Usage,
  multiplier: string | null,
): readonly [Priced, Priced] => {
  const priced = (read: Usage): Priced => ({
    usage: read,
    total: costOf(model.entry, read, { multiplier }).total,
  })
  const first = priced(usage)
  const second = doubt === undefined ? first : priced(doubt.otherwise)
  return first.total >= second.total ? [first, second] : [second, first]
}

/**
 * The exact cost of reported usage; under a ceiling it is what the call costs at the most. Where its numbers contradict each other, the dearer reading with the other beside it; on a tier that we
 * cannot price, the upper bound with that cost beside it.
 */
const reportedCost = (reserved: Reserved, finish: Finish, usage: Usage) => {
  const multiplier = multiplierOf(reserved.model, finish)
  const [most, least] = readingsOf(reserved, finish, usage, multiplier)
  const { total } = most
  if (!tierMultipliers.has(finish.tier)) {
    const settled = larger(total, reserved.bound)
    return { certainty: 'estimated', settled, likely: total, usage: most.usage, multiplier } as const
  }
  if (reserved.model.entry.own?.kind === 'ceiling')
    return { certainty: 'estimated', settled: total, likely: null, usage: most.usage, multiplier } as const
  return finish.doubt === undefined
    ? ({ certainty: 'exact', settled: total, likely: null, usage, multiplier } as const)
    : ({
        certainty: 'estimated',
        settled: total,
        likely: least.total,
        usage: most.usage,
        multiplier,
      } as const)
}

const reportedBy = ({ raw, doubt }: Finish): { readonly reported?: Reported } =>
  raw === undefined ? {} : { reported: { raw, flaw: doubt?.flaw ?? null } }

/** The ending of a call whose provider said that it is over. */
export const finished = (reserved: Reserved, finish: Finish): Ending => ({
  outcome: outcomeOf[finish.stop],
  failure: finish.stop === 'refused' ? 'refused-by-model' : null,
  ...(finish.usage === undefined ? unknownCost(reserved) : reportedCost(reserved, finish, finish.usage)),
  ...reportedBy(finish),
  tier: finish.tier ?? null,
  region: finish.region ?? null,
  providerRequestId: finish.providerRequestId ?? null,
})

const inputBuckets = ['freshInput', 'cacheRead', 'cacheWrite5m', 'cacheWrite30m', 'cacheWrite1h'] as const

/** The usage of a call whose input the provider had told before it broke, with a given output; undefined when it had not. */
const usageWith = (told: Partial<Usage>, output: number): Usage | undefined =>
  inputBuckets.some((bucket) => told[bucket] === undefined)
    ? undefined
    : { ...noUsage, ...told, output, reasoning: 0 }

/**
 * What a broken call may have cost at the most: the input that the provider told, and the whole output limit; never more than was held.
 * Likely: that input and the text that arrived.
 */
const brokenCost = (reserved: Reserved, told: Partial<Usage>, textLength: number) => {
  const most = usageWith(told, reserved.outputLimit)
  const probably = usageWith(told, likelyTokens(textLength))
  if (most === undefined || probably === undefined) return unknownCost(reserved)
  const { entry, profile } = reserved.model
  const dearest = costOf(entry, most, { multiplier: profile.geoMultiplier }).total
  const likely = costOf(entry, probably, { multiplier: null }).total
  return {
    certainty: 'estimated',
    settled: smaller(dearest, reserved.bound),
    likely,
    usage: null,
    multiplier: null,
  } as const
}

/** The ending of a call that failed after `textLength` characters of the answer had arrived. */
export const failed = (reserved: Reserved, failure: Failure, textLength: number): Ending => ({
  outcome: textLength > 0 ? 'cut' : 'failed',
  failure: failure.reason,
  ...(failure.charged === 'nothing'
    ? ({ certainty: 'exact', settled: zero, likely: null, usage: null, multiplier: null } as const)
    : brokenCost(reserved, failure.usage, textLength)),
  tier: null,
  region: null,
  providerRequestId: failure.providerRequestId ?? null,
})
