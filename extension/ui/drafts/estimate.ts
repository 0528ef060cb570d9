import { type Picodollars, pico } from '../../../shared/money.ts'
import type { Drafting } from '../../../shared/status.ts'

/** Characters per token of alphabetic scripts; published rules of thumb say about four, so this errs to the dear side. */
const CHARACTERS_PER_TOKEN = 3.5
/** What a support reply of some 150 words takes. */
const USUAL_REPLY_TOKENS = 220
const PER_MILLION = 1_000_000n
const SIGNIFICANT_DIGITS = 2

/** Scripts in which a character is about a token of its own. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/gu

const tokensOf = (text: string): number => {
  const own = text.match(dense)?.length ?? 0
  return own + Math.ceil((text.length - own) / CHARACTERS_PER_TOKEN)
}

const roundUp = (amount: bigint): bigint => {
  const unit = 10n ** BigInt(Math.max(0, amount.toString().length - SIGNIFICANT_DIGITS))
  return ((amount + unit - 1n) / unit) * unit
}

type Estimate = {
  readonly amount: Picodollars
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What a draft would probably cost, rounded up to two digits. Only for reading: the vault reserves its own upper bound. */
export const estimateOf = (drafting: Drafting, texts: readonly string[]): Estimate => {
  const inputTokens = drafting.overheadTokens + texts.reduce((total, text) => total + tokensOf(text), 0)
  const outputTokens = Math.min(drafting.outputLimit, USUAL_REPLY_TOKENS)
  const { input, output } = drafting.perMillion
  const exact = (BigInt(inputTokens) * input + BigInt(outputTokens) * output) / PER_MILLION
  return { amount: pico(roundUp(exact)), inputTokens, outputTokens }
}
