import type { Preset } from '../../../shared/keys.ts'
import type { Picodollars } from '../../../shared/money.ts'
import { dearest } from '../prices/prices.ts'

/** A model that may become a preset. `cost`: of a usual draft. `rank`: among those that suit support drafts, 1 first; undefined for the others. */
export type Candidate = {
  readonly id: string
  readonly cost: Picodollars
  readonly rank: number | undefined
}

/** Models that cost at least this share of the dearest are its provider's strongest: prices are its own word on that. */
const STRONGEST_HUNDREDTHS = 75n

const cheapestOf = (models: readonly Candidate[]): Candidate | undefined =>
  models.reduce<Candidate | undefined>(
    (least, one) => (least && least.cost <= one.cost ? least : one),
    undefined,
  )

/** Of the strongest models that suit support drafts, the one that suits them best; where none is known to, of all. */
const bestOf = (models: readonly Candidate[]): Candidate | undefined => {
  const suiting = models.filter(({ rank }) => rank !== undefined)
  const judged = suiting.length === 0 ? models : suiting
  const most = dearest(judged.map(({ cost }) => cost))
  return judged.find(({ cost }) => cost * 100n >= most * STRONGEST_HUNDREDTHS)
}

/** Which presets each model is, by id. `models` are those that stay and have a price, the default choice first and others as they suit. */
export const presetsOf = (models: readonly Candidate[]): ((id: string) => Preset[]) => {
  const chosen: readonly (readonly [Preset, Candidate | undefined])[] = [
    ['cheap', cheapestOf(models)],
    ['balanced', models[0]],
    ['best', bestOf(models)],
  ]
  return (id) => chosen.filter(([, model]) => model?.id === id).map(([preset]) => preset)
}
