import { describe, expect, test } from 'vitest'
import { bedrockSubject as subject } from '../provider/bedrock/subject.ts'
import {
  CANARY,
  everythingIn,
  failureOf,
  heard,
  listening,
  never,
  promptWith,
  providerOf,
} from '../provider/contract/subject.ts'

/** A call to somebody who answers like this. */
const answered = async (status: number, headers: Readonly<Record<string, string>>, body: string) => {
  const { address, close } = await listening((request, answer) => {
    request.resume()
    answer.writeHead(status, { 'x-amzn-requestid': 'a1b2-c3', ...headers }).end(body)
  })
  const key = { secret: subject.key, baseAddress: address, endpoint: subject.endpoint?.(address) ?? null }
  const prompt = promptWith(CANARY)
  const call = { key, model: subject.model, prompt, outputLimit: 800, cacheKey: 'w' } as const
  const failure = failureOf(await heard(providerOf(subject).call({ ...call, reasoning: 'none' }, never)))
  const listed = await providerOf(subject).models(key, never)
  close()
  expect(everythingIn([failure, listed])).not.toContain(CANARY)
  return { failure, listed }
}

/** What AWS says, in its own words, and what it means. */
const sayings = [
  [
    403,
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    'key-invalid',
  ],
  [
    403,
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided.',
    'key-invalid',
  ],
  [
    403,
    'InvalidSignatureException',
    'Signature expired: 20261121T100000Z is now earlier than 20261121T101000Z',
    'request-refused',
  ],
  [403, 'ExpiredTokenException', 'The security token included in the request is expired', 'key-invalid'],
  [
    403,
    'AccessDeniedException',
    'Authentication failed: Please make sure your API Key is valid.',
    'key-invalid',
  ],
  [403, 'AccessDeniedException', 'Invalid API Key format: Must start with pre-defined prefix', 'key-invalid'],
  [
    403,
    'AccessDeniedException',
    'User: arn:aws:iam::111122223333:user/x is not authorized to perform: bedrock:InvokeModelWithResponseStream',
    'not-permitted',
  ],
  [
    403,
    'AccessDeniedException',
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.',
    'no-credit',
  ],
  [
    404,
    'ResourceNotFoundException',
    'Model use case details have not been submitted for this account.',
    'not-permitted',
  ],
  [404, 'ResourceNotFoundException', 'This model version has reached the end of its life.', 'model-retired'],
  [
    404,
    'ResourceNotFoundException',
    'Could not resolve the foundation model from the provided model identifier.',
    'model-missing',
  ],
  [400, 'ValidationException', 'The provided model identifier is invalid.', 'model-missing'],
  [
    400,
    'ValidationException',
    'Invocation of model ID anthropic.claude-opus-5 with on-demand throughput isn’t supported.',
    'model-missing',
  ],
  [400, 'ValidationException', 'Input is too long for requested model.', 'too-long'],
  [400, 'ValidationException', 'prompt is too long: 212034 tokens > 200000 maximum', 'too-long'],
  [400, 'ValidationException', 'Operation not allowed', 'not-permitted'],
  [
    400,
    'ValidationException',
    'Malformed input request, please reformat your input and try again.',
    'request-refused',
  ],
  [
    400,
    'ValidationException',
    'Access to Anthropic models is not allowed from unsupported countries, regions, or territories.',
    'region-refused',
  ],
  [
    400,
    'ServiceQuotaExceededException',
    'Your request exceeds the service quota for your account.',
    'rate-limited',
  ],
  [429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.', 'rate-limited'],
  [429, 'ModelNotReadyException', 'The model is not ready to serve inference requests.', 'overloaded'],
  [503, 'ServiceUnavailableException', 'The service isn’t currently available.', 'overloaded'],
  [
    424,
    'ModelErrorException',
    'The request failed due to an error while processing the model.',
    'server-error',
  ],
  [408, 'ModelTimeoutException', 'The request took too long to process.', 'timeout'],
  [500, 'InternalServerException', 'An internal server error occurred.', 'server-error'],
] as const

describe('what AWS says', () => {
  test.each(sayings)(
    '%i %s “%s” means %s, for a call and for a list',
    async (status, name, message, reason) => {
      const { failure, listed } = await answered(
        status,
        {
          'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
          'content-type': 'application/json',
        },
        JSON.stringify({ message: `${message} ${CANARY}` }),
      )
      expect(failure).toMatchObject({ reason, providerRequestId: 'a1b2-c3' })
      if (reason === 'not-permitted') expect(listed).toHaveProperty('listed', undefined)
      else expect(listed).toMatchObject({ failure: { reason, charged: 'nothing' } })
    },
  )

  test('without naming the error still tells a bad key from a missing permission', async () => {
    const json = { 'content-type': 'application/json' }
    const bad = '{"Message":"Authentication failed: Please make sure your API Key is valid."}'
    expect((await answered(403, json, bad)).failure?.reason).toBe('key-invalid')
    expect((await answered(403, json, '{"message":"Forbidden"}')).failure?.reason).toBe('not-permitted')
    expect((await answered(424, json, '{}')).failure?.reason).toBe('server-error')
  })

  test('about a throttled key tells how long to rest', async () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException', 'retry-after': '12' }
    const { failure, listed } = await answered(429, headers, '{"message":"Rate exceeded"}')
    expect(failure?.retryAfterSeconds).toBe(12)
    expect(listed).toMatchObject({ failure: { reason: 'rate-limited', retryAfterSeconds: 12 } })
  })
})
