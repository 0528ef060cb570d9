import { setTimeout as pause } from 'node:timers/promises'
import { freePort, startProxy } from '../../proxy.ts'
import { startVaultProcess, type VaultProcess } from '../../vault-process.ts'
import { type Given, given, type World } from '../../world.ts'

/** Vault processes on one PostgreSQL database behind one address, each of which can be ended and started again. */
export type Fleet = AsyncDisposable & {
  readonly world: World
  /** How many run now. */
  running(): number
  /** kill -9; from then on nothing is handed to it. */
  kill(which: number): Promise<void>
  /** Asks it to stop, so that its streams may end, and kills it when that takes too long. */
  stop(which: number): Promise<void>
  start(which: number): Promise<void>
}

type Member = { readonly port: number; vault: VaultProcess | undefined }

/** More drafts in an hour than any proof asks for. */
export const unhurried = { OWNKEY_DRAFTS_PER_HOUR: '100000' }

const GRACE_MS = 1_500

const stopOrKill = async ({ stop, kill }: VaultProcess): Promise<void> => {
  const over = new AbortController()
  const patience = pause(GRACE_MS, undefined, { signal: over.signal }).then(kill, () => {})
  await Promise.race([stop(), patience])
  over.abort()
}

const membersOf = (world: World, ports: readonly number[], aim: (ports: readonly number[]) => void) => {
  const members = ports.map((port): Member => ({ port, vault: undefined }))
  const aimAtRunning = (): void =>
    aim(members.flatMap(({ port, vault }) => (vault === undefined ? [] : [port])))
  const end = async (which: number, how: (vault: VaultProcess) => Promise<unknown>): Promise<void> => {
    const member = members[which]
    const vault = member?.vault
    if (member === undefined || vault === undefined) return
    member.vault = undefined
    aimAtRunning()
    await how(vault)
  }
  return {
    running: () => members.filter(({ vault }) => vault !== undefined).length,
    kill: (which: number) => end(which, ({ kill }) => kill()),
    stop: (which: number) => end(which, stopOrKill),
    start: async (which: number) => {
      const member = members[which]
      if (member === undefined || member.vault !== undefined) return
      member.vault = await startVaultProcess(world.folder, { ...world.settings, PORT: String(member.port) })
      aimAtRunning()
    },
  }
}

/** Starts `count` vaults, after another one in this process has paired an owner and connected the keys. */
export const startFleet = async (count: number, keys: NonNullable<Given['keys']>): Promise<Fleet> => {
  await using stack = new AsyncDisposableStack()
  const proxy = await startProxy()
  stack.defer(proxy.close)
  const [first = 0, ...ports] = await Promise.all(Array.from({ length: count + 1 }, freePort))
  proxy.to(first)
  const settings = { ...unhurried, OWNKEY_URL: proxy.address, PORT: String(first) }
  const world = stack.use(await given({ engine: 'postgres', keys, settings }))
  const members = membersOf(world, ports, (running) => proxy.to(...running))
  stack.defer(async () => void (await Promise.all(ports.map((_, which) => members.kill(which)))))
  await world.stop()
  await Promise.all(ports.map((_, which) => members.start(which)))
  const moved = stack.move()
  return { ...members, world, [Symbol.asyncDispose]: () => moved.disposeAsync() }
}
