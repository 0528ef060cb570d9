import type { ChannelForm } from '../../../shared/channels.ts'
import type { KeyList, KeyModel } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { type ProviderKeys, placesOf } from '../../ui/keys/places.ts'

/** The models that a channel has of its own. */
export type ChannelModels = NonNullable<ChannelForm['models']>

/** A provider of which a channel can have a model of its own. */
export type Choosable = {
  readonly provider: ProviderName
  /** What it answers with where no channel says otherwise. */
  readonly usual: KeyModel
  /** Every model with a price that one of its keys may use. */
  readonly models: readonly KeyModel[]
}

const choosable = ({ provider, keys }: ProviderKeys): Choosable => {
  const priced = keys.flatMap(({ models }) => models).filter(({ price }) => price !== null)
  const models = [...new Map(priced.map((model) => [model.id, model])).values()]
  return { provider, usual: keys[0].model, models }
}

/** The connected providers with their models, who answers first first. */
export const choosableOf = (list: KeyList): readonly Choosable[] => {
  const { primary, backup, unused } = placesOf(list)
  return [primary, backup, ...unused].flatMap((group) => (group === undefined ? [] : [choosable(group)]))
}

/** The choices with one more, or with one less where `model` is null. */
export const withModel = (
  models: ChannelModels,
  provider: ProviderName,
  model: string | null,
): ChannelModels => {
  const { [provider]: _, ...others } = models
  return model === null ? others : { ...others, [provider]: model }
}
