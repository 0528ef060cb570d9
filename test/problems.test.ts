import { gzipSync } from 'node:zlib'
import express, { type Express } from 'express'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { bodyOf } from '../server/http/body.ts'
import { drafts } from '../server/http/drafts.ts'
import { requestLog } from '../server/http/health/request-log.ts'
import { type Listening, listen } from '../server/http/listening.ts'
import { answerProblems } from '../server/http/problems.ts'
import { Problem } from '../shared/problems.ts'
import { draftRequest } from './world.ts'

const words = 'Dana’s card 4111 1111 1111 1111\n    at my home in Lisbon 12:34'

const mina = {
  workspaceId: '00000000-0000-4000-8000-000000000001',
  workspaceName: 'Acme',
  timeZone: 'UTC',
  aiOn: true,
  ending: false,
  deviceId: '00000000-0000-4000-8000-000000000002',
  memberId: '00000000-0000-4000-8000-000000000003',
  memberName: 'Mina',
  role: 'agent',
  seesReports: false,
  jkt: 'a'.repeat(43),
} as const

let said: string[]
let listening: Listening
const onConsole = vi.spyOn(console, 'error')

/** Serves an app as in production: Express writes errors that nobody answers to the console there, and is silent in tests. */
const serve = async (routes: (app: Express) => void): Promise<string> => {
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void said.push(line) })
  const app = express()
  app.set('env', 'production')
  app.use(requestLog(log, () => 'request-1'))
  routes(app)
  app.use(answerProblems(log))
  listening = await listen(app, { host: '127.0.0.1', port: 0 })
  return `http://127.0.0.1:${listening.port}`
}

const everythingSaid = (): string => JSON.stringify([said, onConsole.mock.calls])

beforeEach(() => {
  said = []
  onConsole.mockReset()
})
afterEach(async () => {
  listening.refuse()
  await listening.close()
})

describe('the log of requests', () => {
  test('names routes and ids, and nothing else that somebody put into a path or a query', async () => {
    const address = await serve((app) => app.use((_request, response) => void response.end()))
    const code = '7F3K9Q-AAAA-BBBB-CCCC-DDDD'
    const id = '00000000-0000-4000-8000-000000000001'
    for (const part of [code, code.toLowerCase(), 'sk-ant-sim-0123456789', encodeURIComponent(words)])
      await fetch(`${address}/v1/invites/${part}/approval?${part}`)
    await fetch(`${address}/v1/devices/${id}/approval`)
    const paths = said.map((line) =>
      z.object({ req: z.object({ path: z.string() }) }).parse(JSON.parse(line)),
    )
    expect(paths.map(({ req }) => req.path)).toEqual([
      ...Array.from({ length: 4 }, () => '/v1/invites/…/approval'),
      `/v1/devices/${id}/approval`,
    ])
  })
})

describe('a mistake of our own', () => {
  test('is answered bare and logged by its place, without a word of what it was about', async () => {
    const address = await serve((app) =>
      app.get('/', () => {
        throw new TypeError(words)
      }),
    )
    const answer = await fetch(address)
    expect(answer.status).toBe(500)
    expect(Problem.parse(await answer.json())).toEqual({
      slug: 'internal-error',
      facts: {},
      requestId: 'request-1',
    })
    expect(everythingSaid()).toContain('TypeError')
    expect(everythingSaid()).toContain('problems.test.ts')
    expect(everythingSaid()).not.toMatch(/Dana|4111|Lisbon/)
    expect(onConsole).not.toHaveBeenCalled()
  })

  test('in the middle of a draft ends the stream with a problem that arrives, and says nothing on the console', async () => {
    const address = await serve((app) =>
      app.use(
        drafts({
          callerOf: async () => mina,
          stillWelcome: async () => true,
          draft: async (_caller, _request, emit) => {
            emit({ type: 'text-delta', text: 'Dear' })
            throw new Error(words)
          },
        }),
      ),
    )
    const answer = await fetch(`${address}/v1/drafts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(draftRequest('Where is it?')),
    })
    const text = await answer.text()
    expect(text.split('\n').filter((line) => line.startsWith('event: '))).toEqual([
      'event: text-delta',
      'event: problem',
    ])
    expect(text).toContain('internal-error')
    expect(text).toContain('urn:ownkey:request:request-1')
    expect(text).not.toMatch(/Dana|4111|Lisbon/)
    expect(everythingSaid()).toContain('unexpected error')
    expect(everythingSaid()).not.toMatch(/Dana|4111|Lisbon/)
    expect(onConsole).not.toHaveBeenCalled()
  })

  test('in the middle of any other answer cuts it, so that nobody takes a half for the whole', async () => {
    const address = await serve((app) =>
      app.get('/', (_request, response) => {
        response.setHeader('content-length', '1000')
        response.write('half')
        throw new Error(words)
      }),
    )
    await expect(fetch(address).then((answer) => answer.text())).rejects.toThrow()
    expect(everythingSaid()).not.toMatch(/Dana|4111|Lisbon/)
    expect(onConsole).not.toHaveBeenCalled()
  })
})

describe('a compressed body', () => {
  test('is refused as a kind that the vault does not read, whole or broken, and is no mistake of ours', async () => {
    const address = await serve((app) =>
      app.post('/', async (request, response) => {
        response.json(await bodyOf(request, response, z.unknown()))
      }),
    )
    const send = (body: BodyInit) =>
      fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
        body,
      })
    for (const body of [new Uint8Array(gzipSync('{}')), 'no gzip at all']) {
      const answer = await send(body)
      expect(Problem.parse(await answer.json()).slug).toBe('unsupported-media-type')
    }
    expect(everythingSaid()).not.toContain('unexpected error')
  })
})
