import type { Prompt } from '../domain/provider.ts'
import { withRoom } from './counting.ts'

/** What OpenAI adds around each message and around a request, in tokens; measured structure is below it. */
const TOKENS_PER_MESSAGE = 4
const TOKENS_PER_REQUEST = 16
const HUNDREDTHS = 102

/**
 * Merging takes time with the square of a run without a space, which somebody else's page may make as long as it likes: 120,000 Chinese
 * characters took a minute. So no piece is longer than this, in characters; what is cut for it counts a little more.
 */
const piece = /[\s\S]{1,128}(?=\s)|[\s\S]{1,128}/gu

/** Loaded when first needed: it takes 70 MB. It remembers no piece of what it counted, since these are a customer's words. */
const loaded = async () => {
  const encoding = await import('gpt-tokenizer/encoding/o200k_base')
  encoding.setMergeCacheSize(0)
  return encoding
}

/** Names of special tokens in a customer's text are text. */
const asText = { disallowedSpecial: new Set<string>() }

const letOthersWork = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Pieces between which others get their turn: some milliseconds of work. */
const PIECES_AT_ONCE = 32

/** The most input tokens of a prompt for a model that cuts text by `o200k_base`; undefined when the signal was aborted before it was counted. */
export const countO200k = async (prompt: Prompt, signal: AbortSignal): Promise<number | undefined> => {
  const { countTokens } = await loaded()
  const texts = [prompt.system, prompt.thread, prompt.ask]
  const pieces = texts.flatMap((text) => text.match(piece) ?? [])
  let counted = 0
  for (const [index, part] of pieces.entries()) {
    if (index % PIECES_AT_ONCE === 0) await letOthersWork()
    if (signal.aborted) return undefined
    counted += countTokens(part, asText)
  }
  return withRoom(counted + texts.length * TOKENS_PER_MESSAGE + TOKENS_PER_REQUEST, HUNDREDTHS, 0)
}
