import { z } from 'zod'
import type { Usage } from '../../shared/providers.ts'
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
export const totalContradiction = (usage: Usage, told: number): Doubt | undefined => {
  const counted = inputTokens(usage) + outputTokens(usage)
  if (counted === told) return undefined
  const output = usage.output + Math.max(0, told - counted)
  return { flaw: { of: 'total', counted, told }, otherwise: { ...usage, output } }
}
