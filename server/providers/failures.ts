import type { FailureReason, Usage } from '../../shared/providers.ts'
import type { Failure } from '../domain/provider.ts'

/** What an error says about itself, whichever SDK threw it. `says` is the provider's own sentence: matched here, never passed on. */
type Complaint = {
  readonly status: number | undefined
  readonly code: string | undefined
  readonly type: string | undefined
  readonly says: string
}

type Rule = {
  readonly status?: number
  readonly code?: string
  readonly type?: string
  readonly says?: RegExp
  readonly reason: FailureReason
}

const byStatus: readonly Rule[] = [
  { status: 401, reason: 'key-invalid' },
  { status: 402, reason: 'no-credit' },
  { status: 403, reason: 'not-permitted' },
  { status: 408, reason: 'timeout' },
  { status: 413, reason: 'too-large' },
  { status: 429, reason: 'rate-limited' },
  { status: 503, reason: 'overloaded' },
  { status: 504, reason: 'timeout' },
  { status: 529, reason: 'overloaded' },
]

/**
 * Anthropic's errors, first match wins: the stable error code, then the type, then the status. Sentences are matched only where neither code
 * nor type tells the cases apart.
 */
const anthropicRules: readonly Rule[] = [
  { code: 'enforced_spend_limit_reached', reason: 'spend-limit' },
  { code: 'contract_spend_limit_reached', reason: 'spend-limit' },
  { code: 'linked_organization_spend_limit_reached', reason: 'spend-limit' },
  { code: 'linked_organization_billing_unavailable', reason: 'no-credit' },
  { code: 'organization_on_hold', reason: 'on-hold' },
  { code: 'ramp_limit_exceeded', reason: 'rate-limited' },
  { code: 'claude_code_key_creator_not_member', reason: 'key-invalid' },
  { status: 400, says: /credit balance is too low/i, reason: 'no-credit' },
  { status: 400, says: /specified (api|workspace api) usage limits/i, reason: 'spend-limit' },
  { status: 400, says: /organization has been disabled/i, reason: 'on-hold' },
  {
    status: 400,
    says: /prompt is too long|exceed(s|ed)? (the )?context (limit|window)/i,
    reason: 'too-long',
  },
  { status: 403, type: 'forbidden', reason: 'region-refused' },
  { type: 'authentication_error', reason: 'key-invalid' },
  { type: 'billing_error', reason: 'no-credit' },
  { type: 'permission_error', reason: 'not-permitted' },
  { type: 'not_found_error', reason: 'model-missing' },
  { type: 'request_too_large', reason: 'too-large' },
  { type: 'rate_limit_error', reason: 'rate-limited' },
  { type: 'overloaded_error', reason: 'overloaded' },
  { type: 'timeout_error', reason: 'timeout' },
  { type: 'api_error', reason: 'server-error' },
  { type: 'invalid_request_error', reason: 'request-refused' },
  ...byStatus,
]

/** OpenAI's errors, first match wins. A restricted key is answered 401 without a code, so its sentence is matched. */
const openaiRules: readonly Rule[] = [
  { code: 'invalid_api_key', reason: 'key-invalid' },
  { code: 'account_deactivated', reason: 'on-hold' },
  { code: 'insufficient_quota', reason: 'no-credit' },
  { code: 'credit_balance_exhausted', reason: 'no-credit' },
  { code: 'billing_not_active', reason: 'no-credit' },
  { code: 'billing_hard_limit_reached', reason: 'spend-limit' },
  { code: 'organization_spend_limit_exceeded', reason: 'spend-limit' },
  { code: 'project_spend_limit_exceeded', reason: 'spend-limit' },
  { code: 'organization_usage_limit_exceeded', reason: 'spend-limit' },
  { code: 'unsupported_country_region_territory', reason: 'region-refused' },
  { code: 'data_residency_mismatch', reason: 'region-refused' },
  { code: 'model_not_found', reason: 'model-missing' },
  { code: 'context_length_exceeded', reason: 'too-long' },
  { code: 'string_above_max_length', reason: 'too-long' },
  { code: 'rate_limit_exceeded', reason: 'rate-limited' },
  { code: 'slow_down', reason: 'rate-limited' },
  { code: 'invalid_prompt', reason: 'refused-by-model' },
  { code: 'bio_policy', reason: 'refused-by-model' },
  { code: 'misalignment_policy_violation', reason: 'refused-by-model' },
  { code: 'server_error', reason: 'server-error' },
  { type: 'insufficient_quota', reason: 'no-credit' },
  { status: 401, says: /insufficient permissions|missing scopes/i, reason: 'not-permitted' },
  { status: 404, type: 'invalid_request_error', says: /model/i, reason: 'model-missing' },
  ...byStatus,
  { type: 'server_error', reason: 'server-error' },
  { type: 'invalid_request_error', reason: 'request-refused' },
]

/**
 * Errors of endpoints that speak OpenAI's protocol, first match wins. Mistral has types of its own; Ollama and vLLM tell a model that is not
 * there, and a text that is too long, only in words.
 */
const compatibleRules: readonly Rule[] = [
  { type: 'invalid_model', reason: 'model-missing' },
  { status: 404, says: /model/i, reason: 'model-missing' },
  { status: 400, says: /context (length|window|size)|too large for model/i, reason: 'too-long' },
  { status: 422, reason: 'request-refused' },
  ...openaiRules,
]

/**
 * Bedrock's errors, first match wins: the exception's name, and its sentence where one name stands for several cases. What the model itself
 * complains about comes in Anthropic's form.
 */
const bedrockRules: readonly Rule[] = [
  { says: /unsupported countries, regions/i, reason: 'region-refused' },
  { code: 'UnrecognizedClientException', reason: 'key-invalid' },
  { code: 'InvalidClientTokenId', reason: 'key-invalid' },
  { code: 'ExpiredTokenException', reason: 'key-invalid' },
  { code: 'MissingAuthenticationTokenException', reason: 'key-invalid' },
  { code: 'IncompleteSignatureException', reason: 'key-invalid' },
  {
    code: 'InvalidSignatureException',
    says: /signature (expired|not yet current)/i,
    reason: 'request-refused',
  },
  { code: 'InvalidSignatureException', reason: 'key-invalid' },
  { status: 403, says: /api key|authentication failed/i, reason: 'key-invalid' },
  { status: 403, says: /payment instrument/i, reason: 'no-credit' },
  { code: 'AccessDeniedException', reason: 'not-permitted' },
  { code: 'ResourceNotFoundException', says: /use case details/i, reason: 'not-permitted' },
  { code: 'ResourceNotFoundException', says: /end of its life/i, reason: 'model-retired' },
  { code: 'ResourceNotFoundException', reason: 'model-missing' },
  { code: 'ValidationException', says: /(input|prompt) is too long/i, reason: 'too-long' },
  {
    code: 'ValidationException',
    says: /model identifier is invalid|on-demand throughput/i,
    reason: 'model-missing',
  },
  { code: 'ValidationException', says: /operation not allowed/i, reason: 'not-permitted' },
  { code: 'ValidationException', reason: 'request-refused' },
  { code: 'ThrottlingException', reason: 'rate-limited' },
  { code: 'ServiceQuotaExceededException', reason: 'rate-limited' },
  { code: 'ModelNotReadyException', reason: 'overloaded' },
  { code: 'ServiceUnavailableException', reason: 'overloaded' },
  { code: 'ModelTimeoutException', reason: 'timeout' },
  { code: 'ModelErrorException', reason: 'server-error' },
  { code: 'ModelStreamErrorException', reason: 'server-error' },
  { code: 'InternalServerException', reason: 'server-error' },
  { status: 424, reason: 'server-error' },
  ...anthropicRules,
]

const matches = (rule: Rule, complaint: Complaint): boolean =>
  (rule.status === undefined || rule.status === complaint.status) &&
  (rule.code === undefined || rule.code === complaint.code) &&
  (rule.type === undefined || rule.type === complaint.type) &&
  (rule.says === undefined || rule.says.test(complaint.says))

const restOf = ({ status, code, type }: Complaint): FailureReason => {
  if (status === undefined) return code === undefined && type === undefined ? 'garbage' : 'server-error'
  if (status >= 500) return 'server-error'
  return status === 404 || status < 400 ? 'garbage' : 'request-refused'
}

const reasonBy =
  (rules: readonly Rule[]) =>
  (complaint: Complaint): FailureReason =>
    rules.find((rule) => matches(rule, complaint))?.reason ?? restOf(complaint)

/** What an error of Anthropic’s means. */
export const anthropicReason = reasonBy(anthropicRules)
/** What an error of OpenAI’s means. */
export const openaiReason = reasonBy(openaiRules)
/** What an error of Bedrock’s means; `code` is the exception’s name. */
export const bedrockReason = reasonBy(bedrockRules)
/** What an error of an endpoint means that speaks OpenAI’s protocol. */
export const compatibleReason = reasonBy(compatibleRules)

/** Reasons after which another key may well answer the same request. With the others the request itself is at fault, or the vault stops. */
const elsewhere: ReadonlySet<FailureReason> = new Set([
  'key-invalid',
  'key-revoked',
  'no-credit',
  'spend-limit',
  'on-hold',
  'not-permitted',
  'region-refused',
  'model-missing',
  'model-retired',
  'rate-limited',
  'overloaded',
  'server-error',
  'network',
  'timeout',
  'stalled',
  'ended-early',
  'garbage',
])

/** Builds a failure. Without `charged` the worst is assumed: the provider may have billed the call. */
export const failure = (
  reason: FailureReason,
  known: {
    readonly charged?: 'nothing' | 'unknown'
    readonly usage?: Partial<Usage>
    readonly retryAfterSeconds?: number | undefined
    readonly providerRequestId?: string | undefined
  } = {},
): Failure => ({
  reason,
  mayTryElsewhere: elsewhere.has(reason),
  charged: known.charged ?? 'unknown',
  usage: known.usage ?? {},
  retryAfterSeconds: known.retryAfterSeconds,
  providerRequestId: known.providerRequestId,
})

/** Statuses of a gateway that gave up waiting: the model behind it may have worked, and been billed, all the same. */
const gaveUpWaiting: ReadonlySet<number> = new Set([408, 499, 504])

/** What a status answer costs. Providers bill no request that they refuse. */
export const chargedFor = (status: number): 'nothing' | 'unknown' =>
  gaveUpWaiting.has(status) ? 'unknown' : 'nothing'

/** System error codes of a connection that never came to be, so that no request was sent. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|ENETUNREACH|EHOSTUNREACH|ERR_INVALID_URL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+)$/

const MAX_CAUSES = 5

/** The first system error code in an error's chain of causes, or undefined. */
const systemCode = (error: unknown): string | undefined => {
  let cause = error
  for (let depth = 0; depth < MAX_CAUSES && cause instanceof Error; depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code
    cause = cause.cause
  }
  return undefined
}

/** A failure of the connection itself: `garbage` when what came was no HTTP or a redirect, which is never followed. */
export const connectionFailure = (error: unknown): Failure => {
  const code = systemCode(error) ?? ''
  if (code === 'ERR_REFUSED_ADDRESS')
    return { ...failure('network', { charged: 'nothing' }), refusedAddress: true }
  if (code === 'ERR_REDIRECTED') return failure('garbage', { charged: 'nothing' })
  if (code.startsWith('HPE_') || code === 'ERR_TOO_LARGE') return failure('garbage')
  return failure('network', { charged: neverSent.test(code) ? 'nothing' : 'unknown' })
}

/** The longest that a key is left to rest at a provider's word. */
const MAX_REST_SECONDS = 3_600

const bounded = (seconds: number): number | undefined =>
  Number.isFinite(seconds) && seconds >= 0 ? Math.min(Math.ceil(seconds), MAX_REST_SECONDS) : undefined

/** Seconds to wait by the answer's headers, at most an hour. A date is compared with the answer's own clock, not with ours. */
export const retryAfterSeconds = (headers: Headers | undefined): number | undefined => {
  const milliseconds = headers?.get('retry-after-ms')
  if (milliseconds) return bounded(Number(milliseconds) / 1_000)
  const after = headers?.get('retry-after')
  if (!after) return undefined
  if (/^\d+(\.\d+)?$/.test(after)) return bounded(Number(after))
  return bounded((Date.parse(after) - Date.parse(headers?.get('date') ?? '')) / 1_000)
}

/** A provider's id of a request, when it looks like one. */
export const requestIdOf = (text: string | null | undefined): string | undefined =>
  text && /^[\w.:-]{1,100}$/.test(text) ? text : undefined
