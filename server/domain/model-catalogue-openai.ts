import type { ModelProfile } from './models.ts'
import { type Listed, type RatedEntry, ratesOf } from './prices.ts'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)
/** OpenAI's own table could not be read whole; these catalogues agree with each other. */
const AGREEING = 'genai-prices, models.dev, litellm, simonw/llm-prices'
const GENAI = 'genai-prices 0.1.8'
/** Above this many tokens of input the whole request costs more, from GPT-5.4 on. */
const LONG_INPUT_TOKENS = 272_000

const entry = (
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

type Shared = Omit<ModelProfile, 'id' | 'name' | 'aliases' | 'prices'>

/** GPT-4: no hidden reasoning. */
const gpt4: Shared = {
  provider: 'openai',
  contextTokens: 128_000,
  outputTokens: 16_384,
  minCacheable: 1_024,
  tokenizer: 'o200k',
  reasoning: 'none',
  draftOutputTokens: 1_024,
  retiresAt: day('2027-01-14'),
  geoMultiplier: null,
  draftRank: undefined,
}

const gpt41: Shared = { ...gpt4, contextTokens: 1_047_576, outputTokens: 32_768 }

/** The o series always reasons; it is asked for little and given room. */
const oSeries: Shared = {
  ...gpt4,
  contextTokens: 200_000,
  outputTokens: 100_000,
  reasoning: 'low-effort',
  draftOutputTokens: 4_096,
  retiresAt: day('2026-10-23'),
}

/** GPT-5 cannot switch reasoning off, but reasons minimally. */
const gpt5: Shared = {
  ...gpt4,
  contextTokens: 400_000,
  outputTokens: 128_000,
  reasoning: 'minimal-effort',
  draftOutputTokens: 2_048,
  retiresAt: day('2026-12-11'),
}

/** From GPT-5.4 on reasoning can be switched off. */
const since54: Shared = {
  ...gpt5,
  contextTokens: 1_050_000,
  reasoning: 'no-effort',
  draftOutputTokens: 1_024,
  retiresAt: undefined,
}

const early: readonly ModelProfile[] = [
  {
    ...gpt4,
    id: 'gpt-4o',
    aliases: ['gpt-4o-2024-08-06', 'gpt-4o-2024-11-20'],
    name: 'GPT-4o',
    prices: [entry('gpt-4o', '2024-08-06', { input: '2.50', cacheRead: '1.25', output: '10' })],
  },
  {
    ...gpt4,
    id: 'gpt-4o-2024-05-13',
    aliases: [],
    name: 'GPT-4o (May 2024)',
    outputTokens: 4_096,
    retiresAt: day('2026-10-23'),
    prices: [entry('gpt-4o-2024-05-13', '2024-05-13', { input: '5', output: '15' }, { source: GENAI })],
  },
  {
    ...gpt4,
    id: 'gpt-4o-mini',
    aliases: ['gpt-4o-mini-2024-07-18'],
    name: 'GPT-4o mini',
    prices: [entry('gpt-4o-mini', '2024-07-18', { input: '0.15', cacheRead: '0.075', output: '0.60' })],
  },
  {
    ...gpt41,
    id: 'gpt-4.1',
    aliases: ['gpt-4.1-2025-04-14'],
    name: 'GPT-4.1',
    prices: [entry('gpt-4.1', '2025-04-14', { input: '2', cacheRead: '0.50', output: '8' })],
  },
  {
    ...gpt41,
    id: 'gpt-4.1-mini',
    aliases: ['gpt-4.1-mini-2025-04-14'],
    name: 'GPT-4.1 mini',
    prices: [entry('gpt-4.1-mini', '2025-04-14', { input: '0.40', cacheRead: '0.10', output: '1.60' })],
  },
  {
    ...gpt41,
    id: 'gpt-4.1-nano',
    aliases: ['gpt-4.1-nano-2025-04-14'],
    name: 'GPT-4.1 nano',
    retiresAt: day('2026-10-23'),
    prices: [entry('gpt-4.1-nano', '2025-04-14', { input: '0.10', cacheRead: '0.025', output: '0.40' })],
  },
  {
    ...oSeries,
    id: 'o1',
    aliases: ['o1-2024-12-17'],
    name: 'o1',
    prices: [entry('o1', '2024-12-17', { input: '15', cacheRead: '7.50', output: '60' })],
  },
  {
    ...oSeries,
    id: 'o3',
    aliases: ['o3-2025-04-16'],
    name: 'o3',
    retiresAt: day('2026-12-11'),
    prices: [
      entry('o3', '2025-06-10', { input: '2', cacheRead: '0.50', output: '8' }),
      entry('o3', '2025-04-16', { input: '10', cacheRead: '2.50', output: '40' }),
    ],
  },
  {
    ...oSeries,
    id: 'o3-mini',
    aliases: ['o3-mini-2025-01-31'],
    name: 'o3-mini',
    prices: [entry('o3-mini', '2025-01-31', { input: '1.10', cacheRead: '0.55', output: '4.40' })],
  },
  {
    ...oSeries,
    id: 'o4-mini',
    aliases: ['o4-mini-2025-04-16'],
    name: 'o4-mini',
    prices: [entry('o4-mini', '2025-04-16', { input: '1.10', cacheRead: '0.275', output: '4.40' })],
  },
]

const gpt5s: readonly ModelProfile[] = [
  {
    ...gpt5,
    id: 'gpt-5',
    aliases: ['gpt-5-2025-08-07'],
    name: 'GPT-5',
    prices: [entry('gpt-5', '2025-08-07', { input: '1.25', cacheRead: '0.125', output: '10' })],
  },
  {
    ...gpt5,
    id: 'gpt-5-mini',
    aliases: ['gpt-5-mini-2025-08-07'],
    name: 'GPT-5 mini',
    prices: [entry('gpt-5-mini', '2025-08-07', { input: '0.25', cacheRead: '0.025', output: '2' })],
  },
  {
    ...gpt5,
    id: 'gpt-5-nano',
    aliases: ['gpt-5-nano-2025-08-07'],
    name: 'GPT-5 nano',
    prices: [entry('gpt-5-nano', '2025-08-07', { input: '0.05', cacheRead: '0.005', output: '0.40' })],
  },
  {
    ...since54,
    id: 'gpt-5.4',
    aliases: ['gpt-5.4-2026-03-05'],
    name: 'GPT-5.4',
    prices: [
      entry(
        'gpt-5.4',
        '2026-03-05',
        { input: '2.50', cacheRead: '0.25', output: '15' },
        { long: { input: '5', cacheRead: '0.50', output: '22.50' } },
      ),
    ],
  },
]

/** From GPT-5.6 on a write into the cache costs 1.25 times the input. */
const gpt56s: readonly ModelProfile[] = [
  {
    ...since54,
    id: 'gpt-5.6-luna',
    aliases: [],
    name: 'GPT-5.6 luna',
    draftRank: 2,
    prices: [
      entry(
        'gpt-5.6-luna',
        '2026-07-30',
        { input: '0.20', cacheRead: '0.02', write: '0.25', output: '1.20' },
        { source: GENAI, long: { input: '0.40', cacheRead: '0.04', write: '0.50', output: '1.80' } },
      ),
      entry(
        'gpt-5.6-luna',
        '2026-07-09',
        { input: '1', cacheRead: '0.10', write: '1.25', output: '6' },
        { source: GENAI, long: { input: '2', cacheRead: '0.20', write: '2.50', output: '9' } },
      ),
    ],
  },
  {
    ...since54,
    id: 'gpt-5.6-terra',
    aliases: [],
    name: 'GPT-5.6 terra',
    draftRank: 4,
    prices: [
      entry(
        'gpt-5.6-terra',
        '2026-07-30',
        { input: '2', cacheRead: '0.20', write: '2.50', output: '12' },
        { source: GENAI, long: { input: '4', cacheRead: '0.40', write: '5', output: '18' } },
      ),
      entry(
        'gpt-5.6-terra',
        '2026-07-09',
        { input: '2.50', cacheRead: '0.25', write: '3.125', output: '15' },
        { source: GENAI, long: { input: '5', cacheRead: '0.50', write: '6.25', output: '22.50' } },
      ),
    ],
  },
  {
    ...since54,
    id: 'gpt-5.6-sol',
    aliases: ['gpt-5.6'],
    name: 'GPT-5.6 sol',
    draftRank: 5,
    prices: [
      entry(
        'gpt-5.6-sol',
        '2026-08-21',
        { input: '4', cacheRead: '0.40', write: '5', output: '20' },
        { source: GENAI, long: { input: '8', cacheRead: '0.80', write: '10', output: '30' } },
      ),
      entry(
        'gpt-5.6-sol',
        '2026-07-09',
        { input: '5', cacheRead: '0.50', write: '6.25', output: '30' },
        { source: GENAI, long: { input: '10', cacheRead: '1', write: '12.50', output: '45' } },
      ),
    ],
  },
]

const gpt6s: readonly ModelProfile[] = [
  {
    ...since54,
    id: 'gpt-6-luna',
    aliases: [],
    name: 'GPT-6 luna',
    draftRank: 1,
    prices: [
      entry(
        'gpt-6-luna',
        '2026-09-22',
        { input: '0.10', cacheRead: '0.01', write: '0.125', output: '0.50' },
        { long: { input: '0.20', cacheRead: '0.02', write: '0.25', output: '0.75' } },
      ),
    ],
  },
  {
    ...since54,
    id: 'gpt-6-sol',
    aliases: [],
    name: 'GPT-6 sol',
    draftRank: 3,
    prices: [
      entry(
        'gpt-6-sol',
        '2026-09-22',
        { input: '2', cacheRead: '0.20', write: '2.50', output: '10' },
        { long: { input: '4', cacheRead: '0.40', write: '5', output: '15' } },
      ),
    ],
  },
  {
    ...since54,
    id: 'gpt-6-astra',
    aliases: [],
    name: 'GPT-6 astra',
    draftRank: 6,
    prices: [
      entry(
        'gpt-6-astra',
        '2026-09-03',
        { input: '10', cacheRead: '1', write: '12.50', output: '50' },
        { long: { input: '20', cacheRead: '2', write: '25', output: '75' } },
      ),
    ],
  },
]

export const openaiModels: readonly ModelProfile[] = [...gpt6s, ...gpt56s, ...gpt5s, ...early]
