import { costOf as costOfTokens, type Picodollars, pico } from '../../../shared/money.ts'
import { noUsage } from '../../../shared/providers.ts'
import { costOf } from './cost.ts'
import type { ModelProfile } from './models.ts'
import { times } from './multiplier.ts'
import { dearest, dearestInput, type RatedEntry } from './prices.ts'

/** Tokens that a provider may add around each message and around a request; measured structure is below half of it. */
const TOKENS_PER_MESSAGE = 16
const TOKENS_PER_REQUEST = 64
/** Bytes, and so characters, of ordinary English per token: for what is likely, never for what is reserved. */
const LIKELY_PER_TOKEN = 4
const LIKELY_SHARE_OF_OUTPUT = 4

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

/**
 * Bytes that no published tokenizer turns into more tokens: byte-level ones need a byte per token, and some normalize
 * first (one character of NFKC can become many). For unpublished tokenizers this is an assumption.
 */
const boundingBytes = (text: string): number => Math.max(bytesOf(text), bytesOf(text.normalize('NFKC')))

/** An upper bound of the input tokens of a request with these texts in `messages` messages. */
export const inputBound = (texts: readonly string[], messages: number = texts.length): number =>
  texts.reduce(
    (total, text) => total + boundingBytes(text),
    messages * TOKENS_PER_MESSAGE + TOKENS_PER_REQUEST,
  )

/** What a text of this length probably counts, in tokens, for people; never reserve by it. */
export const likelyTokens = (length: number): number => Math.ceil(length / LIKELY_PER_TOKEN)

/**
 * The most that a request can cost: every token of input at the dearest rate it could have, the whole output limit, the long
 * tier when the bound reaches it, and the region's factor where the model has one.
 */
export const upperBound = (
  entry: RatedEntry,
  profile: ModelProfile,
  inputTokens: number,
  outputLimit: number,
): Picodollars => {
  const tiers = [entry.rates]
  if (entry.long !== null && inputTokens > entry.long.overInputTokens) tiers.push(entry.long.rates)
  const input = dearest(tiers.map(dearestInput))
  const output = dearest(tiers.flatMap((rates) => [rates.output, rates.reasoning]))
  const bound = pico(costOfTokens(inputTokens, input) + costOfTokens(outputLimit, output))
  return times(bound, profile.geoMultiplier)
}

/** The fewest tokens of output with which a draft is worth asking for: a quarter of its usual limit is a long reply to a customer. */
export const leastOutputTokens = ({ draftOutputTokens }: ModelProfile): number =>
  Math.ceil(draftOutputTokens / LIKELY_SHARE_OF_OUTPUT)

/** The largest output limit, in tokens and not above a draft's own, with which a request costs at most `amount`; 0 when none does. */
export const outputLimitWithin = (
  entry: RatedEntry,
  profile: ModelProfile,
  inputTokens: number,
  amount: Picodollars,
): number => {
  let [most, least] = [profile.draftOutputTokens, 0]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (upperBound(entry, profile, inputTokens, middle) <= amount) least = middle
    else most = middle - 1
  }
  return least
}

/**
 * What a call probably costs when its provider never says: its texts read fresh, and a quarter of the output limit written, which is
 * a long reply to a customer. It is shown beside the upper bound and never counts against a cap.
 */
export const likelyCost = (entry: RatedEntry, texts: readonly string[], outputLimit: number): Picodollars => {
  const freshInput = texts.reduce((total, text) => total + likelyTokens(bytesOf(text)), 0)
  const output = Math.ceil(outputLimit / LIKELY_SHARE_OF_OUTPUT)
  return costOf(entry, { ...noUsage, freshInput, output }, { multiplier: null }).total
}
