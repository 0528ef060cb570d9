import { z } from 'zod'
import { noUsage, type Usage } from '../../shared/providers.ts'
import type { RawUsage } from '../../shared/receipts.ts'
import { inputTokens, outputTokens } from '../domain/prices/cost.ts'
import type { Doubt } from '../domain/provider.ts'

const Group = z.record(z.string(), z.unknown())

/** The numbers of what a schema has let through, named by their place, such as `input_tokens_details.cached_tokens`; never any text. */
export const numbersIn = (told: unknown, place = ''): RawUsage => {
  if (typeof told === 'number') return { [place]: told }
  const group = Group.safeParse(told)
  if (!group.success) return {}
  const named = Object.entries(group.data).map(([name, value]) =>
    numbersIn(value, place === '' ? name : `${place}.${name}`),
  )
  return Object.assign({}, ...named)
}

/** The doubt that two readings of the same counts leave: by kind, and by the provider's own totals. Undefined when they agree. */
export const contradiction = (byKind: Usage, byTotals: Usage): Doubt | undefined => {
  for (const [of, count] of [
    ['input', inputTokens],
    ['output', outputTokens],
  ] as const) {
    const flaw = { of, counted: count(byKind), told: count(byTotals) }
    if (flaw.counted !== flaw.told) return { flaw, otherwise: byTotals }
  }
  return undefined
}

/** The doubt of a total over input and output that is not their sum; what is missing of it is read as output, the dearest kind. */
const totalContradiction = (usage: Usage, told: number): Doubt | undefined => {
  const counted = inputTokens(usage) + outputTokens(usage)
  if (counted === told) return undefined
  const output = usage.output + Math.max(0, told - counted)
  return { flaw: { of: 'total', counted, told }, otherwise: { ...usage, output } }
}

/** Counts of which some are parts of others: what was read from the cache and written to it within the input, and reasoning within the output. */
type Nested = {
  readonly input: number
  readonly cacheRead: number
  readonly cacheWrite30m: number
  readonly output: number
  readonly reasoning: number
  /** Of input and output together, where the provider tells it. */
  readonly total: number | null | undefined
}

/** Nested counts as ours, which are disjoint. Parts that are more than their whole leave two readings: the parts, or the whole without them. */
export const disjoint = ({ total, ...told }: Nested): { usage: Usage; doubt: Doubt | undefined } => {
  const { cacheRead, cacheWrite30m, reasoning } = told
  const fresh = told.input - cacheRead - cacheWrite30m
  const visible = told.output - reasoning
  const input = { ...noUsage, freshInput: Math.max(0, fresh), cacheRead, cacheWrite30m }
  const usage = { ...input, output: Math.max(0, visible), reasoning }
  const otherwise = {
    ...(fresh < 0 ? { ...noUsage, freshInput: told.input } : input),
    ...(visible < 0 ? { output: told.output, reasoning: 0 } : { output: visible, reasoning }),
  }
  const sum = total ?? told.input + told.output
  return { usage, doubt: contradiction(usage, otherwise) ?? totalContradiction(usage, sum) }
}
