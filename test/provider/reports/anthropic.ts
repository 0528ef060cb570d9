import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { anthropicError } from '../anthropic/refusals.ts'
import type { Costs } from '../money/books.ts'
import type { Refused } from '../refusals.ts'
import { costOf, type Group, grouped, listIn, pageOf, tokensOf, type Wish, widths } from './grouping.ts'
import type { Organization } from './organization.ts'

const BETA = 'analytics-usage-cost-2026-08-24'
const DAY_MS = 86_400_000
const LONGEST_MS = 31 * DAY_MS
const OLDEST_MS = 365 * DAY_MS
const EPOCH = Date.parse('2026-01-01T00:00:00Z')

const Query = z.object({
  starting_at: z.iso.datetime({ offset: true }),
  ending_at: z.iso.datetime({ offset: true }).optional(),
  time_bucket_width: z.enum(['1m', '1h', '1d']).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(20),
  page: z.string().optional(),
})

const GroupBy = z.array(z.enum(['api_key_id', 'model', 'token_type', 'cost_type']))

const refuse = (message: string): Refused => anthropicError(400, 'invalid_request_error', message)

type Understood = {
  readonly wish: Wish
  readonly byType: boolean
  readonly limit: number
  readonly page: string | null
}

const flawOf = (from: number, to: number, width: string | undefined, now: number): string | undefined => {
  if (from < EPOCH || from < now - OLDEST_MS) return 'starting_at: must be within the last 365 days'
  if (to <= from) return 'ending_at: must be after starting_at'
  if (to - from > (width === '1m' ? DAY_MS : LONGEST_MS)) return 'ending_at: the range is too long'
  return undefined
}

const understand = (query: URLSearchParams, now: number): Understood | Refused => {
  const parsed = Query.safeParse(Object.fromEntries(query))
  const groupBy = GroupBy.safeParse(listIn(query, 'group_by') ?? [])
  if (!parsed.success) return refuse(`${parsed.error.issues[0]?.path.join('.')}: Input should be valid`)
  if (!groupBy.success) return refuse('group_by: Input should be valid')
  const { starting_at, ending_at, time_bucket_width: width, limit, page = null } = parsed.data
  if (width !== undefined && ending_at === undefined)
    return refuse('ending_at: required with time_bucket_width')
  const from = Date.parse(starting_at)
  const to = ending_at === undefined ? Math.min(now, from + LONGEST_MS) : Date.parse(ending_at)
  const flaw = flawOf(from, to, width, now)
  if (flaw !== undefined) return refuse(flaw)
  const [byKey, byModel] = [groupBy.data.includes('api_key_id'), groupBy.data.includes('model')]
  const widthMs = width && widths[width]
  const keyIds = listIn(query, 'api_key_ids')
  return {
    wish: { from, to, widthMs, byKey, byModel, keyIds },
    byType: groupBy.data.includes('token_type'),
    limit,
    page,
  }
}

const dimensions = {
  actor: null,
  actor_type: null,
  agent_id: null,
  claude_tag_category: null,
  claude_tag_user_id: null,
  context_window: null,
  deployment_id: null,
  environment_id: null,
  inference_geo: null,
  organization_id: null,
  product: null,
  rbac_group_id: null,
  service_tier: null,
  session_id: null,
  slack_channel_id: null,
  speed: null,
  user_profile_id: null,
  workspace_id: null,
}

const instant = (ms: number): string => new Date(ms).toISOString()

const boundsOf = ({ at }: Group, { widthMs, to }: Wish) => ({
  starting_at: instant(at),
  ending_at: instant(widthMs === undefined ? to : at + widthMs),
})

const usageRow = (group: Group, wish: Wish) => {
  const count = (kind: Parameters<typeof tokensOf>[1]) => tokensOf(group, kind)
  const usage = {
    uncached_input_tokens: count('freshInput'),
    cache_creation: {
      ephemeral_1h_input_tokens: count('cacheWrite1h'),
      ephemeral_5m_input_tokens: count('cacheWrite5m'),
    },
    cache_read_input_tokens: count('cacheRead'),
    output_tokens: count('output') + count('reasoning'),
  }
  const { cache_creation: written, ...plain } = usage
  const total = [...Object.values(plain), ...Object.values(written)].reduce((sum, tokens) => sum + tokens, 0)
  return {
    ...boundsOf(group, wish),
    group: { ...dimensions, api_key_id: group.keyId, model: group.model },
    usage: {
      ...usage,
      total_tokens: total,
      requests: group.calls.length,
      server_tool_use: { web_search_requests: 0 },
    },
  }
}

const PICODOLLARS_OF_A_CENT = 10_000_000_000n

/** Cents with as many decimals as the amount has. */
const cents = (picodollars: bigint): string => {
  const fraction = (picodollars % PICODOLLARS_OF_A_CENT).toString().padStart(10, '0').replace(/0+$/, '')
  return `${picodollars / PICODOLLARS_OF_A_CENT}${fraction === '' ? '' : `.${fraction}`}`
}

const tokenTypes: readonly (readonly [string, keyof Costs])[] = [
  ['uncached_input_tokens', 'freshInput'],
  ['cache_read_input_tokens', 'cacheRead'],
  ['cache_creation.ephemeral_5m_input_tokens', 'cacheWrite5m'],
  ['cache_creation.ephemeral_1h_input_tokens', 'cacheWrite1h'],
  ['output_tokens', 'output'],
]

const costRow = (group: Group, wish: Wish, tokenType: string | null, picodollars: bigint) => ({
  ...boundsOf(group, wish),
  group: {
    ...dimensions,
    api_key_id: group.keyId,
    model: group.model,
    token_type: tokenType,
    cost_type: null,
  },
  cost: {
    amount: cents((picodollars * 9n) / 10n),
    list_amount: cents(picodollars),
    currency: 'USD',
    requests: tokenType === null ? group.calls.length : null,
  },
})

const costRows = (group: Group, wish: Wish, byType: boolean) => {
  if (!byType) {
    const total = tokenTypes.reduce((sum, [, kind]) => sum + costOf(group, kind), 0n)
    return [costRow(group, wish, null, total)]
  }
  return tokenTypes
    .map(([name, kind]) => [name, costOf(group, kind)] as const)
    .filter(([, amount]) => amount > 0n)
    .map(([name, amount]) => costRow(group, wish, name, amount))
}

/** A page counts groups; their rows by kind of token come on top. */
const reportOf = (
  { calls }: Organization,
  query: URLSearchParams,
  now: number,
  rows: (group: Group, asked: Understood) => readonly unknown[],
): Refused => {
  const asked = understand(query, now)
  if ('status' in asked) return asked
  const page = pageOf(grouped(calls(), asked.wish).toReversed(), asked.page, asked.limit)
  if (page === undefined) return refuse('page: Input should be valid')
  const data = page.items.flatMap((group) => rows(group, asked))
  return {
    status: 200,
    body: { data, has_more: page.next !== null, next_page: page.next, data_refreshed_at: instant(now) },
  }
}

const keysOf = ({ keys }: Organization, query: URLSearchParams): Refused => {
  const all = keys()
  const limit = Math.min(Number(query.get('limit') ?? 20) || 20, 1_000)
  const after = all.findIndex(({ id }) => id === query.get('after_id')) + 1
  const page = all.slice(after, after + limit)
  const data = page.map(({ id, hint, createdAt }) => ({
    id,
    type: 'api_key',
    name: `Key ${hint.slice(-4)}`,
    partial_key_hint: hint,
    created_at: instant(createdAt),
    created_by: { id: 'user_simulated', type: 'user' },
    expires_at: null,
    principal: null,
    scope: { type: 'workspace', workspace_id: 'wrkspc_simulated' },
    status: 'active',
  }))
  const body = {
    data,
    has_more: after + limit < all.length,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  }
  return { status: 200, body }
}

/** Anthropic's reports of an organization; undefined for a path that is none of them. */
export const anthropicReports =
  (organization: Organization, now: () => number) =>
  (path: string, query: URLSearchParams, headers: IncomingHttpHeaders): Refused | undefined => {
    if (path === '/v1/organizations/api_keys') return keysOf(organization, query)
    const [, report] = /^\/v1\/organizations\/analytics\/(usage|cost)$/.exec(path) ?? []
    if (report === undefined) return undefined
    if (
      !String(headers['anthropic-beta'] ?? '')
        .split(',')
        .includes(BETA)
    )
      return refuse(`anthropic-beta: ${BETA} is required`)
    return reportOf(organization, query, now(), (group, { wish, byType }) =>
      report === 'usage' ? [usageRow(group, wish)] : costRows(group, wish, byType),
    )
  }
