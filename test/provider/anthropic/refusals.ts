import { html, type Refusals, type Refused, redirect, retry } from '../refusals.ts'

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

/** Anthropic's status answers, each in its own form. */
export const anthropicRefusals: Refusals = {
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
