import { describe, expect, onTestFinished, test } from 'vitest'
import { forgetVariables } from '../../server/config.ts'
import type { OpenedKey } from '../../server/domain/provider.ts'
import { BedrockRegion, keyFlaw } from '../../shared/keys.ts'
import { SIMULATED_SECRET } from '../provider/bedrock/signature.ts'
import { keyIn, bedrockSubject as subject } from '../provider/bedrock/subject.ts'
import {
  callFor,
  everythingIn,
  failureOf,
  finishOf,
  heard,
  listening,
  never,
  providerOf,
} from '../provider/contract/subject.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'

const ID = 'AKIASIMULATED0000001'
const DAY = Date.parse('2026-11-21T10:00:00Z')

const started = async (): Promise<Simulator> => {
  const simulator = await startSimulator({ now: () => DAY })
  onTestFinished(() => simulator.close())
  return simulator
}

const pairFor = (
  { bedrockUrl }: Simulator,
  secret: string,
  region: BedrockRegion = 'eu-central-1',
): OpenedKey => ({ secret, baseAddress: bedrockUrl, endpoint: keyIn(region) })

const callBy = async (simulator: Simulator, key: OpenedKey, model = subject.model) =>
  heard(providerOf(subject).call(callFor(subject, simulator, { key, model }), never))

describe('access keys', () => {
  test('sign calls and lists in every region', async () => {
    const simulator = await started()
    for (const region of BedrockRegion.options) {
      const key = pairFor(simulator, `${ID}:${SIMULATED_SECRET}`, region)
      const events = await callBy(simulator, key, 'global.anthropic.claude-haiku-4-5-20251001-v1:0')
      expect(finishOf(events)?.stop, region).toBe('end')
      expect(await providerOf(subject).models(key, never), region).toHaveProperty('listed.length')
    }
  })

  test('of another region get the models of that region', async () => {
    const simulator = await started()
    const tokyo = pairFor(simulator, `${ID}:${SIMULATED_SECRET}`, 'ap-northeast-1')
    expect(failureOf(await callBy(simulator, tokyo))?.reason).toBe('model-missing')
    expect(finishOf(await callBy(simulator, tokyo, 'jp.anthropic.claude-haiku-5-5'))?.stop).toBe('end')
  })

  test('are refused when the secret is another, and nothing of it is told', async () => {
    const simulator = await started()
    const secret = `wrong${SIMULATED_SECRET.slice(5)}`
    const key = pairFor(simulator, `${ID}:${secret}`)
    const events = await callBy(simulator, key)
    const listed = await providerOf(subject).models(key, never)
    expect(failureOf(events)).toMatchObject({ reason: 'key-invalid', charged: 'nothing' })
    expect(listed).toMatchObject({ failure: { reason: 'key-invalid' } })
    expect(everythingIn([events, listed])).not.toContain(secret)
    expect(simulator.calls()).toEqual([])
  })

  test('that look real are refused by the simulator', async () => {
    const simulator = await started()
    const key = pairFor(simulator, `AKIAIOSFODNN7EXAMPLE:${'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'}`)
    expect(failureOf(await callBy(simulator, key))?.reason).toBe('key-invalid')
  })

  test('never travel: only the id and a signature do', async () => {
    const heardOf: string[] = []
    const { address, close } = await listening((request, answer) => {
      request.resume()
      heardOf.push(everythingIn(request.rawHeaders) + request.url)
      answer.writeHead(500).end('{}')
    })
    const key = { secret: `${ID}:${SIMULATED_SECRET}`, baseAddress: address, endpoint: keyIn('us-east-1') }
    await heard(providerOf(subject).call(callFor(subject, await started(), { key }), never))
    await providerOf(subject).models(key, never)
    close()
    expect(heardOf.length).toBe(2)
    for (const request of heardOf) {
      expect(request).toContain(`Credential=${ID}/`)
      expect(request).not.toContain(SIMULATED_SECRET)
    }
  })

  test('of which a part is missing are asked for nowhere else on this machine', async () => {
    const simulator = await started()
    for (const secret of [`${ID}:`, `:${SIMULATED_SECRET}`, ID]) {
      const before = simulator.requests().length
      const events = await callBy(simulator, pairFor(simulator, secret))
      const listed = await providerOf(subject).models(pairFor(simulator, secret), never)
      expect(failureOf(events)?.reason).toBe('key-invalid')
      expect(listed).toMatchObject({ failure: { reason: 'key-invalid' } })
      expect(simulator.requests().length - before).toBe(2)
    }
  })
})

describe('the addresses of a region', () => {
  test('are AWS’s own: one where models answer, and one beside it where they are listed', async () => {
    const asked: string[] = []
    const limits = { headersMs: 1_000, idleMs: 1_000, totalMs: 1_000 }
    const provider = subject.make({
      ...limits,
      fetch: async (input) => {
        asked.push(new URL(String(input)).origin)
        return new Response('{}', { status: 503 })
      },
    })
    const simulator = await started()
    for (const region of ['eu-central-1', 'us-east-1'] as const) {
      const endpoint = keyIn(region)
      const key = { secret: subject.key, baseAddress: provider.addressFor(endpoint) ?? '', endpoint }
      await heard(provider.call(callFor(subject, simulator, { key }), never))
      await provider.models(key, never)
    }
    expect(asked).toEqual([
      'https://bedrock-runtime.eu-central-1.amazonaws.com',
      'https://bedrock.eu-central-1.amazonaws.com',
      'https://bedrock-runtime.us-east-1.amazonaws.com',
      'https://bedrock.us-east-1.amazonaws.com',
    ])
    expect(provider.addressFor(null)).toBeUndefined()
  })
})

describe('what lies around on the vault’s machine', () => {
  const hostile = {
    AWS_ACCESS_KEY_ID: 'AKIASIMULATED9999999',
    AWS_SECRET_ACCESS_KEY: 'somebody-elses-secret',
    AWS_SESSION_TOKEN: 'somebody-elses-session',
    AWS_BEARER_TOKEN_BEDROCK: 'ABSKsim-somebody-elses-000',
    AWS_REGION: 'us-west-2',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_BEDROCK: 'http://127.0.0.1:9',
    AWS_MAX_ATTEMPTS: '7',
    AWS_RETRY_MODE: 'adaptive',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_PROFILE: 'somebody-else',
    ANTHROPIC_BEDROCK_BASE_URL: 'http://127.0.0.1:9',
  }

  test.each([
    ['an API key', subject.key],
    ['access keys', `${ID}:${SIMULATED_SECRET}`],
  ])('does not change what is sent with %s', async (_, secret) => {
    const sent: string[] = []
    const { address, close } = await listening((request, answer) => {
      request.resume()
      const { authorization = '', host = '' } = request.headers
      sent.push(
        `${host} ${authorization.replace(/Signature=.*$/, '')} ${request.headers['x-amz-security-token']}`,
      )
      answer.writeHead(503, { 'x-amzn-errortype': 'ServiceUnavailableException' }).end('{}')
    })
    const simulator = await started()
    const key = { secret, baseAddress: address, endpoint: keyIn('eu-west-1') }
    const both = async () => {
      await heard(providerOf(subject).call(callFor(subject, simulator, { key }), never))
      await providerOf(subject).models(key, never)
      return sent.splice(0)
    }
    const clean = await both()
    const before = { ...process.env }
    Object.assign(process.env, hostile)
    const surrounded = await both()
    for (const name of Object.keys(hostile)) delete process.env[name]
    Object.assign(process.env, before)
    close()
    expect(clean.length).toBe(2)
    expect(surrounded).toEqual(clean)
  })
})

describe('the environment of the vault', () => {
  test('loses what the SDKs for AWS would read by themselves', () => {
    const environment = {
      AWS_ACCESS_KEY_ID: ID,
      AWS_BEARER_TOKEN_BEDROCK: 'ABSKsim-somebody-elses-000',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials',
      ANTHROPIC_CUSTOM_HEADERS: 'authorization: Bearer ABSKsim-somebody-elses-000',
      HOME: '/home/vault',
    }
    forgetVariables(environment)
    expect(environment).toEqual({ HOME: '/home/vault' })
  })
})

describe('the form of a key for Bedrock', () => {
  test('is that of an API key, or of both access keys', () => {
    expect(keyFlaw('bedrock', subject.key)).toBeUndefined()
    expect(keyFlaw('bedrock', `${ID}:${SIMULATED_SECRET}`)).toBeUndefined()
    expect(keyFlaw('bedrock', ID)).toBe('prefix')
    expect(keyFlaw('bedrock', `${ID}:short`)).toBe('prefix')
    expect(keyFlaw('bedrock', `ASIA${ID.slice(4)}:${SIMULATED_SECRET}`)).toBe('prefix')
    expect(keyFlaw('bedrock', 'sk-ant-sim-healthy-000001')).toBe('prefix')
  })
})
