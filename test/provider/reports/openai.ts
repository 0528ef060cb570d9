import { z } from 'zod'
import type { Costs } from '../money/books.ts'
import { openaiError } from '../openai/refusals.ts'
import type { Refused } from '../refusals.ts'
import { costOf, type Group, grouped, listIn, pageOf, tokensOf, type Wish, widths } from './grouping.ts'
import type { Organization } from './organization.ts'

const PROJECT = 'proj_simulated'

const Query = z.object({
  start_time: z.coerce.number().int().min(0),
  end_time: z.coerce.number().int().optional(),
  bucket_width: z.enum(['1m', '1h', '1d']).default('1d'),
  limit: z.coerce.number().int().min(1).optional(),
  page: z.string().optional(),
})

const UsageGroups = z.array(z.enum(['api_key_id', 'model', 'project_id']))
const CostGroups = z.array(z.enum(['api_key_id', 'line_item', 'project_id']))

/** Buckets of one page: without a limit, and at most. */
const pageSizes = { '1m': [60, 1_440], '1h': [24, 168], '1d': [7, 31] } as const
const COST_PAGE = [7, 180] as const

const refuse = (message: string, param: string | null = null): Refused =>
  openaiError(400, 'invalid_request_error', null, message, param)

type Understood = {
  readonly wish: Wish
  readonly widthMs: number
  readonly limit: number
  readonly page: string | null
}

const understand = (
  query: URLSearchParams,
  now: number,
  { groups, sizes }: { groups: z.ZodType<readonly string[]>; sizes?: readonly [number, number] },
): (Understood & { readonly groupBy: readonly string[] }) | Refused => {
  const parsed = Query.safeParse(Object.fromEntries(query))
  const groupBy = groups.safeParse(listIn(query, 'group_by') ?? [])
  if (!parsed.success) return refuse(`Invalid '${parsed.error.issues[0]?.path.join('.')}'.`)
  if (!groupBy.success) return refuse("Invalid 'group_by'.", 'group_by')
  const { start_time, end_time, bucket_width, page = null } = parsed.data
  const [usual, most] = sizes ?? pageSizes[bucket_width]
  const limit = parsed.data.limit ?? usual
  if (limit > most) return refuse(`Invalid 'limit': integer above maximum value ${most}.`, 'limit')
  const widthMs = widths[bucket_width]
  const from = start_time * 1_000 - ((start_time * 1_000) % widthMs)
  const to = end_time === undefined ? now : end_time * 1_000
  const [byKey, byModel] = [groupBy.data.includes('api_key_id'), groupBy.data.includes('model')]
  const keyIds = listIn(query, 'api_key_ids')
  return { wish: { from, to, widthMs, byKey, byModel, keyIds }, widthMs, limit, page, groupBy: groupBy.data }
}

const usageResult = (group: Group) => {
  const count = (kind: Parameters<typeof tokensOf>[1]) => tokensOf(group, kind)
  const [fresh, cached, written] = [count('freshInput'), count('cacheRead'), count('cacheWrite30m')]
  return {
    object: 'organization.usage.completions.result',
    input_tokens: fresh + cached + written,
    input_uncached_tokens: fresh,
    input_cached_tokens: cached,
    input_cache_write_tokens: written,
    input_cache_write_30m_tokens: written,
    input_cache_write_12h_tokens: 0,
    output_tokens: count('output') + count('reasoning'),
    input_audio_tokens: 0,
    output_audio_tokens: 0,
    num_model_requests: group.calls.length,
    project_id: null,
    user_id: null,
    api_key_id: group.keyId,
    model: group.model,
    batch: null,
    service_tier: null,
    api_source: null,
  }
}

const PICODOLLARS_OF_A_DOLLAR = 1e12

const lineItems: readonly (readonly [string, keyof Costs])[] = [
  ['input_tokens', 'freshInput'],
  ['cached_input_tokens', 'cacheRead'],
  ['cache_write_tokens', 'cacheWrite30m'],
  ['output_tokens', 'output'],
]

const costResult = (keyId: string | null, lineItem: string | null, picodollars: bigint) => ({
  object: 'organization.costs.result',
  amount: { value: Number(picodollars) / PICODOLLARS_OF_A_DOLLAR, currency: 'usd' },
  line_item: lineItem,
  project_id: null,
  api_key_id: keyId,
  user_id: null,
  api_source: null,
})

const costResults = (group: Group, byLine: boolean) => {
  const lines = lineItems
    .map(([kind, bucket]) => [`${group.model}, ${kind}`, costOf(group, bucket)] as const)
    .filter(([, amount]) => amount > 0n)
  if (byLine) return lines.map(([line, amount]) => costResult(group.keyId, line, amount))
  return [
    costResult(
      group.keyId,
      null,
      lines.reduce((sum, [, amount]) => sum + amount, 0n),
    ),
  ]
}

/** Every bucket of the range, also those in which nothing was. */
const bucketsOf = (
  { wish, widthMs }: Understood,
  groups: readonly Group[],
  results: (group: Group) => readonly unknown[],
): readonly unknown[] => {
  const byBucket = Map.groupBy(groups, ({ at }) => at)
  const count = Math.max(0, Math.ceil((wish.to - wish.from) / widthMs))
  return Array.from({ length: count }, (_, index) => {
    const at = wish.from + index * widthMs
    return {
      object: 'bucket',
      start_time: at / 1_000,
      end_time: (at + widthMs) / 1_000,
      results: (byBucket.get(at) ?? []).flatMap(results),
    }
  })
}

const paged = (asked: Understood, buckets: readonly unknown[]): Refused => {
  const page = pageOf(buckets, asked.page, asked.limit)
  if (page === undefined) return refuse("Invalid 'page'.", 'page')
  const body = { object: 'page', data: page.items, has_more: page.next !== null, next_page: page.next }
  return { status: 200, body }
}

const usageReport = ({ calls }: Organization, query: URLSearchParams, now: number): Refused => {
  const asked = understand(query, now, { groups: UsageGroups })
  if ('status' in asked) return asked
  return paged(
    asked,
    bucketsOf(asked, grouped(calls(), asked.wish), (group) => [usageResult(group)]),
  )
}

const costReport = ({ calls }: Organization, query: URLSearchParams, now: number): Refused => {
  if ((query.get('bucket_width') ?? '1d') !== '1d') return refuse("Invalid 'bucket_width'.", 'bucket_width')
  const asked = understand(query, now, { groups: CostGroups, sizes: COST_PAGE })
  if ('status' in asked) return asked
  const byLine = asked.groupBy.includes('line_item')
  const groups = grouped(calls(), { ...asked.wish, byModel: byLine })
  return paged(
    asked,
    bucketsOf(asked, groups, (group) => costResults(group, byLine)),
  )
}

const listOf = (data: readonly { readonly id: string }[], query: URLSearchParams): Refused => {
  const limit = Math.min(Number(query.get('limit') ?? 20) || 20, 100)
  const after = data.findIndex(({ id }) => id === query.get('after')) + 1
  const page = data.slice(after, after + limit)
  const [first_id, last_id] = [page[0]?.id ?? null, page.at(-1)?.id ?? null]
  return {
    status: 200,
    body: { object: 'list', data: page, first_id, last_id, has_more: after + limit < data.length },
  }
}

const keysOf = ({ keys }: Organization, query: URLSearchParams): Refused =>
  listOf(
    keys().map(({ id, hint, createdAt }) => ({
      id,
      object: 'organization.project.api_key',
      name: `Key ${hint.slice(-4)}`,
      redacted_value: hint,
      created_at: Math.floor(createdAt / 1_000),
      last_used_at: null,
      expires_at: null,
      owner: { type: 'user' },
      owner_project_access: 'active',
    })),
    query,
  )

const projects = [
  {
    id: PROJECT,
    object: 'organization.project',
    name: 'Simulated',
    created_at: 1_735_689_600,
    archived_at: null,
    status: 'active',
  },
]

/** OpenAI's reports of an organization; undefined for a path that is none of them. */
export const openaiReports =
  (organization: Organization, now: () => number) =>
  (path: string, query: URLSearchParams): Refused | undefined => {
    if (path === '/v1/organization/usage/completions') return usageReport(organization, query, now())
    if (path === '/v1/organization/costs') return costReport(organization, query, now())
    if (path === '/v1/organization/projects') return listOf(projects, query)
    return path === `/v1/organization/projects/${PROJECT}/api_keys` ? keysOf(organization, query) : undefined
  }
