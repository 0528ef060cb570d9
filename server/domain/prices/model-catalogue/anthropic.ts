import type { ModelProfile } from '../models.ts'
import { type Listed, type RatedEntry, ratesOf } from '../prices.ts'

const PRICE_PAGE = 'platform.claude.com/docs/en/about-claude/pricing'
/** Projects that read the price page after its stored copies were made. */
const PAGE_READERS = 'Anthropic’s price page, as read by claudit v1.9.2 and PromptFuel v1.0.23'
const day = (text: string): number => Date.parse(`${text}T00:00:00Z`)

const entry = (
  model: string,
  validFrom: string,
  listed: Listed,
  options: { readonly source?: string; readonly over?: readonly [inputTokens: number, listed: Listed] } = {},
): RatedEntry => ({
  id: `anthropic/${model}@${validFrom}`,
  source: options.source ?? PRICE_PAGE,
  validFrom,
  rates: ratesOf(listed),
  long: options.over ? { overInputTokens: options.over[0], rates: ratesOf(options.over[1]) } : null,
})

const opus: Listed = { input: '5', cacheRead: '0.50', write5m: '6.25', write1h: '10', output: '25' }
const opus55: Listed = { input: '4', cacheRead: '0.20', write5m: '5', write1h: '8', output: '20' }
const sonnet4: Listed = { input: '3', cacheRead: '0.30', write5m: '3.75', write1h: '6', output: '15' }
const sonnet5: Listed = { input: '2', cacheRead: '0.20', write5m: '2.50', write1h: '4', output: '10' }
const haiku45: Listed = { input: '1', cacheRead: '0.10', write5m: '1.25', write1h: '2', output: '5' }
const haiku55: Listed = {
  input: '0.10',
  cacheRead: '0.01',
  write5m: '0.125',
  write1h: '0.20',
  output: '0.50',
}
const haiku55Long: Listed = {
  input: '0.50',
  cacheRead: '0.05',
  write5m: '0.625',
  write1h: '1',
  output: '2.50',
}
const fable51: Listed = { input: '10', cacheRead: '0.25', write5m: '12.50', write1h: '20', output: '50' }

type Shared = Pick<
  ModelProfile,
  | 'provider'
  | 'contextTokens'
  | 'outputTokens'
  | 'minCacheable'
  | 'tokenizer'
  | 'reasoning'
  | 'draftOutputTokens'
  | 'retiresAt'
  | 'geoMultiplier'
  | 'draftRank'
>

/** Claude 4.5: thinking is off unless asked for; no choice of region. */
const before46: Shared = {
  provider: 'anthropic',
  contextTokens: 200_000,
  outputTokens: 64_000,
  minCacheable: 4_096,
  tokenizer: 'old',
  reasoning: 'none',
  draftOutputTokens: 1_024,
  retiresAt: undefined,
  geoMultiplier: null,
  draftRank: undefined,
}

/** Claude 4.6 to 4.8: a million tokens, thinking off unless asked for, 1.1 times in the region `us`. */
const before5: Shared = {
  ...before46,
  contextTokens: 1_000_000,
  outputTokens: 128_000,
  minCacheable: 1_024,
  tokenizer: 'new',
  geoMultiplier: '1.1',
}

/** Claude 5 thinks unless told not to, and thinking is paid as output. */
const since5: Shared = { ...before5, minCacheable: undefined, reasoning: 'disable-thinking' }

/** Models that refuse to have thinking switched off: they are asked for low effort and given room. */
const alwaysThinks: Shared = { ...since5, reasoning: 'low-effort', draftOutputTokens: 4_096 }

/** Source of every figure: the provider's price page and model pages as of 2026-11-21. */
export const anthropicModels: readonly ModelProfile[] = [
  {
    ...since5,
    id: 'claude-haiku-5-5',
    aliases: [],
    name: 'Claude Haiku 5.5',
    draftRank: 1,
    prices: [
      entry('claude-haiku-5-5', '2026-10-07', haiku55, {
        source: PAGE_READERS,
        over: [100_000, haiku55Long],
      }),
    ],
  },
  {
    ...before46,
    id: 'claude-haiku-4-5-20251001',
    aliases: ['claude-haiku-4-5'],
    name: 'Claude Haiku 4.5',
    draftRank: 2,
    prices: [entry('claude-haiku-4-5-20251001', '2025-10-15', haiku45)],
  },
  {
    ...alwaysThinks,
    id: 'claude-sonnet-5-5',
    aliases: [],
    name: 'Claude Sonnet 5.5',
    draftRank: 4,
    prices: [
      entry('claude-sonnet-5-5', '2026-10-07', { ...sonnet5, cacheRead: '0.10' }, { source: PAGE_READERS }),
      entry('claude-sonnet-5-5', '2026-09-23', sonnet5, { source: PAGE_READERS }),
    ],
  },
  {
    ...since5,
    id: 'claude-sonnet-5',
    aliases: [],
    name: 'Claude Sonnet 5',
    draftRank: 3,
    prices: [entry('claude-sonnet-5', '2026-09-23', sonnet5)],
  },
  {
    ...before5,
    id: 'claude-sonnet-4-6',
    aliases: [],
    name: 'Claude Sonnet 4.6',
    outputTokens: 64_000,
    tokenizer: 'old',
    draftRank: 5,
    prices: [entry('claude-sonnet-4-6', '2026-03-13', sonnet4)],
  },
  {
    ...before46,
    id: 'claude-sonnet-4-5-20250929',
    aliases: ['claude-sonnet-4-5'],
    name: 'Claude Sonnet 4.5',
    minCacheable: 1_024,
    retiresAt: day('2026-11-30'),
    prices: [
      entry('claude-sonnet-4-5-20250929', '2025-09-29', sonnet4, {
        over: [200_000, { input: '6', cacheRead: '0.60', write5m: '7.50', write1h: '12', output: '22.50' }],
      }),
    ],
  },
  {
    ...alwaysThinks,
    id: 'claude-opus-5-5',
    aliases: [],
    name: 'Claude Opus 5.5',
    draftRank: 7,
    prices: [entry('claude-opus-5-5', '2026-09-22', opus55)],
  },
  {
    ...since5,
    id: 'claude-opus-5',
    aliases: [],
    name: 'Claude Opus 5',
    minCacheable: 512,
    draftRank: 8,
    prices: [entry('claude-opus-5', '2026-07-24', opus)],
  },
  {
    ...before5,
    id: 'claude-opus-4-8',
    aliases: [],
    name: 'Claude Opus 4.8',
    draftRank: 9,
    prices: [entry('claude-opus-4-8', '2026-05-28', opus)],
  },
  {
    ...before5,
    id: 'claude-opus-4-7',
    aliases: [],
    name: 'Claude Opus 4.7',
    minCacheable: 2_048,
    prices: [entry('claude-opus-4-7', '2026-09-23', opus)],
  },
  {
    ...before46,
    id: 'claude-opus-4-5-20251101',
    aliases: ['claude-opus-4-5'],
    name: 'Claude Opus 4.5',
    prices: [entry('claude-opus-4-5-20251101', '2025-11-01', opus)],
  },
  {
    ...alwaysThinks,
    id: 'claude-fable-5-1',
    aliases: [],
    name: 'Claude Fable 5.1',
    prices: [entry('claude-fable-5-1', '2026-09-23', fable51)],
  },
]
