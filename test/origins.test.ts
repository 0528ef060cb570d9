import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { Problem } from '../shared/problems.ts'
import { extensionOrigin } from './device.ts'
import { type GivenVault, givenVault } from './identity/vault.ts'

let world: GivenVault
beforeAll(async () => {
  world = await givenVault()
})
afterAll(() => world.stop())

type Seen = {
  readonly status: number
  readonly headers: Record<string, unknown>
  readonly slug: string | undefined
}

/** A request with headers that no browser would let a page choose. */
const ask = (method: string, path: string, headers: Record<string, string>): Promise<Seen> => {
  const { promise, resolve, reject } = Promise.withResolvers<Seen>()
  const all = { [CONTRACT_HEADER]: String(CONTRACT), ...headers }
  const sent = request(new URL(path, world.vault.origin), { method, headers: all }, (answer) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (piece: string) => {
      text += piece
    })
    answer.on('end', () => {
      const slug = text.includes('urn:ownkey:problem') ? Problem.parse(JSON.parse(text)).slug : undefined
      resolve({ status: answer.statusCode ?? 0, headers: { ...answer.headers }, slug })
    })
  })
  sent.on('error', reject)
  sent.end()
  return promise
}

const paths = ['GET /v1/status', 'GET /v1/keys', 'POST /v1/tokens', 'GET /.well-known/jwks.json'] as const
const portOf = (): string => new URL(world.vault.origin).port

describe('a name that is not the vault’s', () => {
  test.each(paths)(
    'is refused at %s, so that a page cannot rebind its own name to the vault',
    async (route) => {
      const [method = '', path = ''] = route.split(' ')
      const port = portOf()
      const names = [
        'evil.example',
        `evil.example:${port}`,
        '127.0.0.1',
        '127.0.0.1:1',
        `127.0.0.1.evil.example:${port}`,
      ]
      for (const host of names) {
        expect([host, await ask(method, path, { host })]).toMatchObject([
          host,
          { status: 421, slug: 'wrong-address' },
        ])
      }
    },
  )

  test('is refused before anything else is said, also to an extension and to a preflight', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const seen = await ask(method, '/v1/status', { host: 'evil.example', origin: extensionOrigin })
      expect(seen).toMatchObject({ status: 421, slug: 'wrong-address' })
      expect(seen.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('is none of the usual names of loopback with its port', async () => {
    for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])
      expect((await ask('GET', '/v1/status', { host: `${name}:${portOf()}` })).status).toBe(200)
  })
})

describe('an origin', () => {
  const strangers = [
    'null',
    '',
    'https://evil.example',
    'http://127.0.0.1:8787',
    'chrome-extension://short',
    `chrome-extension://${'a'.repeat(33)}`,
    `${extensionOrigin}.evil.example`,
    `https://${extensionOrigin.slice('chrome-extension://'.length)}`,
    extensionOrigin.toUpperCase(),
    `${extensionOrigin}, https://evil.example`,
    'moz-extension://evil.example',
    'file://',
  ]

  test.each(strangers)('of no extension is refused and may read nothing: "%s"', async (origin) => {
    for (const method of ['GET', 'OPTIONS', 'POST']) {
      const seen = await ask(method, '/v1/status', { origin })
      expect(seen).toMatchObject({ status: 403, slug: 'origin-refused' })
      expect(seen.headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('of an extension is answered by name, never by a star, and without credentials', async () => {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await ask(method, '/v1/status', { origin: extensionOrigin })
      expect(headers['access-control-allow-origin']).toBe(extensionOrigin)
      expect(headers['access-control-allow-credentials']).toBeUndefined()
      expect(headers.vary).toContain('Origin')
    }
  })
})
