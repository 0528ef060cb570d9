import { type KeyModel, Preset } from '../../../shared/keys.ts'

/** A model that can be chosen by what it is good for. Where there is little to choose from, one model is several presets. */
export type PresetModel = { readonly presets: readonly Preset[]; readonly model: KeyModel }

/** The models that are presets, from the cheapest to the best, each once. */
export const presetModels = (models: readonly KeyModel[]): readonly PresetModel[] => {
  const found = Preset.options.flatMap(
    (preset) => models.find(({ presets }) => presets.includes(preset)) ?? [],
  )
  return [...new Set(found)].map((model) => ({
    model,
    presets: Preset.options.filter((preset) => model.presets.includes(preset)),
  }))
}
