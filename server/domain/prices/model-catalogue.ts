import { anthropicModels } from './model-catalogue/anthropic.ts'
import { bedrockModels } from './model-catalogue/bedrock.ts'
import { openaiModels } from './model-catalogue/openai.ts'
import type { ModelProfile } from './models.ts'

/** Every model that we can price, by provider. A model that is not here is refused as unpriced. */
export const catalogue: readonly ModelProfile[] = [...anthropicModels, ...openaiModels, ...bedrockModels]
