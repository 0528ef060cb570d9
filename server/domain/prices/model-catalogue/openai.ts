import type { ModelProfile } from '../models.ts'
import { earlierModels, gpt5 } from './openai-earlier.ts'
import { entry, GENAI, type Generation } from './openai-entry.ts'

/** From GPT-5.4 on reasoning can be switched off. */
const since54: Generation = {
  ...gpt5,
  contextTokens: 1_050_000,
  reasoning: 'no-effort',
  draftOutputTokens: 1_024,
  retiresAt: undefined,
}

const gpt54s: readonly ModelProfile[] = [
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

export const openaiModels: readonly ModelProfile[] = [...gpt6s, ...gpt56s, ...gpt54s, ...earlierModels]
