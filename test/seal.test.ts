import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuditPage } from '../shared/audit.ts'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { KeyConnected } from '../shared/keys.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { engine } from './engine.ts'
import { freePort, startProxy, type VaultProxy } from './proxy.ts'
import { runCommand, startVaultProcess, type VaultProcess } from './vault-process.ts'
import { draftRequest, given, until, type World } from './world.ts'

/** Long enough that a heartbeat of the stream comes before its end. */
const SLOWLY = { do: 'slow', delayMs: 900 } as const
/** SQLite belongs to one vault; its terminal shares the file. */
const FURTHER_VAULTS = engine === 'postgres' ? 2 : 0

describe('a sealed vault', () => {
  let world: World
  let proxy: VaultProxy
  let ports: number[]
  let further: VaultProcess[]

  const onTerminal = (...words: string[]) => runCommand(world.folder, words, world.settings)

  /** The same request through each vault. */
  const everywhere = async <Answer>(ask: (address: string) => Promise<Answer>): Promise<Answer[]> => {
    const answers: Answer[] = []
    for (const port of ports) {
      proxy.to(port)
      answers.push(await ask(`http://127.0.0.1:${port}`))
    }
    return answers
  }

  const slugs = (method: string, path: string, body?: unknown) =>
    everywhere(async () => (await world.owner.request(method, path, body)).problem?.slug)

  const each = <Value>(value: Value): Value[] => ports.map(() => value)

  beforeAll(async () => {
    ports = await Promise.all(Array.from({ length: FURTHER_VAULTS + 1 }, freePort))
    proxy = await startProxy()
    proxy.to(ports[0] ?? 0)
    const settings = { OWNKEY_URL: proxy.address, PORT: String(ports[0]) }
    world = await given({ process: true, settings })
    further = await Promise.all(
      ports
        .slice(1)
        .map((port) => startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })),
    )
  })
  afterAll(async () => {
    await Promise.all(further.map((vault) => vault.stop()))
    await world[Symbol.asyncDispose]()
    await proxy.close()
  })

  test('refuses everything on every vault at once, and works again when it is unsealed', async () => {
    await everywhere(() => world.owner.ask('Where is it?'))
    const { code } = await world.owner.change(
      'POST',
      '/v1/pairing-codes',
      { kind: 'device' },
      PairingCodeAnswer,
    )
    const guest = await world.newBrowser()
    const before = await world.owner.currentToken()

    const sealing = await onTerminal('seal')
    expect(sealing).toMatchObject({ code: 0, errors: '' })
    expect(await slugs('GET', '/v1/status')).toEqual(each('vault-sealed'))
    expect(await slugs('GET', '/v1/keys')).toEqual(each('vault-sealed'))
    expect(await slugs('POST', '/v1/tokens', {})).toEqual(each('vault-sealed'))
    expect(await slugs('POST', '/v1/drafts', draftRequest('Where is it?'))).toEqual(each('vault-sealed'))
    expect(await slugs('GET', '/v1/nothing')).toEqual(each('vault-sealed'))
    const pairing = await everywhere(async () => (await guest.askToPair(code)).problem?.slug)
    expect(pairing).toEqual(each('vault-sealed'))

    const unsealing = await onTerminal('unseal')
    expect(unsealing).toMatchObject({ code: 0, errors: '' })
    expect(await world.owner.currentToken()).toBe(before)
    expect(await slugs('GET', '/v1/status')).toEqual(each('session-ended'))
    world.owner.forgetToken()
    const drafts = await everywhere(() => world.owner.ask('And now?'))
    expect(drafts.map(({ receipt }) => receipt?.outcome)).toEqual(each('answered'))
    expect((await guest.askToPair(code)).status).toBe(201)
  })

  test('voids a token that no vault saw while it was sealed', async () => {
    await everywhere(() => world.owner.status())
    await onTerminal('seal')
    await onTerminal('unseal')
    expect(await slugs('GET', '/v1/status')).toEqual(each('session-ended'))
    world.owner.forgetToken()
    expect((await everywhere(() => world.owner.status())).length).toBe(ports.length)
  })

  test('says that it is alive and what it speaks, that it takes no work, and that no token is good', async () => {
    const read = (path: string) =>
      everywhere(async (address) => {
        const headers = { [CONTRACT_HEADER]: String(CONTRACT), host: new URL(proxy.address).host }
        const response = await fetch(new URL(path, path.endsWith('z') ? address : proxy.address), { headers })
        return { status: response.status, body: await response.json() }
      })
    await onTerminal('seal')
    expect(await read('/healthz')).toEqual(each({ status: 200, body: { ok: true } }))
    expect(await read('/readyz')).toEqual(each({ status: 503, body: { ok: false } }))
    expect(await read('/v1/status')).toEqual(
      each({ status: 200, body: { service: 'ownkey', contracts: [1] } }),
    )
    expect(await read('/.well-known/jwks.json')).toEqual(each({ status: 200, body: { keys: [] } }))
    await onTerminal('unseal')
    expect(await read('/readyz')).toEqual(each({ status: 200, body: { ok: true } }))
    world.owner.forgetToken()
  })

  test('ends an open stream, and keeps the books exact about its call', async () => {
    const begun = Promise.withResolvers<void>()
    proxy.to(ports.at(-1) ?? 0)
    world.simulator.plan({ provider: 'anthropic', next: [SLOWLY] })
    const ended = world.owner.draft(draftRequest('Where is my parcel?'), {
      onEvent: ({ type }) => type === 'text-delta' && begun.resolve(),
    })
    await begun.promise
    await onTerminal('seal')
    expect(await ended).toMatchObject({ cut: true })
    await world.simulator.settled()
    await onTerminal('unseal')
    world.owner.forgetToken()
    const receipts = await until(
      () => world.owner.receipts(),
      (all) => all.every(({ certainty }) => certainty !== 'pending'),
    )
    expect(receipts[0]).toMatchObject({ outcome: 'answered', certainty: 'exact' })
    expect((await world.owner.cap()).settled).toBe(await world.bill())
  })

  test('starts sealed, and stays so until the terminal says otherwise', async () => {
    await onTerminal('seal')
    const port = await freePort()
    const late = await startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })
    proxy.to(port)
    expect((await world.owner.request('GET', '/v1/status')).problem?.slug).toBe('vault-sealed')
    const refused = await onTerminal('workspace', 'create', 'Second team')
    expect(refused).toMatchObject({ code: 1, output: '' })
    expect(refused.errors).toContain('unseal')
    await onTerminal('unseal')
    world.owner.forgetToken()
    expect((await world.owner.ask('Where is it?')).receipt).toMatchObject({ outcome: 'answered' })
    await late.stop()
    proxy.to(ports[0] ?? 0)
  })

  test('is sealed once however often it is asked for, and says so', async () => {
    expect((await onTerminal('unseal')).output).toContain('not sealed')
    await onTerminal('seal')
    expect((await onTerminal('seal')).output).toContain('sealed already')
    await onTerminal('unseal')
    world.owner.forgetToken()
    const { entries } = await world.owner.read('/v1/audit?limit=200', AuditPage)
    const told = entries.filter(({ kind }) => kind.startsWith('vault-')).map(({ kind }) => kind)
    expect(told.slice(0, 2)).toEqual(['vault-unsealed', 'vault-sealed'])
    expect(told.filter((kind) => kind === 'vault-sealed').length).toBe(told.length / 2)
    expect(entries.find(({ kind }) => kind === 'vault-sealed')).toMatchObject({ memberId: null, facts: {} })
    const changed = await world.owner.change(
      'POST',
      '/v1/keys',
      { provider: 'openai', key: 'sk-sim-healthy-0123456789abcdef' },
      KeyConnected,
    )
    expect(changed.key.connected).toBe(true)
  })
})
