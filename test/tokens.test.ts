import { randomBytes } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MasterKeyError } from '../server/crypto/master-key.ts'
import { TokenAnswer } from '../shared/pairing.ts'
import { extensionOrigin } from './device.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from './identity/vault.ts'

const SECOND = 1_000
const DAY = 86_400_000

let world: GivenVault
let owner: Browser

beforeEach(async () => {
  world = await givenVault()
  owner = await world.owner()
})

afterEach(() => world.stop())

const slug = ({ problem }: Answered) => problem?.slug
const reason = ({ problem }: Answered) =>
  problem?.slug === 'proof-refused' ? problem.facts.reason : problem?.slug
const status = (browser: Browser, twist = {}) => browser.send('GET', '/v1/status', undefined, twist)

describe('a session token', () => {
  test('is given to the device whose key made the proof, with the time of the vault', async () => {
    const answer = TokenAnswer.parse(JSON.parse((await owner.signIn()).text))
    expect(answer.now).toBe(world.now())
    expect(answer.expiresAt).toBe(world.now() + 300 * SECOND)
    expect((await status(owner)).status).toBe(200)
  })

  test('names device, workspace and device key, and no role', async () => {
    const token = owner.session() ?? ''
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'ownkey-session+jwt', alg: 'Ed25519' })
    const claims = decodeJwt(token)
    expect(claims).toMatchObject({ iss: world.vault.origin, aud: world.vault.origin, ws: world.workspace.id })
    expect(claims.cnf).toEqual({ jkt: owner.device.thumbprint })
    expect(Object.keys(claims).toSorted()).toEqual(['aud', 'cnf', 'exp', 'iat', 'iss', 'sub', 'ws'])
  })

  test('can be checked by the published keys, which hold nothing private', async () => {
    const response = await fetch(new URL('/.well-known/jwks.json', world.vault.origin))
    const { keys } = JSON.parse(await response.text())
    expect(keys).toHaveLength(1)
    expect(keys[0]).not.toHaveProperty('d')
    const { kid } = decodeProtectedHeader(owner.session() ?? '')
    expect(keys[0].kid).toBe(kid)
    const options = { currentDate: new Date(world.now()) }
    await expect(jwtVerify(owner.session() ?? '', keys[0], options)).resolves.toBeDefined()
  })

  test('lives five minutes', async () => {
    world.pass(299 * SECOND)
    expect((await status(owner)).status).toBe(200)
    world.pass(SECOND)
    expect(slug(await status(owner))).toBe('session-ended')
  })

  test('is refused when it was changed, signed by somebody else, or is not there', async () => {
    const token = owner.session() ?? ''
    const { privateKey } = await generateKeyPair('Ed25519')
    const forged = await new SignJWT(decodeJwt(token))
      .setProtectedHeader({ alg: 'Ed25519', typ: 'ownkey-session+jwt' })
      .sign(privateKey)
    const none = `${Buffer.from('{"alg":"none","typ":"ownkey-session+jwt"}').toString('base64url')}.${token.split('.')[1]}.`
    for (const bad of [`${token.slice(0, -6)}AAAAAA`, forged, none, 'x', 'a.b.c', undefined])
      expect(slug(await owner.send('GET', '/v1/devices', undefined, { token: bad }))).toBe('session-ended')
  })

  test('of another device is refused without that device’s key', async () => {
    const other = await world.paired(await owner.makeCode({ kind: 'device' }))
    const answer = await status(other, { token: owner.session(), provenToken: owner.session() })
    expect(reason(answer)).toBe('other-key')
  })

  test('is refused with a proof that was made for another token', async () => {
    expect(reason(await status(owner, { provenToken: 'another' }))).toBe('token-mismatch')
    expect(reason(await status(owner, { provenToken: undefined }))).toBe('token-mismatch')
  })

  test('is not given to a key that the vault does not know', async () => {
    expect(slug(await (await world.browser()).signIn())).toBe('device-unknown')
  })
})

describe('a proof of the device key', () => {
  test('is needed', async () => {
    expect(reason(await status(owner, { proof: undefined }))).toBe('missing')
    expect(reason(await owner.signIn({ proof: undefined }))).toBe('missing')
  })

  test('works once', async () => {
    expect((await status(owner, { id: 'the same' })).status).toBe(200)
    expect(reason(await status(owner, { id: 'the same' }))).toBe('replayed')
  })

  test('works once of many at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => status(owner, { id: 'a race' })))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    expect(answers.filter((answer) => reason(answer) === 'replayed')).toHaveLength(7)
  })

  test('may have an id that another device used', async () => {
    const other = await world.paired(await owner.makeCode({ kind: 'device' }))
    expect((await status(owner, { id: 'shared' })).status).toBe(200)
    expect((await status(other, { id: 'shared' })).status).toBe(200)
  })

  test('of a stranger is refused without anything being written', async () => {
    const { db } = world.opened.database
    const written = async () =>
      [await db.selectFrom('proofs').selectAll().execute(), await world.audited()].map(({ length }) => length)
    const before = await written()
    const stranger = await world.browser()
    await stranger.signIn()
    await stranger.tryPair('ZZZZZZ-0000-0000-0000-0000')
    await status(stranger, { token: 'x' })
    expect(await written()).toEqual(before)
  })

  test('is still remembered after forgetting old ones, as long as it would be accepted', async () => {
    expect((await status(owner, { id: 'kept', at: world.now() + 5 * SECOND })).status).toBe(200)
    const at = world.now() + 5 * SECOND
    world.pass(65 * SECOND)
    await world.opened.proofs.prune(world.now())
    expect(reason(await status(owner, { id: 'kept', at }))).toBe('replayed')
    world.pass(3_600 * SECOND)
    await world.opened.proofs.prune(world.now())
    expect(await world.opened.database.db.selectFrom('proofs').selectAll().execute()).toEqual([])
  })

  test.each([
    [60, 200],
    [61, 401],
    [-5, 200],
    [-6, 401],
  ])('of %i seconds ago is answered with %i', async (age, expected) => {
    const answer = await status(owner, { at: world.now() - age * SECOND })
    expect(answer.status).toBe(expected)
  })

  test('by a wrong clock is refused with the time of the vault, so that the person can be told', async () => {
    const { problem } = await owner.signIn({ at: world.now() - 3_600 * SECOND })
    expect(problem).toMatchObject({ facts: { reason: 'clock', vaultTime: world.now() } })
  })

  test('for another method, path or vault is refused', async () => {
    const { origin } = world.vault
    expect(reason(await status(owner, { method: 'POST' }))).toBe('method-or-address')
    for (const address of [
      `${origin}/v1/keys`,
      `${origin}/v1/status/`,
      'https://vault.example/v1/status',
      origin.replace('http', 'https'),
      `${origin.replace('//', '//user:pass@')}/v1/status`,
      '/v1/status',
      '',
    ])
      expect(reason(await status(owner, { address }))).toBe('method-or-address')
  })

  test('names the address without looking at query and fragment', async () => {
    const address = `${world.vault.origin}/v1/receipts?x=1#y`
    const answer = await owner.send('GET', '/v1/receipts?limit=5', undefined, { address })
    expect(answer.status).toBe(200)
  })

  test.each([
    ['no token at all', 'nonsense'],
    ['two proofs', 'a.b.c, d.e.f'],
    ['too long', `${'a'.repeat(5_000)}.b.c`],
  ])('that is %s is malformed', async (_what, proof) => {
    expect(reason(await status(owner, { proof }))).toBe('malformed')
  })

  const signedWith = async (header: Record<string, unknown>, claims: Record<string, unknown> = {}) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const jwk = await exportJWK(publicKey)
    const whole = {
      htm: 'GET',
      htu: `${world.vault.origin}/v1/status`,
      jti: 'one',
      iat: Math.floor(world.now() / 1_000),
      ...claims,
    }
    const proof = await new SignJWT(whole)
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
      .sign(privateKey)
    return { proof, jwk, privateJwk: await exportJWK(privateKey) }
  }

  test('with a private key in its header is malformed', async () => {
    const { privateJwk } = await signedWith({})
    const { proof } = await signedWith({ jwk: privateJwk })
    expect(reason(await status(owner, { proof }))).toBe('malformed')
  })

  test('of another type is malformed', async () => {
    for (const header of [
      { typ: 'jwt' },
      { typ: undefined },
      { jwk: undefined },
      { jwk: { kty: 'oct', k: 'AAAA' } },
    ])
      expect(reason(await status(owner, { proof: (await signedWith(header)).proof }))).toBe('malformed')
  })

  test('with claims that are missing or too long is malformed', async () => {
    for (const claims of [
      { jti: undefined },
      { jti: 'x'.repeat(201) },
      { iat: undefined },
      { htu: 5 },
      { htm: undefined },
    ])
      expect(reason(await status(owner, { proof: (await signedWith({}, claims)).proof }))).toBe('malformed')
  })

  test('signed by another key than the one that it names is refused', async () => {
    const { jwk } = await signedWith({})
    const { proof } = await signedWith({ jwk })
    expect(reason(await status(owner, { proof }))).toBe('signature')
  })

  test('whose key is no point of the curve is refused', async () => {
    const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'B'.repeat(43) }
    expect(reason(await status(owner, { proof: (await signedWith({ jwk })).proof }))).toBe('signature')
  })

  test('never travels back in a refusal', async () => {
    const { proof } = await signedWith({ typ: 'jwt' })
    expect((await status(owner, { proof })).text).not.toContain(proof.slice(0, 40))
  })
})

describe('a device', () => {
  const devicesOf = async (browser: Browser) =>
    JSON.parse((await browser.send('GET', '/v1/devices')).text).devices

  test('speaks from the origin that it was paired from, and from no other', async () => {
    expect((await status(owner, { origin: extensionOrigin })).status).toBe(200)
    expect((await status(owner, { origin: undefined })).status).toBe(200)
    const other = `chrome-extension://${'a'.repeat(32)}`
    expect(slug(await status(owner, { origin: other }))).toBe('origin-refused')
    expect(slug(await owner.signIn({ origin: other }))).toBe('origin-refused')
    for (const origin of ['null', 'https://example.com', world.vault.origin])
      expect(slug(await status(owner, { origin }))).toBe('origin-refused')
  })

  test('that was paired without an origin cannot speak from one later', async () => {
    const plain = await world.browser()
    const code = await owner.makeCode({ kind: 'device' })
    expect((await plain.tryPair(code, {}, { origin: undefined })).status).toBe(201)
    expect((await plain.signIn({ origin: undefined })).status).toBe(200)
    expect(slug(await plain.signIn({ origin: extensionOrigin }))).toBe('origin-refused')
  })

  test('that was removed is refused at once, with its living token and for a new one', async () => {
    const other = await world.paired(await owner.makeCode({ kind: 'device' }))
    const [its] = (await devicesOf(other)).filter(({ current }: { current: boolean }) => current)
    expect((await owner.send('DELETE', `/v1/devices/${its.id}`)).status).toBe(204)
    expect(slug(await status(other))).toBe('device-removed')
    expect(slug(await other.signIn())).toBe('device-removed')
    expect((await world.audited()).at(-1)).toMatchObject({
      kind: 'device-removed',
      facts: { device: 'A browser' },
    })
  })

  test('may remove itself', async () => {
    const [its] = await devicesOf(owner)
    expect((await owner.send('DELETE', `/v1/devices/${its.id}`)).status).toBe(204)
    expect(slug(await status(owner))).toBe('device-removed')
  })

  test('of a removed member is refused', async () => {
    const agent = await world.paired(await owner.makeCode({ kind: 'invite', role: 'agent' }))
    const { db } = world.opened.database
    await db.updateTable('members').set({ removed_at: world.now() }).where('role', '=', 'agent').execute()
    expect(slug(await status(agent))).toBe('device-removed')
  })

  test('expires after 30 idle days, and not before', async () => {
    world.pass(30 * DAY)
    expect((await owner.signIn()).status).toBe(200)
    world.pass(30 * DAY + 1)
    expect(slug(await owner.signIn())).toBe('device-removed')
  })

  test('of somebody else does not exist for an agent, and an unknown id is the same refusal', async () => {
    const agent = await world.paired(await owner.makeCode({ kind: 'invite', role: 'agent' }))
    expect(await devicesOf(agent)).toHaveLength(1)
    expect(await devicesOf(owner)).toHaveLength(2)
    const [owners] = (await devicesOf(owner)).filter(({ current }: { current: boolean }) => current)
    const theirs = await agent.send('DELETE', `/v1/devices/${owners.id}`)
    const unknown = await agent.send('DELETE', '/v1/devices/00000000-0000-4000-8000-000000000000')
    const noId = await agent.send('DELETE', "/v1/devices/' or 1=1 --")
    const bare = ({ text, headers }: Answered) => text.replaceAll(headers.get('x-request-id') ?? '-', 'ID')
    expect(slug(theirs)).toBe('not-found')
    expect(bare(theirs)).toBe(bare(unknown))
    expect(bare(noId)).toBe(bare(unknown))
  })

  test('has the role that its member has now, not the one of its token', async () => {
    expect((await owner.send('GET', '/v1/audit')).status).toBe(200)
    await world.opened.database.db.updateTable('members').set({ role: 'agent' }).execute()
    expect(slug(await owner.send('GET', '/v1/audit'))).toBe('not-found')
  })

  test('tells when it was last used, to the minute and without a write for each request', async () => {
    const lastUsedAt = async () => (await devicesOf(owner))[0].lastUsedAt
    const first = await lastUsedAt()
    world.pass(59 * SECOND)
    await lastUsedAt()
    expect(await lastUsedAt()).toBe(first)
    world.pass(SECOND)
    await lastUsedAt()
    expect(await lastUsedAt()).toBe(new Date(world.now()).toISOString())
  })

  test('signs in once a day in the audit log, however much it asks', async () => {
    world.pass(DAY)
    for (let again = 0; again < 3; again += 1) {
      await owner.signIn()
      await status(owner)
      world.pass(2 * 60 * SECOND)
    }
    const signIns = (await world.audited()).filter(({ kind }) => kind === 'signed-in')
    expect(signIns).toHaveLength(1)
    expect(signIns[0]).toMatchObject({ memberName: 'Olga', facts: { device: 'A browser' } })
  })
})

describe('the key of the tokens', () => {
  const kid = async (): Promise<unknown> => {
    const response = await fetch(new URL('/.well-known/jwks.json', world.vault.origin))
    return JSON.parse(await response.text()).keys[0].kid
  }

  test('lies sealed in the database and stays the same after a restart', async () => {
    const rows = await world.opened.database.db.selectFrom('secrets').selectAll().execute()
    expect(rows.map((row) => row.kind).toSorted()).toEqual(['token-key', 'vault-key'])
    for (const { sealed } of rows) expect(sealed.split('.')).toHaveLength(5)
    const before = await kid()
    await world.restart()
    expect(await kid()).toBe(before)
  })

  test('does not open under another master key, so the vault does not start', async () => {
    const other = randomBytes(32).toString('base64url')
    await expect(world.restart({ OWNKEY_MASTER_KEY: other })).rejects.toThrow(MasterKeyError)
    await world.restart()
  })
})
