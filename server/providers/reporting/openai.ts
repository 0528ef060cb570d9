import OpenAI from 'openai'
import { z } from 'zod'
import { pico } from '../../../shared/money.ts'
import { noUsage } from '../../../shared/providers.ts'
import type { OpenedKey } from '../../domain/provider.ts'
import type {
  ReportedAmount,
  ReportedKey,
  ReportedMinute,
  Reporting,
} from '../../domain/statements/reporting.ts'
import { errors } from '../openai.ts'
import type { Patience } from '../patience.ts'
import type { Parts } from '../stream.ts'
import { askFor, everyPage, type Next, nextPage } from './asking.ts'

const DAY_MS = 86_400_000
const MINUTES_OF_A_DAY = 1_440
const MOST_LISTED = 100
/** $0.000001: OpenAI writes dollars as floating numbers. */
const TOLERANCE = pico(1_000_000n)

/** A client for reports alone: it has no key that could draft. */
const clientFor = ({ secret, baseAddress }: OpenedKey, watch: Patience, totalMs: number): OpenAI =>
  new OpenAI({
    apiKey: null,
    adminAPIKey: secret,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseAddress,
    fetch: watch.fetch,
    fetchOptions: { redirect: 'error' },
    maxRetries: 0,
    timeout: totalMs,
    logLevel: 'off',
  })

const KeyId = z.string().min(1).max(200)
const Count = z.int().min(0)

const pageOf = <Result extends z.ZodType>(result: Result) =>
  z.object({
    data: z.array(z.object({ start_time: z.int(), results: z.array(result) })),
    has_more: z.boolean(),
    next_page: z.string().nullish(),
  })

const UsagePage = pageOf(
  z.object({
    api_key_id: KeyId.nullish(),
    model: z.string().max(200).nullish(),
    input_tokens: Count,
    input_cached_tokens: Count.nullish(),
    input_cache_write_tokens: Count.nullish(),
    output_tokens: Count,
    num_model_requests: z.int(),
  }),
)

const CostPage = pageOf(
  z.object({
    api_key_id: KeyId.nullish(),
    line_item: z.string().max(300).nullish(),
    amount: z.object({ value: z.number(), currency: z.literal('usd') }),
  }),
)

const ProjectPage = z.object({
  data: z.array(z.object({ id: KeyId })),
  has_more: z.boolean(),
  last_id: z.string().nullish(),
})

const KeyPage = z.object({
  data: z.array(
    z.object({
      id: KeyId,
      name: z.string().max(200).nullish(),
      redacted_value: z.string().max(200).nullish(),
    }),
  ),
  has_more: z.boolean(),
  last_id: z.string().nullish(),
})

const projectsOf = (client: OpenAI, { signal }: Patience): Promise<readonly string[] | undefined> =>
  everyPage(async (after) => {
    const query = { limit: MOST_LISTED, ...(after === undefined ? {} : { after }) }
    const page = ProjectPage.safeParse(await client.admin.organization.projects.list(query, { signal }))
    return page.success
      ? { items: page.data.data.map(({ id }) => id), next: nextPage(page.data.has_more, page.data.last_id) }
      : undefined
  })

const keysOf = (client: OpenAI, { signal }: Patience, project: string) =>
  everyPage(async (after) => {
    const query = { limit: MOST_LISTED, ...(after === undefined ? {} : { after }) }
    const { apiKeys } = client.admin.organization.projects
    const page = KeyPage.safeParse(await apiKeys.list(project, query, { signal }))
    if (!page.success) return undefined
    const items = page.data.data.map(
      ({ id, name, redacted_value }): ReportedKey => ({
        id,
        name: name ?? null,
        hint: redacted_value ?? null,
      }),
    )
    return { items, next: nextPage(page.data.has_more, page.data.last_id) }
  })

const everyKey = async (client: OpenAI, watch: Patience): Promise<readonly ReportedKey[] | undefined> => {
  const projects = await projectsOf(client, watch)
  if (projects === undefined) return undefined
  const found: ReportedKey[] = []
  for (const project of projects) {
    const keys = await keysOf(client, watch, project)
    if (keys === undefined) return undefined
    found.push(...keys)
  }
  return found
}

type Range = { readonly from: number; readonly providerKeyIds: readonly string[] }

const rangeOf = ({ from, providerKeyIds }: Range) => ({
  start_time: from / 1_000,
  end_time: (from + DAY_MS) / 1_000,
  api_key_ids: [...providerKeyIds],
})

const usageOf = (client: OpenAI, { signal }: Patience, range: Range) =>
  everyPage(async (page): Promise<{ items: ReportedMinute[]; next: Next } | undefined> => {
    const query = {
      ...rangeOf(range),
      bucket_width: '1m' as const,
      group_by: ['api_key_id' as const, 'model' as const],
      limit: MINUTES_OF_A_DAY,
      ...(page === undefined ? {} : { page }),
    }
    const answer = await client.admin.organization.usage.completions(query, { signal })
    const parsed = UsagePage.safeParse(answer)
    if (!parsed.success) return undefined
    const items = parsed.data.data.flatMap(({ start_time, results }) =>
      results.flatMap((result): ReportedMinute[] => {
        const { api_key_id: providerKeyId, model } = result
        if (!providerKeyId || !model) return []
        const [cacheRead, cacheWrite30m] = [
          result.input_cached_tokens ?? 0,
          result.input_cache_write_tokens ?? 0,
        ]
        const freshInput = result.input_tokens - cacheRead - cacheWrite30m
        const usage = { ...noUsage, freshInput, cacheRead, cacheWrite30m, output: result.output_tokens }
        return [{ providerKeyId, model, at: start_time * 1_000, requests: result.num_model_requests, usage }]
      }),
    )
    return { items, next: nextPage(parsed.data.has_more, parsed.data.next_page) }
  })

const PICODOLLARS_OF_A_DOLLAR = 1e12

/** The model of a line such as `gpt-6-astra, input_tokens`. */
const modelOf = (line: string): string => line.slice(0, Math.max(0, line.lastIndexOf(', ')))

const costsOf = (client: OpenAI, { signal }: Patience, range: Range) =>
  everyPage(async (page): Promise<{ items: ReportedAmount[]; next: Next } | undefined> => {
    const query = {
      ...rangeOf(range),
      bucket_width: '1d' as const,
      group_by: ['api_key_id' as const, 'line_item' as const],
      ...(page === undefined ? {} : { page }),
    }
    const parsed = CostPage.safeParse(await client.admin.organization.usage.costs(query, { signal }))
    if (!parsed.success) return undefined
    const items = parsed.data.data.flatMap(({ start_time, results }) =>
      results.flatMap(({ api_key_id: providerKeyId, line_item, amount }): ReportedAmount[] => {
        const model = modelOf(line_item ?? '')
        if (!providerKeyId || model === '') return []
        const dollars = BigInt(Math.round(amount.value * PICODOLLARS_OF_A_DOLLAR))
        return [{ providerKeyId, model, at: start_time * 1_000, amount: pico(dollars) }]
      }),
    )
    return { items, next: nextPage(parsed.data.has_more, parsed.data.next_page) }
  })

/** OpenAI's usage and costs of an organization, by its Admin key. */
export const openaiReporting = (parts: Parts): Reporting => {
  const client = (key: OpenedKey, watch: Patience): OpenAI => clientFor(key, watch, parts.totalMs)
  return {
    name: 'openai',
    tolerance: TOLERANCE,
    keys: (key, signal) =>
      askFor(errors, parts, { key, signal }, (watch) => everyKey(client(key, watch), watch)),
    day: (key, { startsAt, providerKeyIds }, signal) =>
      askFor(errors, parts, { key, signal }, async (watch) => {
        const range = { from: startsAt, providerKeyIds }
        const asked = client(key, watch)
        const minutes = await usageOf(asked, watch, range)
        const amounts = await costsOf(asked, watch, range)
        return minutes === undefined || amounts === undefined ? undefined : { minutes, amounts }
      }),
  }
}
