import type { ModelProfile } from '../models.ts'
import { type Listed, type RatedEntry, ratesOf } from '../prices.ts'

/** What models of one generation share. */
export type Generation = Omit<ModelProfile, 'id' | 'name' | 'aliases' | 'prices'>

/** OpenAI's own table could not be read whole; these catalogues agree with each other. */
const AGREEING = 'agreement of genai-prices, models.dev, LiteLLM and llm-prices'
export const GENAI = 'genai-prices 0.1.8'
/** Above this many tokens of input the whole request costs more, from GPT-5.4 on. */
const LONG_INPUT_TOKENS = 272_000

/** A dated price of an OpenAI model; `long` is its price over the long-context threshold. */
export const entry = (
  model: string,
  validFrom: string,
  listed: Listed,
  options: { readonly source?: string; readonly long?: Listed } = {},
): RatedEntry => ({
  id: `openai/${model}@${validFrom}`,
  source: options.source ?? AGREEING,
  validFrom,
  rates: ratesOf(listed),
  long: options.long ? { overInputTokens: LONG_INPUT_TOKENS, rates: ratesOf(options.long) } : null,
})
