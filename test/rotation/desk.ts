import { tellKeyRefused } from '../../server/domain/alerts/key-refusals.ts'
import { checkDueKeys } from '../../server/domain/keys/checking.ts'
import { addressesBy } from '../../server/domain/keys/endpoint.ts'
import type { OpenVault } from '../../server/open.ts'
import { outboundFetch } from '../../server/outbound/fetch.ts'
import { anthropic } from '../../server/providers/anthropic.ts'
import { bedrock } from '../../server/providers/bedrock/bedrock.ts'
import { compatible } from '../../server/providers/compatible/compatible.ts'
import { openai } from '../../server/providers/openai.ts'
import { Key, KeyConnected, KeyList, Rehearsal } from '../../shared/keys.ts'
import type { ProviderName } from '../../shared/providers.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from '../identity/vault.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const firstKey = 'sk-ant-sim-first-0123456789'
export const secondKey = 'sk-ant-sim-second-0123456789'

/** A vault with a clock that the test moves, its owner's browser, and the words of somebody who sees to keys. */
export type Desk = AsyncDisposable & {
  readonly world: GivenVault
  readonly simulator: Simulator
  readonly owner: Browser
  /** Moves the clock; the browser is used now and then meanwhile, and has a session at the end. */
  pass(ms: number): Promise<void>
  list(): Promise<KeyList>
  connect(key?: string, provider?: ProviderName): Promise<Key>
  /** Connects an endpoint of one's own that costs nothing. */
  connectOwn(): Promise<Key>
  rehearse(key: Key, secret?: string): Promise<Rehearsal>
  tryRehearsal(key: Key, secret: string): Promise<Answered>
  switchTo(key: Key, version: number): Promise<Key>
  trySwitch(key: Key, version: number): Promise<Answered>
  verify(key: Key): Promise<Answered>
  /** Does what the daily job does, as another vault on the same database. */
  check(): Promise<void>
  /** What is in the log of a kind, oldest first. */
  told(kind: string): Promise<readonly Readonly<Record<string, unknown>>[]>
  /** Which versions of all keys have a secret still. */
  sealed(): Promise<readonly number[]>
}

/** How often a browser is used while the clock goes on: one that is not used for 30 days is a stranger. */
const USED_AGAIN_MS = 20 * DAY

const patience = { headersMs: 5_000, idleMs: 5_000, totalMs: 10_000 }

/** The parts of the daily job, on an opened vault; it makes no call that costs. */
const checking = (opened: OpenVault): Parameters<typeof checkDueKeys>[0] => {
  const parts = { fetch: outboundFetch(), ...patience }
  const providers = {
    anthropic: anthropic(parts),
    openai: openai(parts),
    bedrock: bedrock(parts),
    compatible: compatible(parts),
  }
  const addressFor = addressesBy(providers, {})
  const tellAlert = (): void => {}
  const verify = (): Promise<never> => Promise.reject(new Error('the daily check makes no call that costs'))
  return {
    ...opened,
    providers,
    addressFor,
    verify,
    tellKeyRefused: tellKeyRefused({ ...opened, tellAlert }),
  }
}

/** A desk on an empty vault, with a simulator of its own. */
export const givenDesk = async (): Promise<Desk> => {
  let clock = (): number => Date.now()
  const simulator = await startSimulator({ now: () => clock() })
  const world = await givenVault({
    OWNKEY_ANTHROPIC_URL: simulator.anthropicUrl,
    OWNKEY_OPENAI_URL: simulator.openaiUrl,
    OWNKEY_PRIVATE_HOSTS: new URL(simulator.anthropicUrl).host,
  })
  clock = world.now
  const owner = await world.owner()
  const tryRehearsal: Desk['tryRehearsal'] = ({ id }, key) =>
    owner.send('POST', `/v1/keys/${id}/versions`, { key })
  const trySwitch: Desk['trySwitch'] = ({ id }, version) =>
    owner.send('PUT', `/v1/keys/${id}/version`, { version })
  return {
    world,
    simulator,
    owner,
    tryRehearsal,
    trySwitch,
    pass: async (ms) => {
      for (let left = ms; left > 0; left -= USED_AGAIN_MS) {
        world.pass(Math.min(left, USED_AGAIN_MS))
        await owner.signIn()
      }
    },
    list: async () => KeyList.parse(JSON.parse((await owner.send('GET', '/v1/keys')).text)),
    connect: async (key = firstKey, provider = 'anthropic') => {
      const { text } = await owner.send('POST', '/v1/keys', { provider, key })
      return KeyConnected.parse(JSON.parse(text)).key
    },
    connectOwn: async () => {
      const endpoint = { kind: 'address', address: simulator.compatibleUrl('ollama'), dialect: 'ollama' }
      const body = { provider: 'compatible', key: 'x', endpoint, price: { terms: { kind: 'free' } } }
      const { text } = await owner.send('POST', '/v1/keys', body)
      return KeyConnected.parse(JSON.parse(text)).key
    },
    rehearse: async (key, secret = secondKey) =>
      Rehearsal.parse(JSON.parse((await tryRehearsal(key, secret)).text)),
    switchTo: async (key, version) => Key.parse(JSON.parse((await trySwitch(key, version)).text)),
    verify: ({ id }) => owner.send('POST', `/v1/keys/${id}/verification`),
    check: () => checkDueKeys(checking(world.opened))(new AbortController().signal),
    told: async (kind) =>
      (await world.audited()).filter((entry) => entry.kind === kind).map(({ facts }) => facts),
    sealed: async () => {
      const rows = await world.opened.database.db
        .selectFrom('provider_key_versions')
        .select('version')
        .where('sealed', 'is not', null)
        .orderBy('version')
        .execute()
      return rows.map(({ version }) => Number(version))
    },
    [Symbol.asyncDispose]: async () => {
      await world.stop()
      await simulator.close()
    },
  }
}
