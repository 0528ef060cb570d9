import { html, type Refusals, type Refused, redirect, retry } from '../refusals.ts'

type Headers = Readonly<Record<string, string>>

/** An error as Mistral writes it: not within `error`, and with codes of its own. */
export const mistralError = (
  status: number,
  type: string,
  code: string | null,
  message: unknown,
  headers: Headers = {},
): Refused => ({ status, headers, body: { object: 'error', message, type, param: null, code } })

/** An error as vLLM writes it: its code is the status. */
export const vllmError = (status: number, type: string, message: string, headers: Headers = {}): Refused => ({
  status,
  headers,
  body: { error: { message, type, param: null, code: status } },
})

/** An error as Ollama writes it. */
export const ollamaError = (
  status: number,
  type: string,
  message: string,
  headers: Headers = {},
): Refused => ({
  status,
  headers,
  body: { error: { message, type, param: null, code: null } },
})

const passing: Refusals = {
  'gateway-timeout': () => html(504, '504 Gateway Time-out'),
  'html-502': () => html(502, '502 Bad Gateway'),
  redirect: () => redirect,
}

export const mistralRefusals: Refusals = {
  ...passing,
  'key-invalid': () => ({ status: 401, body: { detail: 'Unauthorized' } }),
  forbidden: () => mistralError(403, 'access_denied', '1200', 'You do not have access to this resource.'),
  'list-forbidden': () =>
    mistralError(403, 'access_denied', '1200', 'You do not have access to this resource.'),
  'model-missing': () => mistralError(400, 'invalid_model', '1500', 'Invalid model: mistral-nowhere'),
  'rate-limited': (act) =>
    mistralError(429, 'rate_limited', '1300', 'Requests rate limit exceeded', retry(act)),
  overloaded: () => mistralError(503, 'unreachable_backend', '1100', 'Service unavailable.'),
  'server-error': () => mistralError(500, 'internal_server_error', '3000', 'Internal server error'),
  'too-long': () =>
    mistralError(
      400,
      'invalid_request_prompt',
      '3051',
      'Prompt contains 140331 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
    ),
  'too-large': () => mistralError(413, 'invalid_request_error', null, 'Request entity too large'),
}

export const vllmRefusals: Refusals = {
  ...passing,
  'key-invalid': () => ({ status: 401, body: { error: 'Unauthorized' } }),
  forbidden: () => vllmError(403, 'Forbidden', 'Forbidden'),
  'list-forbidden': () => vllmError(403, 'Forbidden', 'Forbidden'),
  'model-missing': () => vllmError(404, 'NotFoundError', 'The model `nowhere` does not exist.'),
  'rate-limited': (act) => vllmError(429, 'TooManyRequests', 'Too many requests', retry(act)),
  overloaded: () => vllmError(503, 'ServiceUnavailable', 'The engine is starting.'),
  'server-error': () => vllmError(500, 'InternalServerError', 'EngineCore encountered an issue.'),
  'too-long': () =>
    vllmError(
      400,
      'BadRequestError',
      "This model's maximum context length is 40960 tokens. However, you requested 41000 tokens in the messages.",
    ),
  'too-large': () => ({ status: 413, body: 'Payload Too Large' }),
}

export const ollamaRefusals: Refusals = {
  ...passing,
  'list-forbidden': () => ({ status: 403, body: 'Forbidden' }),
  'key-invalid': () => ({ status: 401, body: { error: 'unauthorized' } }),
  forbidden: () => ({ status: 403, body: 'Forbidden' }),
  'model-missing': () =>
    ollamaError(404, 'not_found_error', 'model "nowhere" not found, try pulling it first'),
  overloaded: () =>
    ollamaError(503, 'api_error', 'server busy, please try again. maximum pending requests exceeded'),
  'rate-limited': (act) => ollamaError(429, 'api_error', 'you have reached your usage limit', retry(act)),
  'server-error': () => ollamaError(500, 'api_error', 'llama runner process has terminated'),
  'too-large': () => ({ status: 413, body: 'request body too large' }),
}

/** What little a server says that has only its web server's words. */
export const plainRefusals: Refusals = {
  ...passing,
  'key-invalid': () => ({ status: 401, body: { detail: 'Not authenticated' } }),
  'rate-limited': (act) => ({ ...html(429, '429 Too Many Requests'), headers: retry(act) }),
  'server-error': () => ({ status: 500, body: 'Internal Server Error' }),
  overloaded: () => html(503, '503 Service Temporarily Unavailable'),
  'too-long': () => ({ status: 400, body: { detail: 'the request exceeds the available context size' } }),
}
