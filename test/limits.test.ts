import { request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { Problem } from '../shared/problems.ts'
import { given } from './world.ts'

const PER_HOUR = 200
const HOUR_SECONDS = 3_600

describe('the rolling limit of a workspace', () => {
  test('holds when everybody asks at the same moment', async () => {
    await using world = await given()
    const anna = await world.owner.invite('agent', 'Anna')
    const asking = Array.from({ length: PER_HOUR + 10 }, (_, index) =>
      (index % 2 === 0 ? world.owner : anna).ask('Where is it?'),
    )
    const answers = await Promise.all(asking)
    expect(answers.filter(({ receipt }) => receipt !== undefined)).toHaveLength(PER_HOUR)
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(10)
    for (const { problem } of refused) {
      expect(problem).toMatchObject({ slug: 'rate-limited', facts: { limit: PER_HOUR } })
      const { retryAfterSeconds } =
        problem?.slug === 'rate-limited' ? problem.facts : { retryAfterSeconds: 0 }
      expect(retryAfterSeconds).toBeGreaterThan(HOUR_SECONDS - 120)
      expect(retryAfterSeconds).toBeLessThanOrEqual(HOUR_SECONDS)
    }
    expect((await world.owner.cap()).held).toBe(0n)
    expect((await world.owner.cap()).settled).toBe(await world.bill())
  })
})

describe('the rolling limit that an operator sets', () => {
  test('lets so many drafts begin, and is named where it refuses', async () => {
    await using world = await given({ settings: { OWNKEY_DRAFTS_PER_HOUR: '3' } })
    const answers = await Promise.all(Array.from({ length: 5 }, () => world.owner.ask('Where is it?')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    const later = await world.owner.ask('And now?')
    for (const { problem } of [...refused, later])
      expect(problem).toMatchObject({ slug: 'rate-limited', facts: { limit: 3 } })
  })
})

/** Sends the beginning of a body that never ends, and tells what is answered meanwhile. */
const beginBody = async (address: string, path: string, headers: Record<string, string>) => {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const sent = request(new URL(path, address), {
    method: 'POST',
    headers: { 'content-type': 'application/json', [CONTRACT_HEADER]: String(CONTRACT), ...headers },
  })
  sent.on('error', reject)
  sent.once('response', (answer) => {
    answer.setEncoding('utf8')
    let text = ''
    answer.on('data', (piece: string) => {
      text += piece
    })
    answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
  })
  sent.write('{"thread":')
  const answer = await promise
  sent.destroy()
  return answer
}

describe('a stranger', () => {
  const paths = ['/v1/drafts', '/v1/keys', '/v1/pairing-codes']

  test.each(paths)('is refused at %s before the body has come', async (path) => {
    await using world = await given({ keys: [] })
    for (const headers of [{}, { authorization: 'DPoP made.up.token', dpop: 'made.up.proof' }]) {
      const { status, text } = await beginBody(world.address(), path, headers)
      expect(status).toBe(401)
      expect(Problem.parse(JSON.parse(text)).slug).toBe('session-ended')
    }
  })

  test('may send little where anybody may ask, and a member what a long conversation needs', async () => {
    await using world = await given({ keys: [] })
    const stranger = await world.newBrowser()
    for (const path of ['/v1/tokens', '/v1/devices']) {
      const { problem } = await stranger.request('POST', path, { deviceName: 'x'.repeat(9_000) })
      expect(problem).toMatchObject({ slug: 'too-large', facts: { limitBytes: 8_192 } })
    }
    const { problem } = await world.owner.request('POST', '/v1/drafts', { text: 'x'.repeat(600_000) })
    expect(problem).toMatchObject({ slug: 'too-large', facts: { limitBytes: 524_288 } })
    const long = await world.owner.request('POST', '/v1/drafts', { text: 'x'.repeat(500_000) })
    expect(long.problem?.slug).toBe('malformed-request')
  })
})
