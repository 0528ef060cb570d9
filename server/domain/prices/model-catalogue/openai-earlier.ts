import type { ModelProfile } from '../models.ts'
import { entry, GENAI, type Generation } from './openai-entry.ts'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)
/** GPT-4: no hidden reasoning. */
const gpt4: Generation = {
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

const gpt41: Generation = { ...gpt4, contextTokens: 1_047_576, outputTokens: 32_768 }

/** The o series always reasons; it is asked for little and given room. */
const oSeries: Generation = {
  ...gpt4,
  contextTokens: 200_000,
  outputTokens: 100_000,
  reasoning: 'low-effort',
  draftOutputTokens: 4_096,
  retiresAt: day('2026-10-23'),
}

/** GPT-5 cannot switch reasoning off, but reasons minimally. */
export const gpt5: Generation = {
  ...gpt4,
  contextTokens: 400_000,
  outputTokens: 128_000,
  reasoning: 'minimal-effort',
  draftOutputTokens: 2_048,
  retiresAt: day('2026-12-11'),
}

const gpt4s: readonly ModelProfile[] = [
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
]

/** Models before GPT-5.4: each has a day on which it ends. */
export const earlierModels: readonly ModelProfile[] = [...gpt5s, ...gpt4s]
