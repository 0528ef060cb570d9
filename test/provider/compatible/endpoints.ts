import { z } from 'zod'
import { anthropicDialect } from '../anthropic/dialect.ts'
import { anthropicError } from '../anthropic/refusals.ts'
import type { Dialect } from '../dialect.ts'
import type { Model } from '../money/catalogue.ts'
import { openaiError, openaiRefusals } from '../openai/refusals.ts'
import { chatDialect, type Endpoint, least } from './chat.ts'
import { gatewayModels, mistralModels, ollamaModels, plainModels, vllmModels } from './models.ts'
import {
  mistralError,
  mistralRefusals,
  ollamaError,
  ollamaRefusals,
  plainRefusals,
  vllmError,
  vllmRefusals,
} from './refusals.ts'

const ownKey = (key: string): boolean => /^sim-compatible-[\w-]{4,}$/.test(key)

const listedModel = ({ id }: Pick<Model, 'id'>, owner: string) => ({
  id,
  object: 'model',
  created: 1_754_006_400,
  owned_by: owner,
})

const anyTemperature = z.number().min(0).max(1.5).optional()

/** Mistral: refuses every field that it does not know, and tells usage in the last chunk without being asked. */
const mistral: Endpoint = {
  telling: 'last',
  tiers: false,
  error: {
    object: 'error',
    message: 'Service unavailable.',
    type: 'unreachable_backend',
    param: null,
    code: '1100',
  },
  models: mistralModels,
  takes: z.strictObject({ ...least, temperature: anyTemperature, random_seed: z.int().optional() }),
  complaint: (place) =>
    mistralError(422, 'invalid_request_error', null, {
      detail: [
        {
          type: 'extra_forbidden',
          loc: ['body', ...place.split('.')],
          msg: 'Extra inputs are not permitted',
          input: null,
        },
      ],
    }),
  noModel: (id) => mistralError(400, 'invalid_model', '1500', `Invalid model: ${id}`),
  tooLong: mistralError(
    400,
    'invalid_request_prompt',
    '3051',
    'Prompt is too large for model with 131072 maximum context length',
  ),
  accepts: ownKey,
  noKey: { status: 401, body: { detail: 'Unauthorized' } },
  noSuchPath: { status: 404, body: { message: 'no Route matched with those values' } },
  caches: false,
  requestIdHeader: 'mistral-correlation-id',
  refusals: mistralRefusals,
  listed: (model) => ({
    ...listedModel(model, 'mistralai'),
    name: model.id,
    description: 'A model.',
    capabilities: { completion_chat: true, completion_fim: false, function_calling: true },
    max_context_length: model.context,
    aliases: model.aliases,
    deprecation: model.id.startsWith('ministral') ? '2026-05-22T12:00:00Z' : null,
    type: 'base',
  }),
  others: [
    {
      ...listedModel({ id: 'mistral-embed' }, 'mistralai'),
      capabilities: { completion_chat: false, completion_fim: false, function_calling: false },
      max_context_length: 8_192,
    },
  ],
}

/** Ollama: takes any key and passes over what it does not know. */
const ollama: Endpoint = {
  telling: 'asked',
  tiers: false,
  error: {
    error: {
      message: 'an error was encountered while running the model: unexpected EOF',
      type: 'api_error',
      param: null,
      code: null,
    },
  },
  models: ollamaModels,
  takes: z.looseObject(least),
  complaint: () => ollamaError(400, 'invalid_request_error', 'invalid request'),
  noModel: (id) => ollamaError(404, 'not_found_error', `model "${id}" not found, try pulling it first`),
  tooLong: ollamaError(400, 'invalid_request_error', 'the prompt exceeds the context size'),
  accepts: () => true,
  noKey: { status: 401, body: { error: 'unauthorized' } },
  noSuchPath: { status: 404, body: '404 page not found' },
  caches: false,
  requestIdHeader: 'x-request-id',
  refusals: ollamaRefusals,
  listed: (model) => listedModel(model, 'library'),
}

/** vLLM: takes OpenAI's fields and passes over those that mean nothing to it; its list tells the context. */
const vllm: Endpoint = {
  telling: 'asked',
  tiers: false,
  error: {
    error: {
      message: 'EngineCore encountered an issue.',
      type: 'InternalServerError',
      param: null,
      code: 500,
    },
  },
  models: vllmModels,
  takes: z.looseObject(least),
  complaint: (place) =>
    vllmError(400, 'BadRequestError', `[{'loc': ('body', '${place}'), 'msg': 'invalid'}]`),
  noModel: (id) => vllmError(404, 'NotFoundError', `The model \`${id}\` does not exist.`),
  tooLong: vllmError(400, 'BadRequestError', "This model's maximum context length is 40960 tokens."),
  accepts: ownKey,
  noKey: { status: 401, body: { error: 'Unauthorized' } },
  noSuchPath: { status: 404, body: { detail: 'Not Found' } },
  caches: false,
  requestIdHeader: 'x-request-id',
  refusals: vllmRefusals,
  listed: (model) => ({
    ...listedModel(model, 'vllm'),
    root: model.id,
    parent: null,
    max_model_len: model.context,
    permission: [{ id: 'modelperm-1', object: 'model_permission', allow_sampling: true }],
  }),
}

/** A gateway that is as strict as OpenAI's own Chat Completions, with tiers and a cache. */
const gateway: Endpoint = {
  telling: 'asked',
  tiers: true,
  error: { error: { message: 'The server had an error.', type: 'server_error', param: null, code: null } },
  models: gatewayModels,
  takes: z.strictObject({
    ...least,
    max_completion_tokens: z.int().min(1).optional(),
    stream_options: z.strictObject({ include_usage: z.boolean().optional() }).optional(),
    store: z.literal(false).optional(),
    service_tier: z.enum(['auto', 'default', 'flex', 'priority']).optional(),
    prompt_cache_key: z.string().max(64).optional(),
    max_tokens: z.never().optional(),
  }),
  complaint: (place) =>
    openaiError(
      400,
      'invalid_request_error',
      'unsupported_parameter',
      `Unsupported parameter: '${place}'.`,
      place,
    ),
  noModel: (id) =>
    openaiError(404, 'invalid_request_error', 'model_not_found', `The model \`${id}\` does not exist.`),
  tooLong: openaiError(
    400,
    'invalid_request_error',
    'context_length_exceeded',
    'The context window is exceeded.',
  ),
  accepts: ownKey,
  noKey: openaiError(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'),
  noSuchPath: openaiError(404, 'invalid_request_error', null, 'Invalid URL'),
  caches: true,
  requestIdHeader: 'x-request-id',
  refusals: openaiRefusals,
  listed: (model) => ({ ...listedModel(model, 'house'), context_length: model.context }),
}

/** A server of the least that can be called Chat Completions, which counts as it goes and has no list. */
const plain: Endpoint = {
  telling: 'always',
  tiers: false,
  error: { error: 'the model has gone away' },
  models: plainModels,
  takes: z.strictObject({
    ...least,
    stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
  }),
  complaint: (place) => ({ status: 400, body: { detail: `${place} is not allowed` } }),
  noModel: () => ({ status: 404, body: { detail: 'no such model' } }),
  tooLong: { status: 400, body: { detail: 'longer than the context size' } },
  accepts: ownKey,
  noKey: { status: 401, body: { detail: 'Not authenticated' } },
  noSuchPath: { status: 404, body: { detail: 'Not Found' } },
  caches: false,
  requestIdHeader: 'x-request-id',
  refusals: plainRefusals,
  listed: (model) => listedModel(model, 'house'),
}

const NO_VERSION = anthropicError(
  400,
  'invalid_request_error',
  'anthropic-version: this version is not known',
)

/** A gateway that speaks Anthropic's protocol as it was when everybody learned it: an older version, no tiers, one time to live, no list. */
const claudeGateway = (now: () => number): Dialect => {
  const claude = anthropicDialect(now)
  const { counting: _, ...rest } = claude
  return {
    ...rest,
    provider: 'compatible',
    accepts: ownKey,
    keyIn: (headers) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1],
    isList: () => false,
    read: (body, headers, key, path) => {
      if (headers['anthropic-version'] !== '2023-06-01') return NO_VERSION
      if (/"(ttl|service_tier)":/.test(JSON.stringify(body)))
        return anthropicError(400, 'invalid_request_error', 'Extra inputs are not permitted')
      return claude.read(body, headers, key, path)
    },
  }
}

/** An endpoint of one's own, by the name that it is served under. */
export type OwnEndpoint = 'mistral' | 'ollama' | 'vllm' | 'gateway' | 'plain' | 'claude-gateway'

/** The endpoints of one's own that the simulator serves. */
export const ownEndpoints = (now: () => number): Readonly<Record<OwnEndpoint, Dialect>> => ({
  mistral: chatDialect(mistral, now),
  ollama: chatDialect(ollama, now),
  vllm: chatDialect(vllm, now),
  gateway: chatDialect(gateway, now),
  plain: { ...chatDialect(plain, now), isList: () => false },
  'claude-gateway': claudeGateway(now),
})
