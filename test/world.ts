import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import type { z } from 'zod'
import { type Configuration, readConfiguration } from '../server/config.ts'
import { makeSetupCode } from '../server/domain/identity/pairing-codes.ts'
import { startVault, type Vault } from '../server/main.ts'
import type { Limits } from '../server/providers/patience.ts'
import { Cap } from '../shared/cap.ts'
import type { DraftRequest } from '../shared/drafts.ts'
import { KeyConnected, type KeyConnection } from '../shared/keys.ts'
import { type Invite, type Role, Team, type TeamMember } from '../shared/members.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import type { ProviderName } from '../shared/providers.ts'
import { Receipt, ReceiptPage } from '../shared/receipts.ts'
import { Spend } from '../shared/spend.ts'
import { Status } from '../shared/status.ts'
import { type Device, type DeviceOptions, newDevice } from './device.ts'
import { type Engine, freshDatabase } from './engine.ts'
import { SIMULATED_SECRET } from './provider/bedrock/signature.ts'
import { type Simulator, startSimulator } from './provider/simulator.ts'
import { freePort } from './proxy.ts'
import { scratchFolder } from './scratch-folder.ts'
import { setupCodeOf, startVaultProcess, type VaultProcess, type VaultSettings } from './vault-process.ts'

export type Given = {
  /** Providers whose key the owner has connected. */
  readonly keys?: readonly ProviderName[]
  /** The monthly cap, in dollars. */
  readonly cap?: string
  /** False: nobody is paired yet; `setupCode()` is the way in. */
  readonly paired?: boolean
  /** True: the vault is a process of its own, which can be killed and whose outputs are all heard. */
  readonly process?: boolean
  /** The clock of vault, simulator and browsers in ms since the epoch; a vault in a process of its own has the real one. */
  readonly now?: () => number
  readonly settings?: VaultSettings
  /** How long a draft waits for its provider; a vault in a process of its own waits as long as it does for people. */
  readonly patience?: Limits
  /** Another engine than the one under test. */
  readonly engine?: Engine
}

/** Keys that only the simulator accepts. */
export const simulatorKeys: Readonly<Record<ProviderName, string>> = {
  anthropic: 'sk-ant-sim-healthy-0123456789abcdef',
  openai: 'sk-sim-healthy-0123456789abcdef',
  bedrock: `AKIASIMULATED0000001:${SIMULATED_SECRET}`,
  compatible: 'sim-compatible-0123456789',
}

type RunningVault = {
  readonly address: string
  output(): string
  setupCode(): Promise<string>
  stop(): Promise<unknown>
  kill(): Promise<void>
}

const ownProcess = (folder: string, settings: VaultSettings, vault: VaultProcess): RunningVault => ({
  address: vault.address,
  output: vault.output,
  setupCode: () => setupCodeOf(folder, settings),
  stop: vault.stop,
  kill: vault.kill,
})

const configurationIn = (folder: string, settings: VaultSettings): Configuration =>
  readConfiguration({
    PORT: '0',
    OWNKEY_DATA: join(folder, 'data'),
    OWNKEY_MASTER_KEY_FILE: join(folder, 'keys', 'master.key'),
    ...settings,
  })

const inProcess = (vault: Vault, output: () => string): RunningVault => ({
  address: vault.origin,
  output,
  setupCode: async () => {
    const [workspace] = await vault.opened.workspaces.list()
    const made = workspace && (await makeSetupCode(vault.opened)(workspace.id))
    if (made === undefined) throw new Error('This vault has an owner already')
    return made.code
  },
  stop: () => vault.stop(),
  kill: () =>
    Promise.reject(new Error('Only a vault in a process of its own can be killed: given({ process: true })')),
})

const startInProcess = async (
  folder: string,
  settings: VaultSettings,
  { now = Date.now, patience }: Pick<Given, 'now' | 'patience'>,
): Promise<RunningVault> => {
  const said: string[] = []
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void said.push(line) })
  const chance = { now, newId: () => crypto.randomUUID() }
  const vault = await startVault(configurationIn(folder, settings), log, chance, patience)
  return inProcess(vault, () => said.join(''))
}

/** A draft request about `text`, with a key of its own. */
export const draftRequest = (text: string, more: Partial<DraftRequest> = {}): DraftRequest => ({
  idempotencyKey: crypto.randomUUID(),
  site: 'https://desk.example',
  thread: { turns: [{ author: 'customer', name: 'Dana Ortiz', text }] },
  ...more,
})

/** What is told together with a key, as it is on the wire. */
type ConnectionDetails = Partial<z.input<typeof KeyConnection>>

/** What the vault must be told of the simulator's providers that are no others' as well. */
const detailsAt = ({ compatibleUrl }: Simulator): Partial<Record<ProviderName, ConnectionDetails>> => ({
  bedrock: { endpoint: { kind: 'region', region: 'eu-central-1' } },
  compatible: {
    endpoint: { kind: 'address', address: compatibleUrl('mistral'), dialect: 'mistral' },
    price: { model: 'mistral-medium-2508', terms: { kind: 'price', perMillion: flat('0.40', '2.00') } },
  },
})

/** Dollars per million tokens, where whatever is read costs the same. */
export const flat = (input: string, output: string) => ({
  freshInput: input,
  cacheRead: input,
  cacheWrite5m: input,
  cacheWrite30m: input,
  cacheWrite1h: input,
  output,
  reasoning: output,
})

/** A member at a paired browser, with the words of daily work. Everything goes over HTTP with real proofs. */
type Person = Device & {
  ask(text: string, more?: Partial<DraftRequest>): ReturnType<Device['draft']>
  status(): Promise<Status>
  cap(): Promise<Cap>
  setCap(dollars: string): Promise<Cap>
  spend(): Promise<Spend>
  /** The latest receipts, newest first, each with its attempts. */
  receipts(): Promise<Receipt[]>
  /** Connects a key of the simulator, where its provider needs to be told so at the address and price that it has there. */
  connectKey(provider: ProviderName, key?: string, more?: ConnectionDetails): Promise<KeyConnected>
  /** Everybody who belongs to the workspace, the owner first, then by name; for owners and admins. */
  members(): Promise<TeamMember[]>
  /** The invitations that are out; for owners and admins. */
  invites(): Promise<Invite[]>
  /** The id of the member whose browser this is. */
  memberId(): Promise<string>
  /** Brings in a further member by an invitation. */
  invite(role: Role, name: string, options?: DeviceOptions): Promise<Person>
}

const personAt = (
  device: Device,
  vault: () => string,
  base: DeviceOptions,
  simulator: Simulator,
): Person => ({
  ...device,
  ask: (text, more) => device.draft(draftRequest(text, more)),
  status: () => device.read('/v1/status', Status),
  cap: () => device.read('/v1/cap', Cap),
  setCap: (limit) => device.change('PUT', '/v1/cap', { limit }, Cap),
  spend: () => device.read('/v1/spend', Spend),
  receipts: async () => {
    const { receipts } = await device.read('/v1/receipts', ReceiptPage)
    return Promise.all(receipts.map(({ id }) => device.read(`/v1/receipts/${id}`, Receipt)))
  },
  connectKey: (provider, key = simulatorKeys[provider], more = detailsAt(simulator)[provider] ?? {}) =>
    device.change('POST', '/v1/keys', { provider, key, ...more }, KeyConnected),
  members: async () => (await device.read('/v1/members', Team)).members,
  invites: async () => (await device.read('/v1/members', Team)).invites,
  memberId: async () => (await device.read('/v1/status', Status)).member.id,
  invite: async (role, name, options) => {
    const asked = { kind: 'invite', role }
    const { code } = await device.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
    const guest = await newDevice(vault, { ...base, ...options })
    await guest.pair(code, { memberName: name })
    return personAt(guest, vault, base, simulator)
  },
})

/** A whole vault with its simulator, and the first owner's browser. `await using` ends it and removes its folder. */
export type World = AsyncDisposable & {
  readonly simulator: Simulator
  readonly folder: string
  readonly dataFolder: string
  /** What its vault was started with, for further vaults on the same database. */
  readonly settings: VaultSettings
  readonly owner: Person
  address(): string
  setupCode(): Promise<string>
  /** A browser that nobody has paired yet. */
  newBrowser(options?: DeviceOptions): Promise<Device>
  /** What both providers would bill until now, in picodollars. Waits until no request is being answered. */
  bill(): Promise<bigint>
  /** Everything that is in its database where that is no file under `folder`, as text. */
  stored(): Promise<string>
  /** Everything that every vault of this world wrote on its outputs. */
  output(): string
  /** Stops the vault: `start` brings it back. */
  stop(): Promise<void>
  /** Stops and starts the vault on the same data and port. */
  restart(): Promise<void>
  /** kill -9, then nothing: `start` brings it back. */
  kill(): Promise<void>
  start(): Promise<void>
}

/** The vault may send keys to the simulator, as to a private host that its operator allows, beside those that a test allows. */
const settingsFor = (simulator: Simulator, more: VaultSettings): VaultSettings => ({
  OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
  OWNKEY_OPENAI_URL: simulator.openaiUrl,
  OWNKEY_BEDROCK_URL: simulator.bedrockUrl,
  OWNKEY_PROVIDER_LABEL: 'simulated',
  ...more,
  OWNKEY_PRIVATE_HOSTS: [new URL(simulator.compatibleUrl('mistral')).host, more.OWNKEY_PRIVATE_HOSTS]
    .filter(Boolean)
    .join(','),
})

const portOf = (address: string): string => new URL(address).port

/** Starts a world: a real vault on an empty data folder, the simulator, and an owner who has connected the keys. */
export const given = async (wish: Given = {}): Promise<World> => {
  const {
    keys = ['anthropic'],
    cap,
    paired = true,
    process: apart = false,
    now = Date.now,
    settings = {},
    engine,
  } = wish
  const { path: folder, remove } = scratchFolder('world')
  const fresh = await freshDatabase('migrated', engine)
  const simulator = await startSimulator({ now })
  const said: string[] = []
  const begin = async (more: VaultSettings): Promise<RunningVault> => {
    const all = settingsFor(simulator, { ...fresh.settings, ...settings, ...more })
    if (!apart) return startInProcess(folder, all, wish)
    return ownProcess(folder, all, await startVaultProcess(folder, all))
  }
  let vault = await begin({ PORT: settings.PORT ?? String(await freePort()) })
  let running = true
  const address = (): string => vault.address
  const base = { now }
  const device = await newDevice(address, base)
  const owner = personAt(device, address, base, simulator)
  const end = async (how: 'stop' | 'kill'): Promise<void> => {
    if (!running) return
    running = false
    await vault[how]()
    said.push(vault.output())
  }
  const start = async (): Promise<void> => {
    vault = await begin({ PORT: portOf(vault.address) })
    running = true
  }
  if (paired)
    await device.pair(await vault.setupCode(), { memberName: 'Olive Owner', workspaceName: 'Acme Support' })
  if (paired) for (const provider of keys) await owner.connectKey(provider)
  if (cap !== undefined) await owner.setCap(cap)
  return {
    simulator,
    folder,
    dataFolder: join(folder, 'data'),
    settings: settingsFor(simulator, { ...fresh.settings, ...settings }),
    owner,
    address,
    setupCode: () => vault.setupCode(),
    newBrowser: (options) => newDevice(address, { ...base, ...options }),
    bill: async () => {
      await simulator.settled()
      return simulator.bill()
    },
    stored: fresh.stored,
    output: () => [...said, ...(running ? [vault.output()] : [])].join(''),
    restart: async () => {
      await end('stop')
      await start()
    },
    stop: () => end('stop'),
    kill: () => end('kill'),
    start,
    [Symbol.asyncDispose]: async () => {
      await end('stop')
      await simulator.close()
      await fresh.remove()
      remove()
    },
  }
}

/** Milliseconds between two looks at what the vault does by itself. */
const LOOK_AGAIN_MS = 20

/** Asks again until the answer pleases: for what the vault does by itself. Ends by the test's own time limit. */
export const until = async <Value>(
  look: () => Promise<Value>,
  pleases: (value: Value) => boolean,
): Promise<Value> => {
  for (;;) {
    const seen = await look()
    if (pleases(seen)) return seen
    await pause(LOOK_AGAIN_MS)
  }
}
