import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort, startProxy, type VaultProxy } from '../proxy.ts'
import { startVaultProcess, type VaultProcess } from '../vault-process.ts'
import { until, type World } from '../world.ts'
import { expectSoundBooks, givenBackup, restsIn, triedIn } from './desk.ts'

const AT_ONCE = 20

/** Three vault processes on one database, behind one address; the first one is the world's own. */
const threeVaults = async () => {
  const ports: [number, number, number] = [await freePort(), await freePort(), await freePort()]
  const [a, b, c] = ports
  const proxy = await startProxy()
  proxy.to(a)
  const settings = { OWNKEY_URL: proxy.address, PORT: String(a) }
  const world = await givenBackup({ process: true, settings })
  const others = await Promise.all(
    [b, c].map((port) => startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })),
  )
  return { world, proxy, ports, others }
}

describe('three vaults on one database', () => {
  let world: World
  let proxy: VaultProxy
  let ports: [number, number, number]
  let others: VaultProcess[]

  beforeAll(async () => {
    ;({ world, proxy, ports, others } = await threeVaults())
  })
  afterAll(async () => {
    await Promise.all(others.map((vault) => vault.stop()))
    await world[Symbol.asyncDispose]()
    await proxy.close()
  })

  const asked = async (port: number) => {
    proxy.to(port)
    return triedIn((await world.owner.ask('Where is my parcel?')).receipt)
  }

  test('try with one draft whether a key is well again, and with one only', async () => {
    const anthropics = () => world.simulator.calls().filter(({ provider }) => provider === 'anthropic').length
    const [a] = ports
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '1' }] })
    expect(await asked(a)).toEqual(['anthropic failed rate-limited', 'openai answered'])
    const [rest] = await restsIn(world)
    await until(
      async () => Date.now(),
      (now) => now > (rest?.untilAt ?? 0),
    )
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'slow', delayMs: 200 }] })
    const before = anthropics()
    proxy.to(...ports)
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_one, index) => world.owner.ask(`Where is parcel ${index}?`)),
    )
    for (const { receipt } of answers) expect(receipt?.outcome).toBe('answered')
    await world.simulator.settled()
    expect(anthropics() - before).toBe(1)
    expect(await restsIn(world)).toEqual([])
    await expectSoundBooks(world)
  })

  test('leave a key alone that one of them was told to leave alone', async () => {
    const [a, b, c] = ports
    world.simulator.plan({ provider: 'anthropic', next: [{ do: 'rate-limited', retryAfter: '600' }] })
    expect(await asked(a)).toEqual(['anthropic failed rate-limited', 'openai answered'])
    expect(await asked(b)).toEqual(['openai answered'])
    expect(await asked(c)).toEqual(['openai answered'])
    await expectSoundBooks(world)
  })
})
