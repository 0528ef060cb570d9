import type Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import { type Picodollars, pico, zero } from '../../../shared/money.ts'
import { noUsage } from '../../../shared/providers.ts'
import type { OpenedKey } from '../../domain/provider.ts'
import type {
  ReportedAmount,
  ReportedKey,
  ReportedMinute,
  Reporting,
} from '../../domain/statements/reporting.ts'
import { clientFor, errors } from '../anthropic.ts'
import type { Patience } from '../patience.ts'
import type { Parts } from '../stream.ts'
import { askFor, everyPage, nextPage } from './asking.ts'

const DAY_MS = 86_400_000
const MONTH_MS = 30 * DAY_MS
const BETA = { 'anthropic-beta': 'analytics-usage-cost-2026-08-24' }
const MOST_ROWS = 1_000

const KeyId = z.string().min(1).max(200)
const Count = z.int().min(0)
const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const Group = z.object({ api_key_id: KeyId.nullable(), model: z.string().max(200).nullable() })
const Cursor = { has_more: z.boolean(), next_page: z.string().nullable() }

const UsagePage = z.object({
  ...Cursor,
  data: z.array(
    z.object({
      starting_at: Instant,
      group: Group,
      usage: z.object({
        uncached_input_tokens: Count,
        cache_read_input_tokens: Count,
        output_tokens: Count,
        requests: z.int().nullable(),
        cache_creation: z.object({
          ephemeral_5m_input_tokens: Count,
          ephemeral_1h_input_tokens: Count,
        }),
      }),
    }),
  ),
})
type UsageRow = z.infer<typeof UsagePage>['data'][number]

/** "123.45" is $1.2345: a cent is 10^10 picodollars, so ten decimals are exact. More than that is no amount. */
const Cents = z
  .string()
  .regex(/^-?\d{1,12}(\.\d{1,10}0*)?$/)
  .transform((text): Picodollars => {
    const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
    const amount = BigInt(whole + fraction.slice(0, 10).padEnd(10, '0'))
    return pico(text.startsWith('-') ? -amount : amount)
  })

const CostPage = z.object({
  ...Cursor,
  data: z.array(
    z.object({
      starting_at: Instant,
      group: Group,
      cost: z.object({ list_amount: Cents, currency: z.literal('USD') }),
    }),
  ),
})

const KeyPage = z.object({
  data: z.array(
    z.object({
      id: KeyId,
      name: z.string().max(200).nullish(),
      partial_key_hint: z.string().max(200).nullish(),
    }),
  ),
  has_more: z.boolean(),
  last_id: KeyId.nullish(),
})

const instant = (ms: number): string => new Date(ms).toISOString()

/** A day by key and model, in buckets of one width. */
const rangeOf = (from: number, to: number, providerKeyIds: readonly string[] | undefined) => ({
  starting_at: instant(from),
  ending_at: instant(to),
  group_by: ['api_key_id', 'model'],
  limit: MOST_ROWS,
  ...(providerKeyIds === undefined ? {} : { api_key_ids: [...providerKeyIds] }),
})

const minuteOf = ({ starting_at, group, usage }: UsageRow): readonly ReportedMinute[] => {
  if (group.api_key_id === null || group.model === null) return []
  return [
    {
      providerKeyId: group.api_key_id,
      model: group.model,
      at: starting_at,
      requests: usage.requests ?? 0,
      usage: {
        ...noUsage,
        freshInput: usage.uncached_input_tokens,
        cacheRead: usage.cache_read_input_tokens,
        cacheWrite5m: usage.cache_creation.ephemeral_5m_input_tokens,
        cacheWrite1h: usage.cache_creation.ephemeral_1h_input_tokens,
        output: usage.output_tokens,
      },
    },
  ]
}

const pagesOf = <Row>(
  client: Anthropic,
  { signal }: Patience,
  {
    report,
    query,
    schema,
  }: {
    readonly report: 'usage' | 'cost'
    readonly query: Readonly<Record<string, unknown>>
    readonly schema: z.ZodType<{
      readonly data: Row[]
      readonly has_more: boolean
      readonly next_page: string | null
    }>
  },
): Promise<readonly Row[] | undefined> =>
  everyPage(async (page) => {
    const path = `/v1/organizations/analytics/${report}`
    const asked = { ...query, ...(page === undefined ? {} : { page }) }
    const parsed = schema.safeParse(await client.get<unknown>(path, { query: asked, headers: BETA, signal }))
    if (!parsed.success) return undefined
    return { items: parsed.data.data, next: nextPage(parsed.data.has_more, parsed.data.next_page) }
  })

const listedKeys = (client: Anthropic, { signal }: Patience): Promise<readonly ReportedKey[] | undefined> =>
  everyPage(async (after_id) => {
    const query = { limit: MOST_ROWS, ...(after_id === undefined ? {} : { after_id }) }
    const page = KeyPage.safeParse(await client.get<unknown>('/v1/organizations/api_keys', { query, signal }))
    if (!page.success) return undefined
    const items = page.data.data.map(({ id, name, partial_key_hint }) => ({
      id,
      name: name ?? null,
      hint: partial_key_hint ?? null,
    }))
    return { items, next: nextPage(page.data.has_more, page.data.last_id) }
  })

const usedKeys = async (client: Anthropic, watch: Patience, now: number) => {
  const query = { ...rangeOf(now - MONTH_MS, now, undefined), group_by: ['api_key_id'] }
  const rows = await pagesOf(client, watch, { report: 'usage', query, schema: UsagePage })
  const ids = new Set(rows?.flatMap(({ group }) => group.api_key_id ?? []))
  return rows && [...ids].map((id): ReportedKey => ({ id, name: null, hint: null }))
}

type ReportingParts = Parts & { readonly now: () => number }

/** Anthropic's usage and cost analytics. A key with `read:analytics` alone may not list the organization's keys. */
export const anthropicReporting = (parts: ReportingParts): Reporting => {
  const client = (key: OpenedKey, watch: Patience): Anthropic => clientFor(key, watch, parts.totalMs)
  return {
    name: 'anthropic',
    tolerance: zero,
    keys: async (key, signal) => {
      const listed = await askFor(errors, parts, { key, signal }, (watch) =>
        listedKeys(client(key, watch), watch),
      )
      if (!('failure' in listed) || listed.failure.reason !== 'not-permitted') return listed
      const used = (watch: Patience) => usedKeys(client(key, watch), watch, parts.now())
      return askFor(errors, parts, { key, signal }, used)
    },
    day: (key, { startsAt, providerKeyIds }, signal) =>
      askFor(errors, parts, { key, signal }, async (watch) => {
        const range = rangeOf(startsAt, startsAt + DAY_MS, providerKeyIds)
        const [usage, cost] = [
          { ...range, time_bucket_width: '1m' },
          { ...range, time_bucket_width: '1d' },
        ]
        const asked = client(key, watch)
        const minutes = await pagesOf(asked, watch, { report: 'usage', query: usage, schema: UsagePage })
        const amounts = await pagesOf(asked, watch, { report: 'cost', query: cost, schema: CostPage })
        if (minutes === undefined || amounts === undefined) return undefined
        return {
          minutes: minutes.flatMap(minuteOf),
          amounts: amounts.flatMap(({ starting_at, group, cost: { list_amount } }): ReportedAmount[] =>
            group.api_key_id === null || group.model === null
              ? []
              : [
                  {
                    providerKeyId: group.api_key_id,
                    model: group.model,
                    at: starting_at,
                    amount: list_amount,
                  },
                ],
          ),
        }
      }),
  }
}
