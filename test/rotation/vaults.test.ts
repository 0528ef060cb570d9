import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../server/store/database.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { AuditPage } from '../../shared/audit.ts'
import { Key, KeyList, Rehearsal } from '../../shared/keys.ts'
import { keyIdOf } from '../provider/reports/organization.ts'
import { freePort, startProxy, type VaultProxy } from '../proxy.ts'
import { startVaultProcess, type VaultProcess } from '../vault-process.ts'
import { draftRequest, given, simulatorKeys, until, type World } from '../world.ts'

const secondKey = 'sk-ant-sim-healthy-second-0123456789'

/** A stream that goes on for seconds: longer than everything that is done meanwhile. */
const LONG = { do: 'slow', delayMs: 700 } as const

type Ports = readonly [number, number, number]

describe('a key that is switched while three vaults draft', () => {
  let world: World
  let proxy: VaultProxy
  let database: Database
  let ports: Ports
  let others: readonly VaultProcess[]

  beforeAll(async () => {
    ports = [await freePort(), await freePort(), await freePort()]
    const [first, ...further] = ports
    proxy = await startProxy()
    proxy.to(first)
    world = await given({ process: true, settings: { OWNKEY_URL: proxy.address, PORT: String(first) } })
    others = await Promise.all(
      further.map((port) => startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })),
    )
    database = openPostgres(world.settings.DATABASE_URL ?? '')
  })
  afterAll(async () => {
    await Promise.all(others.map((vault) => vault.stop()))
    await database.close()
    await world[Symbol.asyncDispose]()
    await proxy.close()
  })

  const theKey = async () => {
    const [key] = (await world.owner.read('/v1/keys', KeyList)).keys
    if (key === undefined) throw new Error('there is no key')
    return key
  }
  const switchTo = async (version: number) =>
    world.owner.change('PUT', `/v1/keys/${(await theKey()).id}/version`, { version }, Key)

  /** Asks through a vault until the first text comes; the stream goes on. */
  const begin = async (port: number) => {
    const begun = Promise.withResolvers<void>()
    proxy.to(port)
    world.simulator.plan({ provider: 'anthropic', next: [LONG] })
    const ended = world.owner.draft(draftRequest('Where is my parcel?'), {
      onEvent: ({ type }) => type === 'text-delta' && begun.resolve(),
    })
    await begun.promise
    return { ended }
  }

  /** The version that the books name, and the secret that the provider was shown, of a draft by each vault. */
  const draftOnEach = async () => {
    const drawn: { version: number | undefined; secret: string | undefined }[] = []
    for (const port of ports) {
      proxy.to(port)
      const { receipt } = await world.owner.ask('And now?')
      const call = world.simulator.calls().at(-1)
      drawn.push({ version: receipt?.attempts[0]?.keyVersion, secret: call?.keyId })
    }
    return drawn
  }
  const drawnFrom = (version: number, secret: string) =>
    ports.map(() => ({ version, secret: keyIdOf('anthropic', secret) }))

  const audited = async (kind: string) => {
    const { entries } = await world.owner.read(`/v1/audit?kind=${kind}`, AuditPage)
    return entries.map(({ facts }) => facts.version)
  }

  test('finishes long streams on the old version, and takes the new one for whatever begins', async () => {
    const [first, second] = ports
    const key = await theKey()
    const streams = []
    for (const port of ports) streams.push(await begin(port))
    proxy.to(first)
    const rehearsal = await world.owner.change(
      'POST',
      `/v1/keys/${key.id}/versions`,
      { key: secondKey },
      Rehearsal,
    )
    expect(await draftOnEach()).toEqual(drawnFrom(1, simulatorKeys.anthropic))
    proxy.to(second)
    expect(await switchTo(rehearsal.version)).toMatchObject({ version: 2, former: { version: 1 } })
    expect(await draftOnEach()).toEqual(drawnFrom(2, secondKey))
    const ended = await Promise.all(streams.map((stream) => stream.ended))
    for (const { receipt, cut, problem } of ended) {
      expect({ cut, problem }).toEqual({ cut: false, problem: undefined })
      expect(receipt).toMatchObject({ outcome: 'answered', certainty: 'exact' })
      expect(receipt?.attempts).toMatchObject([{ keyVersion: 1 }])
    }
    const { at: switchedAt } =
      (await world.owner.read('/v1/audit?kind=key-replaced', AuditPage)).entries[0] ?? {}
    for (const { receipt } of ended)
      expect(receipt?.attempts[0]?.endedAt).toBeGreaterThan(switchedAt ?? Number.POSITIVE_INFINITY)
  })

  test('returns at another vault, and every vault draws on the old version again', async () => {
    const [, , third] = ports
    const stream = await begin(third)
    expect(await switchTo(1)).toMatchObject({ version: 1, former: { version: 2 } })
    expect(await draftOnEach()).toEqual(drawnFrom(1, simulatorKeys.anthropic))
    expect((await stream.ended).receipt?.attempts).toMatchObject([{ keyVersion: 2 }])
    expect(await audited('key-returned')).toEqual([1])
  })

  test('keeps the former version no longer than its time: then it is destroyed, by one of the vaults', async () => {
    const { id, former } = await theKey()
    expect(former).toMatchObject({ version: 2 })
    await database.db
      .updateTable('provider_key_versions')
      .set({ kept_until: Date.now() - 1 })
      .where('version', '=', 2)
      .execute()
    const sealed = () =>
      database.db
        .selectFrom('provider_key_versions')
        .select('version')
        .where('sealed', 'is not', null)
        .execute()
    const left = await until(sealed, (rows) => rows.length === 1)
    expect(left.map(({ version }) => Number(version))).toEqual([1])
    expect(await audited('key-version-destroyed')).toEqual([2])
    const gone = await world.owner.request('PUT', `/v1/keys/${id}/version`, { version: 2 })
    expect(gone.problem).toMatchObject({ slug: 'version-gone', facts: { version: 2 } })
    expect(await draftOnEach()).toEqual(drawnFrom(1, simulatorKeys.anthropic))
  })
})
