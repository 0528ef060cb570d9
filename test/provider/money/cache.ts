import { createHash } from 'node:crypto'
import { type Count, countTokens, type Tokenizer } from './tokens.ts'

const MINUTE = 60_000

/** A piece of a prompt, in order. `keep` marks the end of a prefix that is to be cached, and for how long. */
export type Block = { readonly text: string; readonly keep?: '5m' | '1h' | undefined }

/** How the tokens of a prompt divide. */
type Division = {
  readonly fresh: number
  readonly read: number
  readonly written5m: number
  readonly written1h: number
}

type Prefix = { readonly hash: string; readonly tokens: number; readonly keep: '5m' | '1h' | undefined }

const prefixesOf = (scope: string, blocks: readonly Block[], tokenizer: Tokenizer): readonly Prefix[] => {
  const hash = createHash('sha256').update(scope)
  let tokens = 0
  return blocks.map(({ text, keep }) => {
    hash.update(`\0${text.length}\0${text}`)
    tokens += countTokens(text, tokenizer)
    return { hash: hash.copy().digest('hex'), tokens, keep }
  })
}

const lifetime = { '5m': 5 * MINUTE, '1h': 60 * MINUTE } as const

/**
 * Anthropic's cache: prefixes that end at a marked block and reach the model's minimum. The longest living one is read, and lives anew; what
 * lies beyond it up to the marks is written, with the hour's price up to the last mark of an hour.
 */
export const markedCache = (now: () => number) => {
  const entries = new Map<string, { keep: '5m' | '1h'; until: number }>()

  const alive = ({ hash }: Prefix): boolean => (entries.get(hash)?.until ?? 0) > now()
  const last = (prefixes: readonly Prefix[]): number => prefixes.at(-1)?.tokens ?? 0

  const refresh = ({ hash }: Prefix) => {
    const entry = entries.get(hash)
    if (entry !== undefined) entry.until = now() + lifetime[entry.keep]
  }

  return {
    divide: (scope: string, blocks: readonly Block[], minimum: number, tokenizer: Tokenizer): Division => {
      const prefixes = prefixesOf(scope, blocks, tokenizer)
      const marked = prefixes.filter(({ keep, tokens }) => keep !== undefined && tokens >= minimum)
      const hits = marked.filter(alive)
      const read = last(hits)
      const hour = Math.max(read, last(marked.filter(({ keep }) => keep === '1h')))
      const end = Math.max(hour, last(marked))
      for (const hit of hits) refresh(hit)
      for (const { hash, keep, tokens } of marked) {
        if (tokens > read && keep !== undefined) entries.set(hash, { keep, until: now() + lifetime[keep] })
      }
      return { fresh: last(prefixes) - end, read, written5m: end - hour, written1h: hour - read }
    },
  }
}

const OPENAI_MINIMUM = 1_024
const OPENAI_STEP = 128

const commonLength = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length)
  let at = 0
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1
  return at
}

const stepped = (tokens: number): number => (tokens < OPENAI_MINIMUM ? 0 : tokens - (tokens % OPENAI_STEP))

/**
 * OpenAI's cache: automatic from 1,024 tokens, in steps of 128, for prompts that begin alike and name the same cache key. Models with a
 * price for writes keep a prefix 30 minutes and bill what is new in it; older ones keep it 10 minutes and bill nothing.
 */
export const automaticCache = (now: () => number) => {
  const prompts = new Map<string, { text: string; until: number }[]>()

  return {
    divide: (scope: string, text: string, billsWrites: boolean, count: Count) => {
      const living = (prompts.get(scope) ?? []).filter(({ until }) => until > now())
      const longest = Math.max(0, ...living.map((kept) => commonLength(kept.text, text)))
      const read = stepped(count(text.slice(0, longest)))
      const total = count(text)
      const written = billsWrites ? Math.max(0, stepped(total) - read) : 0
      if (stepped(total) > 0) living.push({ text, until: now() + (billsWrites ? 30 : 10) * MINUTE })
      prompts.set(scope, living)
      return { total, read: Math.min(read, stepped(total)), written }
    },
  }
}
