import type { Model } from '../money/catalogue.ts'

type Told = Pick<Model, 'id' | 'input' | 'output'> & Partial<Model>

const sold = (told: Told): Model => ({
  provider: 'compatible',
  name: told.id,
  aliases: [],
  context: 128_000,
  max_output: 32_000,
  min_cacheable: 1_024,
  tokenizer: 'old',
  history: [],
  ...told,
})

/** What the simulated endpoints offer and what that costs, in dollars per million tokens: these prices are known to nobody but them. */
export const mistralModels: readonly Model[] = [
  sold({ id: 'mistral-medium-2508', aliases: ['mistral-medium-latest'], input: 0.4, output: 2 }),
  sold({ id: 'ministral-8b-2410', input: 0.1, output: 0.1 }),
]
export const ollamaModels: readonly Model[] = [
  sold({ id: 'llama3.2:latest', input: 0, output: 0 }),
  sold({ id: 'qwen3:8b', input: 0, output: 0 }),
]
export const vllmModels: readonly Model[] = [
  sold({ id: 'Qwen/Qwen3-8B', input: 0, output: 0, context: 40_960 }),
]
export const gatewayModels: readonly Model[] = [
  sold({ id: 'house-large', input: 1, cache_read: 0.25, output: 4 }),
  sold({ id: 'house-small', input: 0.15, cache_read: 0.03, output: 0.6 }),
]
export const plainModels: readonly Model[] = [sold({ id: 'in-house-1', input: 0.2, output: 0.8 })]

/** The model that an id or alias means. */
export const modelIn = (models: readonly Model[], id: string): Model | undefined =>
  models.find((model) => model.id === id || model.aliases.includes(id))
