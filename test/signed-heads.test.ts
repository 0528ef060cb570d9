import { decodeProtectedHeader } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { bookkeeper, newBookkeepingKey, readSignedHead } from '../server/crypto/signed-head.ts'
import { ChainList, Heads, type Log } from '../shared/chains.ts'
import { type Browser, type GivenVault, givenVault } from './identity/vault.ts'

let world: GivenVault
afterEach(() => world.stop())

const given = async (): Promise<Browser> => {
  world = await givenVault()
  return world.owner()
}

const chainsOf = async (by: Browser) => ChainList.parse(JSON.parse((await by.send('GET', '/v1/chains')).text))
const headsOf = async (by: Browser, query = '') =>
  Heads.parse(JSON.parse((await by.send('GET', `/v1/heads${query}`)).text)).heads

const read = async (text: string | null | undefined) => {
  const found = await readSignedHead(text ?? '')
  if (found === undefined) throw new Error('no signed head')
  return found
}

const signedOf = async (by: Browser, log: Log) =>
  read((await headsOf(by)).find((head) => head.log === log)?.signed)

/** The text with one sign of its payload another. */
const changed = (signed: string): string => {
  const [header = '', payload = '', signature = ''] = signed.split('.')
  const other = Buffer.from(payload, 'base64url').toString().replace('"length":', '"length":1')
  return [header, Buffer.from(other).toString('base64url'), signature].join('.')
}

describe('the head of a chain', () => {
  test('is signed with workspace, log, length, hash and time, by a key that is told beside it', async () => {
    const owner = await given()
    const { chains, key } = await chainsOf(owner)
    for (const { log, length, head, signed } of chains) {
      const found = await read(signed)
      expect(found.head).toEqual({ workspace: world.workspace.id, log, length, head, at: world.now() })
      expect(found.kid).toBe(key?.kid)
    }
    expect(chains.map(({ length }) => length > 0)).toEqual([false, true])
  })

  test('is told to every member without walking the chain, and the hash at a length that was seen', async () => {
    const owner = await given()
    const before = await signedOf(owner, 'audit')
    const agent = await world.paired(await owner.makeCode({ kind: 'invite', role: 'light-agent' }), {
      memberName: 'Lia',
    })
    const [ledger, audit] = await headsOf(agent, `?audit=${before.head.length}`)
    expect(audit?.standing).toBe(before.head.head)
    expect((await read(audit?.signed)).head.length).toBeGreaterThan(before.head.length)
    expect(ledger).toMatchObject({ log: 'ledger', standing: null })
    expect((await headsOf(agent, '?audit=99999'))[1]?.standing).toBeNull()
  })

  test('is signed once while nothing is added, and anew when something is', async () => {
    const owner = await given()
    const [ledger, audit] = await headsOf(owner)
    expect((await headsOf(owner)).map(({ signed }) => signed)).toEqual([ledger?.signed, audit?.signed])
    await owner.makeCode({ kind: 'device' })
    expect((await headsOf(owner)).map(({ signed }) => signed)).not.toEqual([ledger?.signed, audit?.signed])
    expect((await headsOf(owner))[0]?.signed).toBe(ledger?.signed)
  })

  test('is not read by another length, another key or no key', async () => {
    const owner = await given()
    const signed = (await headsOf(owner))[1]?.signed ?? ''
    expect(await readSignedHead(signed)).toBeDefined()
    expect(await readSignedHead(changed(signed))).toBeUndefined()
    const other = await bookkeeper(await newBookkeepingKey())
    const { head } = await read(signed)
    const elses = await other.sign(head)
    expect((await read(elses)).kid).not.toBe((await read(signed)).kid)
    const [header = ''] = elses.split('.')
    expect(await readSignedHead([header, ...signed.split('.').slice(1)].join('.'))).toBeUndefined()
    for (const text of ['', 'x', 'a.b.c', `${signed}x`, '....'])
      expect(await readSignedHead(text)).toBeUndefined()
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    expect(await readSignedHead([none, ...signed.split('.').slice(1)].join('.'))).toBeUndefined()
  })

  test('is signed by a key of the workspace that signs no session', async () => {
    const owner = await given()
    const { key } = await chainsOf(owner)
    const sessions = JSON.parse((await owner.send('GET', '/.well-known/jwks.json')).text)
    expect(sessions.keys.map(({ x }: { x: string }) => x)).not.toContain(key?.x)
    const signed = (await headsOf(owner))[1]?.signed ?? ''
    expect(decodeProtectedHeader(signed)).toMatchObject({
      alg: 'ES256',
      typ: 'ownkey-head+jws',
      kid: key?.kid,
    })
  })

  test('is signed by a key that lies sealed, bound to its workspace', async () => {
    const owner = await given()
    const { key } = await chainsOf(owner)
    const secret = await world.opened.secrets.find(world.workspace.id, 'bookkeeping-key')
    expect(secret?.sealed.split('.')).toHaveLength(5)
    expect(secret?.sealed).not.toContain(key?.x ?? '')
    expect((await chainsOf(owner)).key).toEqual(key)
  })
})
