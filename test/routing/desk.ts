import { type AuditEntry, AuditPage } from '../../shared/audit.ts'
import { Channel, type ChannelForm } from '../../shared/channels.ts'
import type { DraftRequest } from '../../shared/drafts.ts'
import {
  Key,
  type KeyChange,
  KeyConnected,
  type KeyConnection,
  KeyList,
  type KeyOrder,
  type RoutingChange,
} from '../../shared/keys.ts'
import type { Problem } from '../../shared/problems.ts'
import type { World } from '../world.ts'

/** Connects a further key, whose secret nobody else has. */
export const connect = async (
  { owner }: World,
  provider: 'anthropic' | 'openai',
  label?: string,
): Promise<Key> => {
  const start = provider === 'anthropic' ? 'sk-ant-sim' : 'sk-sim'
  const body: KeyConnection = {
    provider,
    key: `${start}-${crypto.randomUUID()}`,
    ...(label === undefined ? {} : { label }),
  }
  return (await owner.change('POST', '/v1/keys', body, KeyConnected)).key
}

/** Connects a key of Anthropic whose list lacks these models. */
export const connectLacking = (world: World, label: string, ...lacking: readonly string[]): Promise<Key> => {
  world.simulator.plan({ provider: 'anthropic', of: 'models', next: [{ do: 'healthy', lacking }] })
  return connect(world, 'anthropic', label)
}

export const listOf = ({ owner }: World): Promise<KeyList> => owner.read('/v1/keys', KeyList)

/** The keys as they answer: each by its name. */
export const labelsOf = async (world: World): Promise<readonly string[]> =>
  (await listOf(world)).keys.map(({ label }) => label)

export const changeKey = ({ owner }: World, { id }: Key, change: KeyChange): Promise<Key> =>
  owner.change('PATCH', `/v1/keys/${id}`, change, Key)

export const order = ({ owner }: World, wished: KeyOrder): Promise<KeyList> =>
  owner.change('PUT', '/v1/keys/order', wished, KeyList)

export const route = async ({ owner }: World, change: RoutingChange): Promise<KeyList['routing']> =>
  (await owner.change('PUT', '/v1/routing', change, KeyList)).routing

export const disconnect = ({ owner }: World, { id }: Key) => owner.request('DELETE', `/v1/keys/${id}`)

export const makeChannel = ({ owner }: World, form: ChannelForm): Promise<Channel> =>
  owner.change('POST', '/v1/channels', form, Channel)

/** The refusal of a request. */
export const refused = async (
  { owner }: World,
  method: string,
  path: string,
  body: unknown,
): Promise<Problem | undefined> => (await owner.request(method, path, body)).problem

/** Who answered a draft on a site, and with which model; or the slug of the refusal. */
export const answeredOn = async (
  world: World,
  site: string,
  more: Partial<DraftRequest> = {},
): Promise<string> => {
  const { receipt, problem } = await world.owner.ask('Where is it?', { site, ...more })
  const attempt = receipt?.attempts.at(-1)
  return attempt === undefined ? (problem?.slug ?? 'nothing') : `${attempt.keyLabel} ${attempt.model}`
}

/** What was written down of a kind, oldest first. */
export const written = async ({ owner }: World, kind: string) =>
  (await owner.read(`/v1/audit?kind=${kind}`, AuditPage)).entries
    .toReversed()
    .map(({ facts, memberName }): AuditEntry['facts'] => ({ by: memberName, ...facts }))
