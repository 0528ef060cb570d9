import { describe, expect, test } from 'vitest'
import { guardedFetch, isPublic, judgeAddress } from '../../server/outbound/guard.ts'
import { webhookPost } from '../../server/outbound/webhook.ts'
import { startReceiver } from './receivers.ts'

const never = new AbortController().signal
const post = (address: string) => ({ address, headers: {}, body: '{}' })

describe('an address of the internet', () => {
  test.each(['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.32.0.1', '2606:4700::1111', '2a00:1450::8a'])(
    'is public: %s',
    (address) => expect(isPublic(address)).toBe(true),
  )

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.254',
    '127.0.0.1',
    '127.9.9.9',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'no address',
    '',
  ])('is not, within a network or a way into one: %s', (address) => expect(isPublic(address)).toBe(false))
})

describe('an address that somebody types', () => {
  const judge = judgeAddress(['10.0.0.5:8080', 'chat.internal:443'])

  test.each([
    ['https://hooks.slack.com/services/T0/B0/x', undefined],
    ['https://hooks.example:8443/x', undefined],
    ['https://1.1.1.1/x', undefined],
    ['http://hooks.example/x', 'not-https'],
    ['https://name:word@hooks.example/x', 'credentials'],
    ['https://127.0.0.1/x', 'private'],
    ['https://2130706433/x', 'private'],
    ['https://0x7f.1/x', 'private'],
    ['https://[::1]/x', 'private'],
    ['https://[::ffff:169.254.169.254]/latest', 'private'],
    ['https://localhost/x', 'private'],
    ['https://LOCALHOST./x', 'private'],
    ['https://vault.internal/x', 'private'],
    ['https://chat.internal/x', undefined],
    ['http://10.0.0.5:8080/x', undefined],
    ['http://10.0.0.5:8081/x', 'not-https'],
    ['https://10.0.0.6:8080/x', 'private'],
  ] as const)('is judged by its text: %s %s', (address, verdict) => {
    expect(judge(address)).toBe(verdict)
  })
})

describe('a name', () => {
  const resolving = (...addresses: readonly string[]) => {
    const asked: string[] = []
    const resolve = (name: string) => {
      asked.push(name)
      return Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })))
    }
    return { asked, post: webhookPost(guardedFetch([], resolve)) }
  }

  test.each([['127.0.0.1'], ['::1'], ['1.1.1.1', '10.0.0.1'], ['169.254.169.254'], []])(
    'that leads inside is refused when it connects: %s',
    async (...addresses) => {
      const { asked, post: send } = resolving(...addresses)
      const refused = { delivered: false, failure: 'refused-address', lasting: true }
      expect(await send(post('https://hooks.example/x'), never)).toEqual(refused)
      expect(asked).toEqual(['hooks.example'])
    },
  )

  test('that nobody knows is told as that', async () => {
    const fail = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))
    const send = webhookPost(guardedFetch([], fail))
    expect(await send(post('https://nowhere.example/x'), never)).toEqual({
      delivered: false,
      failure: 'unknown-host',
      lasting: false,
    })
  })
})

describe('a receiver', () => {
  test('is not followed where it points to', async () => {
    await using receiver = await startReceiver()
    await using inside = await startReceiver()
    receiver.plan({ status: 307, headers: { location: inside.address } })
    const send = webhookPost(guardedFetch([receiver.host, inside.host]))
    expect(await send(post(receiver.address), never)).toMatchObject({ failure: 'redirected' })
    expect(inside.posts).toEqual([])
  })

  test('that does not answer is not waited for', async () => {
    await using receiver = await startReceiver()
    receiver.plan('silence')
    const send = webhookPost(guardedFetch([receiver.host]), 50)
    expect(await send(post(receiver.address), never)).toEqual({
      delivered: false,
      failure: 'timeout',
      lasting: false,
    })
  })

  test('that is down, broken or gone is told apart', async () => {
    const receiver = await startReceiver()
    receiver.plan({ status: 500 }, { status: 410 })
    const send = webhookPost(guardedFetch([receiver.host]))
    const tries = [await send(post(receiver.address), never), await send(post(receiver.address), never)]
    await receiver.close()
    tries.push(await send(post(receiver.address), never))
    expect(tries).toMatchObject([
      { failure: 'http-500', lasting: false },
      { failure: 'http-410', lasting: true },
      { failure: 'unreachable', lasting: false },
    ])
  })

  test('of the vault’s own network is refused where the operator has not named it', async () => {
    await using receiver = await startReceiver()
    const send = webhookPost(guardedFetch(['127.0.0.1:1']))
    expect(await send(post(receiver.address), never)).toMatchObject({ failure: 'refused-address' })
    expect(receiver.posts).toEqual([])
  })
})
