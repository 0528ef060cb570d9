import { html, type Refusals, type Refused, redirect, retry } from '../refusals.ts'

/** An error as OpenAI writes it. */
export const openaiError = (
  status: number,
  type: string,
  code: string | null,
  message: string,
  param: string | null = null,
  headers: Readonly<Record<string, string>> = {},
): Refused => ({ status, headers, body: { error: { message, type, param, code } } })

const quota = 'You exceeded your current quota, please check your plan and billing details.'

/** OpenAI's status answers, each in its own form. */
export const openaiRefusals: Refusals = {
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
