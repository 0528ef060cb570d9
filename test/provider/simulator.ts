import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import { noUsage, type ProviderName, ReportingProvider, type Usage } from '../../shared/providers.ts'
import { anthropicDialect } from './anthropic/dialect.ts'
import { anthropicError } from './anthropic/refusals.ts'
import { bedrockDialect } from './bedrock/dialect.ts'
import { type Act, type Behaviour, behaviourOfKey, blocksList } from './behaviours.ts'
import { type OwnEndpoint, ownEndpoints } from './compatible/endpoints.ts'
import { type Arrived, type Asked, type Dialect, isRefused, type Manner } from './dialect.ts'
import type { BookedCall } from './money/books.ts'
import { openaiDialect } from './openai/dialect.ts'
import { openaiError } from './openai/refusals.ts'
import { type Refused, welcomePage } from './refusals.ts'
import { anthropicReports } from './reports/anthropic.ts'
import { openaiReports } from './reports/openai.ts'
import { administration, type Departures } from './reports/organization.ts'
import { inputUsage, type Performed, stream, whole, wholeUsage } from './stage.ts'

export type { Act, Behaviour } from './behaviours.ts'
export type { BookedCall } from './money/books.ts'

/** One HTTP request that arrived, whatever became of it. `leftEarly`: the caller closed before the answer was whole. */
type Arrival = {
  readonly provider: ProviderName
  readonly method: string
  readonly path: string
  readonly at: number
  status: number | undefined
  leftEarly: boolean
}

/** What to do with the next requests of a provider, one after the other; without a plan the key's name decides. */
type Plan = {
  readonly provider: ProviderName
  readonly next: readonly (Behaviour | Act)[]
  /** Which requests: for an answer (the default), for the list of models, for a count of the input, or for the organization's reports. */
  readonly of?: 'call' | 'models' | 'counts' | 'reports'
}

/** `spendElsewhere`, `reprice` and `leaveOut` make the reports depart from what a vault expects. */
export type Simulator = Departures & {
  readonly anthropicUrl: string
  readonly openaiUrl: string
  readonly bedrockUrl: string
  /** The address of an endpoint of one's own, as its provider writes it. */
  readonly compatibleUrl: (endpoint: OwnEndpoint) => string
  /** What all providers together would bill, in picodollars. */
  readonly bill: () => bigint
  readonly calls: () => readonly BookedCall[]
  readonly requests: () => readonly Readonly<Arrival>[]
  readonly plan: (plan: Plan) => void
  /** Resolves when no request is being answered, so that the books are complete. */
  readonly settled: () => Promise<void>
  readonly close: () => Promise<void>
}

type Options = { readonly port?: number; readonly now?: () => number }

const MAX_BODY_BYTES = 32 * 1_024 * 1_024

/** Tokens by which a misreporting provider is wrong about itself. */
const misreports: Partial<Record<Behaviour, number>> = { 'parts-too-many': 100, 'parts-too-few': -100 }

const mannerOf = (act: Act): Manner => ({
  usOnly: act.do === 'geo-us',
  otherTier: act.do === 'other-tier',
  tellsUsage: act.do !== 'no-usage',
  partsOver: misreports[act.do] ?? 0,
  withoutSplit: act.do === 'without-split',
  metricsOver: act.do === 'metrics-differ' ? 10 : 0,
})

const actOf = (planned: Behaviour | Act): Act => (typeof planned === 'string' ? { do: planned } : planned)

const refusalOf = ({ refusals }: Dialect, act: Act): Refused | undefined => refusals[act.do]?.(act)

/** What is told of a count: a tenth of it where it is to be too low, and no number where it is to make no sense. */
const miscount = (tokens: number, { do: behaviour }: Act): unknown => {
  if (behaviour === 'garbage') return 'many'
  return behaviour === 'count-too-low' ? Math.ceil(tokens / 10) : tokens
}

const healthy: Act = { do: 'healthy' }

/** Keys of an organization's administrators, and what keys for answers are told where only those may ask. */
const adminKeys: Record<ReportingProvider, RegExp> = {
  anthropic: /^sk-ant-admin-sim-[\w-]{8,}$/,
  openai: /^sk-admin-sim-[\w-]{8,}$/,
}
const onlyAdmins: Record<ReportingProvider, Refused> = {
  anthropic: anthropicError(403, 'permission_error', 'This endpoint requires an Admin API key.'),
  openai: openaiError(
    403,
    'invalid_request_error',
    null,
    'You have insufficient permissions for this operation. Missing scopes: api.usage.read.',
  ),
}

/** How Anthropic and OpenAI name the organization of the key that asks. */
const ORGANIZATION_HEADERS = ['anthropic-organization-id', 'openai-organization']

const Page = z.looseObject({ data: z.array(z.looseObject({ id: z.string() })) })

/** A list of models without some of them. */
const without = (listed: unknown, lacking: readonly string[]): unknown => {
  if (lacking.length === 0) return listed
  const page = Page.parse(listed)
  return { ...page, data: page.data.filter(({ id }) => !lacking.includes(id)) }
}

const isOfOrganization = (path: string): boolean => /^\/v1\/organizations?\//.test(path)

const jsonIn = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

const send = (answer: ServerResponse, { status, headers = {}, body }: Refused, requestId: string): void => {
  const object = typeof body === 'object' && body !== null ? body : undefined
  const text =
    object === undefined
      ? String(body)
      : JSON.stringify('type' in object ? { ...object, request_id: requestId } : object)
  answer.writeHead(status, { 'content-type': 'application/json', ...headers })
  answer.end(text)
}

/**
 * A stand-in for the providers on 127.0.0.1. It speaks their protocols, refuses every key but its own (`sk-ant-sim-…`, `sk-sim-…`, `ABSKsim-…`),
 * misbehaves as it is told, and keeps books of what the real ones would have billed.
 */
export const startSimulator = async ({ port = 0, now = Date.now }: Options = {}): Promise<Simulator> => {
  const dialects: Readonly<Record<string, Dialect>> = {
    anthropic: anthropicDialect(now),
    openai: openaiDialect(now),
    bedrock: bedrockDialect(now),
    ...ownEndpoints(now),
  }
  const plans: Record<string, Act[]> = {}
  const office = administration(now)
  const { booked } = office
  const reports = {
    anthropic: anthropicReports(office.organizationOf('anthropic'), now),
    openai: openaiReports(office.organizationOf('openai'), now),
  }
  const arrivals: Arrival[] = []
  const running = new Set<Promise<void>>()
  let count = 0

  const nextAct = (provider: ProviderName, of: NonNullable<Plan['of']>, key: string): Act => {
    const planned = plans[`${provider} ${of}`]?.shift()
    if (planned !== undefined) return planned
    const behaviour = behaviourOfKey(key)
    return (of === 'models' || of === 'counts') && !blocksList.has(behaviour) ? healthy : { do: behaviour }
  }

  const book = (
    dialect: Dialect,
    key: string,
    act: Act,
    id: string,
    asked: Asked | undefined,
    performed: Performed | undefined,
    sent?: unknown,
  ) => {
    const usage: Usage = performed?.usage ?? noUsage
    office.book({
      id,
      provider: dialect.provider,
      model: asked?.answering ?? '',
      key,
      sold: asked?.model,
      behaviour: act.do,
      ended: performed?.ended ?? 'refused',
      sent,
      buckets: usage,
      at: now(),
    })
  }

  const perform = async (
    dialect: Dialect,
    answer: ServerResponse,
    key: string,
    act: Act,
    id: string,
    asked: Asked,
  ) => {
    if (act.do === 'hang' || act.do === 'reset') {
      book(dialect, key, act, id, asked, {
        ended: 'cut',
        usage: act.do === 'hang' ? wholeUsage(asked, act) : inputUsage(asked),
      })
      if (act.do === 'hang') await once(answer, 'close')
      else answer.socket?.resetAndDestroy()
      return
    }
    if (act.do === 'html-200') {
      book(dialect, key, act, id, asked, { ended: 'cut', usage: wholeUsage(asked, act) })
      return send(answer, welcomePage, id)
    }
    const frames = dialect.frames(asked, id, mannerOf(act))
    const performed = asked.stream
      ? await stream(answer, asked, act, frames, id)
      : whole(answer, asked, act, frames, id)
    const told = performed.ended === 'whole' && act.do !== 'no-usage'
    book(dialect, key, act, id, asked, performed, told ? frames.usage(performed.usage) : undefined)
  }

  const call = async (
    dialect: Dialect,
    path: string,
    { headers, body }: Arrived,
    answer: ServerResponse,
    key: string,
    id: string,
  ) => {
    const act = nextAct(dialect.provider, 'call', key)
    const refused =
      body.length > MAX_BODY_BYTES ? refusalOf(dialect, { do: 'too-large' }) : refusalOf(dialect, act)
    const asked = refused ?? (await dialect.read(jsonIn(body), headers, key, path))
    if (!isRefused(asked)) return perform(dialect, answer, key, act, id, asked)
    book(dialect, key, act, id, undefined, undefined)
    send(answer, asked, id)
  }

  const estimate = async (
    dialect: Dialect,
    counting: NonNullable<Dialect['counting']>,
    { headers, body }: Arrived,
    answer: ServerResponse,
    key: string,
    id: string,
  ) => {
    const act = nextAct(dialect.provider, 'counts', key)
    if (act.do === 'hang') return
    if (act.do === 'reset') return answer.socket?.resetAndDestroy()
    if (act.do === 'html-200') return send(answer, welcomePage, id)
    const told = refusalOf(dialect, act) ?? counting.count(jsonIn(body), headers)
    if (isRefused(told)) return send(answer, told, id)
    send(answer, { status: 200, body: { input_tokens: miscount(told, act) } }, id)
  }

  const list = (
    dialect: Dialect,
    answer: ServerResponse,
    key: string,
    id: string,
    { pathname, searchParams: query }: URL,
    headers: IncomingHttpHeaders,
  ) => {
    const act = nextAct(dialect.provider, 'models', key)
    if (act.do === 'hang') return
    if (act.do === 'reset') return answer.socket?.resetAndDestroy()
    if (act.do === 'html-200') return send(answer, welcomePage, id)
    if (act.do === 'small-pages') query.set('limit', '7')
    const listed = dialect.list(query, pathname, headers)
    const body = act.do === 'garbage' ? { data: 'none' } : without(listed, act.lacking ?? [])
    send(answer, refusalOf(dialect, act) ?? { status: 200, body }, id)
  }

  const report = (
    { accepts, refusals, wrongKey, noSuchPath }: Dialect,
    provider: ReportingProvider,
    key: string,
    url: URL,
    headers: IncomingHttpHeaders,
  ): Refused => {
    const path = url.pathname
    if (!adminKeys[provider].test(key)) return accepts(key) ? onlyAdmins[provider] : wrongKey
    const act = nextAct(provider, 'reports', key)
    const applies = act.do !== 'list-forbidden' || path.endsWith('/api_keys')
    const refused = applies ? refusals[act.do]?.(act) : undefined
    return refused ?? reports[provider](path, url.searchParams, headers) ?? noSuchPath
  }

  const route = async (dialect: Dialect, url: URL, arrived: Arrived, answer: ServerResponse) => {
    const { method, headers } = arrived
    const { pathname: path } = url
    count += 1
    const id = `sim_${String(count).padStart(6, '0')}`
    answer.setHeader(dialect.requestIdHeader, `req_${id}`)
    const key = dialect.keyIn(headers)
    if (key === undefined) return send(answer, dialect.noKey, id)
    const reporting = ReportingProvider.safeParse(dialect.provider).data
    if (method === 'GET' && reporting !== undefined && isOfOrganization(path))
      return send(answer, report(dialect, reporting, key, url, headers), id)
    if (!dialect.accepts(key)) return send(answer, dialect.wrongKey, id)
    const misSigned = dialect.misSigned?.(arrived)
    if (misSigned !== undefined) return send(answer, misSigned, id)
    office.know(dialect.provider, key)
    if (dialect.provider !== 'bedrock')
      for (const header of ORGANIZATION_HEADERS) answer.setHeader(header, office.organizationIdOf(key))
    if (method === 'POST' && dialect.isCall(path)) return call(dialect, path, arrived, answer, key, id)
    if (method === 'POST' && dialect.counting?.path === path)
      return estimate(dialect, dialect.counting, arrived, answer, key, id)
    if (method === 'GET' && dialect.isList(path)) return list(dialect, answer, key, id, url, headers)
    send(answer, dialect.noSuchPath, id)
  }

  const arrive = async (request: IncomingMessage, answer: ServerResponse) => {
    const { method = '', url: target = '/', headers } = request
    const [, name = '', rest] = /^\/([a-z-]+)(\/.*)$/.exec(target) ?? []
    const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined
    if (dialect === undefined || rest === undefined) {
      answer.writeHead(404).end()
      return
    }
    const url = new URL(rest, 'http://simulator')
    const arrival: Arrival = {
      provider: dialect.provider,
      method,
      path: url.pathname,
      at: now(),
      status: undefined,
      leftEarly: false,
    }
    arrivals.push(arrival)
    answer.once('close', () => {
      arrival.status = answer.headersSent ? answer.statusCode : undefined
      arrival.leftEarly = !answer.writableFinished
    })
    const body = await buffer(request)
    await route(dialect, url, { method, path: target, headers, body }, answer)
  }

  const server = createServer((request, answer) => {
    const work: Promise<void> = arrive(request, answer)
      .catch((error: unknown) => {
        answer.destroy(error instanceof Error ? error : undefined)
      })
      .finally(() => running.delete(work))
    running.add(work)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`

  return {
    anthropicUrl: `${base}/anthropic`,
    openaiUrl: `${base}/openai/v1`,
    bedrockUrl: `${base}/bedrock`,
    compatibleUrl: (endpoint) => `${base}/${endpoint}/v1`,
    bill: () => booked.reduce((sum, { picodollars }) => sum + picodollars, 0n),
    calls: () => booked,
    requests: () => arrivals,
    spendElsewhere: office.spendElsewhere,
    reprice: office.reprice,
    leaveOut: office.leaveOut,
    plan: ({ provider, next, of = 'call' }) => {
      plans[`${provider} ${of}`] = [...(plans[`${provider} ${of}`] ?? []), ...next.map(actOf)]
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
