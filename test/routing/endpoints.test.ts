import { describe, expect, test } from 'vitest'
import type { KeyEndpoint } from '../../shared/keys.ts'
import { given, simulatorKeys } from '../world.ts'
import { listOf, refused } from './desk.ts'

const at = (address: string): KeyEndpoint => ({ kind: 'address', address, dialect: 'openai' })

describe('where a key may be sent', () => {
  test.each<[string, 'bedrock' | 'compatible' | 'anthropic', KeyEndpoint | undefined, string]>([
    ['a key of Bedrock without a region', 'bedrock', undefined, 'missing'],
    ['a key of Bedrock with an address', 'bedrock', at('https://models.example/v1'), 'unwanted'],
    ['a key of one’s own endpoint without an address', 'compatible', undefined, 'missing'],
    ['a key of Anthropic with a region', 'anthropic', { kind: 'region', region: 'eu-west-1' }, 'unwanted'],
    ['an address in the clear', 'compatible', at('http://models.example/v1'), 'not-https'],
    ['an address of the vault’s own network', 'compatible', at('https://10.0.0.7/v1'), 'private'],
    ['an address of the vault’s machine', 'compatible', at('https://localhost:11434/v1'), 'private'],
    [
      'a name and a password in the address',
      'compatible',
      at('https://me:canary@models.example/v1'),
      'credentials',
    ],
    ['a key behind the address', 'compatible', at('https://models.example/v1?key=canary'), 'credentials'],
    ['a key after a hash', 'compatible', at('https://models.example/v1#canary'), 'credentials'],
  ])(
    'is refused for %s: nobody is asked, and nothing is kept of it',
    async (_, provider, endpoint, reason) => {
      await using world = await given({ keys: [] })
      const body = { provider, key: simulatorKeys[provider], ...(endpoint && { endpoint }) }
      expect(await refused(world, 'POST', '/v1/keys', body)).toMatchObject({
        slug: 'endpoint-refused',
        facts: { reason },
      })
      expect(world.simulator.requests()).toEqual([])
      expect((await listOf(world)).keys).toEqual([])
      expect(world.output() + world.owner.answers().join('')).not.toContain('canary')
      expect(await world.stored()).not.toContain('canary')
    },
  )

  test('is an address with a form: anything else is no request', async () => {
    await using world = await given({ keys: [] })
    for (const address of ['models.example', 'ftp://models.example', 'javascript:alert(1)', '']) {
      const body = { provider: 'compatible', key: simulatorKeys.compatible, endpoint: at(address) }
      expect(await refused(world, 'POST', '/v1/keys', body)).toMatchObject({ slug: 'malformed-request' })
    }
  })
})
