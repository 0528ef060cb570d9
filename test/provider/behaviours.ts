import type { ProviderName } from '../../shared/providers.ts'

/** What the simulator can be told to do with a request. Those before `healthy` are answered by a status and an error of the provider. */
export const behaviours = [
  'key-invalid',
  'no-credit',
  'no-credit-400',
  'spend-limit',
  'spend-limit-429',
  'contract-limit',
  'on-hold',
  'forbidden',
  'list-forbidden',
  'region',
  'model-missing',
  'rate-limited',
  'ramp-limited',
  'slow-down',
  'overloaded',
  'server-error',
  'gateway-timeout',
  'too-long',
  'too-large',
  'html-502',
  'redirect',
  'healthy',
  'html-200',
  'hang',
  'reset',
  'error-mid-stream',
  'failed-event',
  'reset-mid-stream',
  'early-end',
  'stall',
  'garbage',
  'bad-event',
  'refusal',
  'limit',
  'no-usage',
  'geo-us',
  'other-tier',
  'slow',
] as const
export type Behaviour = (typeof behaviours)[number]

/** One thing to do. `after`: deltas before it happens. `delayMs`: pause before each delta. `retryAfter`: the header of a rate limit. */
export type Act = {
  readonly do: Behaviour
  readonly after?: number
  readonly delayMs?: number
  readonly retryAfter?: string
}

/** An answer by status: headers beside the usual ones, and a body that is sent as it is. */
export type Refused = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

type Refusals = Partial<Record<Behaviour, (act: Act) => Refused>>

const page = (title: string): string =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`

const html = (status: number, title: string): Refused => ({
  status,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: page(title),
})

/** A page instead of an answer, with a status that says all is well. */
export const welcomePage = html(200, 'Welcome to nginx!')

const redirect: Refused = { status: 307, headers: { location: 'https://elsewhere.example/v1' }, body: '' }

/** An error as Anthropic writes it. The request's id is added when it is sent. */
export const anthropicError = (
  status: number,
  type: string,
  message: string,
  code?: string,
  headers: Readonly<Record<string, string>> = {},
): Refused => ({
  status,
  headers,
  body: {
    type: 'error',
    error: { type, message, ...(code === undefined ? {} : { details: { error_code: code } }) },
  },
})

/** An error as OpenAI writes it. */
export const openaiError = (
  status: number,
  type: string,
  code: string | null,
  message: string,
  param: string | null = null,
  headers: Readonly<Record<string, string>> = {},
): Refused => ({ status, headers, body: { error: { message, type, param, code } } })

const retry = (act: Act): Record<string, string> => ({ 'retry-after': act.retryAfter ?? '7' })

const anthropicRefusals: Refusals = {
  'key-invalid': () => anthropicError(401, 'authentication_error', 'invalid x-api-key'),
  'no-credit': () => anthropicError(402, 'billing_error', 'Your organization has no remaining credit.'),
  'no-credit-400': () =>
    anthropicError(
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
  'spend-limit': () =>
    anthropicError(
      400,
      'invalid_request_error',
      'You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.',
    ),
  'spend-limit-429': () =>
    anthropicError(
      429,
      'rate_limit_error',
      'Your organization has reached its monthly usage threshold.',
      'enforced_spend_limit_reached',
    ),
  'contract-limit': () =>
    anthropicError(
      429,
      'rate_limit_error',
      'Your organization has reached the spend limit of its contract.',
      'contract_spend_limit_reached',
    ),
  'on-hold': () =>
    anthropicError(
      400,
      'invalid_request_error',
      'This organization has been disabled.',
      'organization_on_hold',
    ),
  forbidden: () =>
    anthropicError(
      403,
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
    ),
  'list-forbidden': () =>
    anthropicError(
      403,
      'permission_error',
      'Your API key does not have permission to use the specified resource.',
    ),
  region: () => anthropicError(403, 'forbidden', 'Request not allowed'),
  'model-missing': () => anthropicError(404, 'not_found_error', 'model: claude-nowhere-1'),
  'rate-limited': (act) =>
    anthropicError(
      429,
      'rate_limit_error',
      'This request would exceed your organization’s rate limit of 50 requests per minute.',
      undefined,
      retry(act),
    ),
  'ramp-limited': (act) =>
    anthropicError(429, 'rate_limit_error', 'Usage is growing too fast.', 'ramp_limit_exceeded', retry(act)),
  'slow-down': (act) => anthropicError(429, 'rate_limit_error', 'Rate limited', undefined, retry(act)),
  overloaded: () => anthropicError(529, 'overloaded_error', 'Overloaded'),
  'server-error': () => anthropicError(500, 'api_error', 'Internal server error'),
  'gateway-timeout': () => anthropicError(504, 'timeout_error', 'Request timed out'),
  'too-long': () =>
    anthropicError(400, 'invalid_request_error', 'prompt is too long: 212034 tokens > 200000 maximum'),
  'too-large': () => anthropicError(413, 'request_too_large', 'Request exceeds the maximum size'),
  'html-502': () => html(502, '502 Bad Gateway'),
  redirect: () => redirect,
}

const quota = 'You exceeded your current quota, please check your plan and billing details.'

const openaiRefusals: Refusals = {
  'key-invalid': () =>
    openaiError(
      401,
      'invalid_request_error',
      'invalid_api_key',
      'Incorrect API key provided: sk-sim-**********alid. You can find your API key at https://platform.openai.com/account/api-keys.',
    ),
  'no-credit': () => openaiError(429, 'insufficient_quota', 'insufficient_quota', quota),
  'no-credit-400': () => openaiError(429, 'insufficient_quota', 'credit_balance_exhausted', quota),
  'spend-limit': () =>
    openaiError(
      429,
      'insufficient_quota',
      'project_spend_limit_exceeded',
      'This project has reached its spend limit.',
    ),
  'spend-limit-429': () =>
    openaiError(
      429,
      'insufficient_quota',
      'organization_spend_limit_exceeded',
      'This organization has reached its spend limit.',
    ),
  'contract-limit': () =>
    openaiError(
      429,
      'insufficient_quota',
      'organization_usage_limit_exceeded',
      'This organization has reached its usage limit.',
    ),
  'on-hold': () =>
    openaiError(
      401,
      'invalid_request_error',
      'account_deactivated',
      'The OpenAI account associated with this API key has been deactivated.',
    ),
  forbidden: () =>
    openaiError(
      401,
      'invalid_request_error',
      null,
      'You have insufficient permissions for this operation. Missing scopes: api.responses.write.',
    ),
  'list-forbidden': () =>
    openaiError(
      403,
      'invalid_request_error',
      null,
      'You have insufficient permissions for this operation. Missing scopes: api.model.read.',
    ),
  region: () =>
    openaiError(
      403,
      'request_forbidden',
      'unsupported_country_region_territory',
      'Country, region, or territory not supported',
    ),
  'model-missing': () =>
    openaiError(
      404,
      'invalid_request_error',
      'model_not_found',
      'The model `gpt-nowhere` does not exist or you do not have access to it.',
    ),
  'rate-limited': (act) =>
    openaiError(
      429,
      'requests',
      'rate_limit_exceeded',
      'Rate limit reached for requests per min. Please try again in 7s.',
      null,
      retry(act),
    ),
  'ramp-limited': (act) =>
    openaiError(
      429,
      'tokens',
      'rate_limit_exceeded',
      'Rate limit reached for tokens per min.',
      null,
      retry(act),
    ),
  'slow-down': (act) => openaiError(503, 'server_error', 'slow_down', 'Slow down', null, retry(act)),
  overloaded: () =>
    openaiError(503, 'server_error', null, 'The engine is currently overloaded, please try again later'),
  'server-error': () =>
    openaiError(
      500,
      'server_error',
      null,
      'The server had an error while processing your request. Sorry about that!',
    ),
  'gateway-timeout': () => html(504, '504 Gateway Time-out'),
  'too-long': () =>
    openaiError(
      400,
      'invalid_request_error',
      'context_length_exceeded',
      'Your input exceeds the context window of this model.',
      'input',
    ),
  'too-large': () => openaiError(413, 'invalid_request_error', null, 'Request body too large'),
  'html-502': () => html(502, '502 Bad Gateway'),
  redirect: () => redirect,
}

const refusals: Record<ProviderName, Refusals> = { anthropic: anthropicRefusals, openai: openaiRefusals }

/** The status answer that an act means, or undefined if the request is taken on. */
export const refusalOf = (provider: ProviderName, act: Act): Refused | undefined =>
  refusals[provider][act.do]?.(act)

/** The behavior that a key's name asks for: `sk-ant-sim-no-credit-…`, `sk-sim-slow-…`. */
export const behaviourOfKey = (key: string): Behaviour => {
  const name = key.replace(/^sk-(ant-)?sim-/, '')
  const named = behaviours.filter((behaviour) => name === behaviour || name.startsWith(`${behaviour}-`))
  return named.toSorted((one, other) => other.length - one.length)[0] ?? 'healthy'
}

/** What blocks a key as a whole, and so also its list of models. */
export const blocksList: ReadonlySet<Behaviour> = new Set([
  'key-invalid',
  'on-hold',
  'region',
  'list-forbidden',
])
