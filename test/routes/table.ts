import { randomUUID } from 'node:crypto'
import { draftRequest } from '../world.ts'

/** Everybody who may ask. `agent-reports` and `light-reports` carry the flag that shows everybody's receipts. */
export const askers = [
  'owner',
  'admin',
  'agent',
  'agent-reports',
  'light-agent',
  'light-reports',
  'stranger',
] as const
export type Asker = (typeof askers)[number]

/** What a request is about: something of this workspace; keys and receipts are the owner's. */
export type Target =
  | 'device of a bystander'
  | 'device of the owner'
  | 'bystander'
  | 'spare member'
  | 'the owner'
  | 'invite'
  | 'spare key'
  | 'key'
  | 'receipt'
  | 'channel'

/** A row: what is sent, and the answer for each asker: `yes`, or the slug of the refusal. */
export type Row = {
  readonly target?: Target
  readonly body?: () => unknown
  readonly verdicts: Readonly<Record<Asker, string>>
}

const all = (verdict: string): Row['verdicts'] => ({
  owner: verdict,
  admin: verdict,
  agent: verdict,
  'agent-reports': verdict,
  'light-agent': verdict,
  'light-reports': verdict,
  stranger: verdict,
})

const everybody = all('yes')
const members = { ...everybody, stranger: 'session-ended' }
const nobody = { ...all('not-found'), stranger: 'session-ended' }
const owners = { ...nobody, owner: 'yes' }
const admins = { ...nobody, owner: 'yes', admin: 'yes' }
/** An admin’s request that goes on until the key’s shape is judged, so that nothing is changed. */
const adminsByShape = { ...nobody, owner: 'key-misshapen', admin: 'key-misshapen' }
const drafters = { ...admins, agent: 'yes', 'agent-reports': 'yes' }
const readers = { ...drafters, 'light-reports': 'yes' }
/** A channel whose name and site nobody has. */
export const newChannel = () => {
  const name = randomUUID()
  return { name, sites: [`${name}.example`] }
}
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString()
const misshapen = { key: 'no key at all' }

/**
 * Who may do what: DESIGN’s table as answers of the vault, one row for each route. A request that several rows describe has them under its
 * route with a word behind it.
 */
export const table: Readonly<Record<string, Row>> = {
  'GET /healthz': { verdicts: everybody },
  'GET /readyz': { verdicts: everybody },
  'GET /.well-known/jwks.json': { verdicts: everybody },
  'GET /metrics': { verdicts: everybody },
  'GET /openapi.json': { verdicts: everybody },
  'GET /pair': { verdicts: everybody },
  'GET /v1/status': { verdicts: everybody },
  'POST /v1/tokens': { body: () => ({}), verdicts: { ...everybody, stranger: 'device-unknown' } },
  'POST /v1/devices': {
    body: () => ({ codeId: 'AAAAAA', mac: 'a'.repeat(43), deviceName: 'Mine', memberName: 'Me' }),
    verdicts: all('pairing-refused'),
  },
  'GET /v1/devices': { verdicts: members },
  'DELETE /v1/devices/:id (a member’s)': { target: 'device of a bystander', verdicts: admins },
  'DELETE /v1/devices/:id (the owner’s)': { target: 'device of the owner', verdicts: owners },
  'POST /v1/devices/:id/approval (a member’s)': { target: 'device of a bystander', verdicts: admins },
  'POST /v1/devices/:id/approval (the owner’s)': { target: 'device of the owner', verdicts: owners },
  'GET /v1/members': { verdicts: admins },
  'PATCH /v1/members/:id (a member)': {
    target: 'bystander',
    body: () => ({ role: 'light-agent' }),
    verdicts: admins,
  },
  'PATCH /v1/members/:id (the owner)': {
    target: 'the owner',
    body: () => ({ role: 'agent' }),
    verdicts: nobody,
  },
  'DELETE /v1/members/:id (a member)': { target: 'spare member', verdicts: admins },
  'DELETE /v1/members/:id (the owner)': {
    target: 'the owner',
    verdicts: { ...nobody, owner: 'owner-stays' },
  },
  'POST /v1/owner': { body: () => ({ memberId: crypto.randomUUID() }), verdicts: nobody },
  'DELETE /v1/invites/:id': { target: 'invite', verdicts: admins },
  'POST /v1/pairing-codes': { body: () => ({ kind: 'device' }), verdicts: members },
  'POST /v1/pairing-codes (invite)': { body: () => ({ kind: 'invite', role: 'agent' }), verdicts: admins },
  'GET /v1/keys': { verdicts: admins },
  'POST /v1/keys': { body: () => ({ provider: 'openai', ...misshapen }), verdicts: adminsByShape },
  'POST /v1/keys/:id/versions': { target: 'key', body: () => misshapen, verdicts: adminsByShape },
  'PUT /v1/keys/:id/version': { target: 'key', body: () => ({ version: 1 }), verdicts: admins },
  'POST /v1/keys/:id/verification': { target: 'key', verdicts: admins },
  'PATCH /v1/keys/:id': { target: 'key', body: () => ({ primary: true }), verdicts: admins },
  'DELETE /v1/keys/:id': { target: 'spare key', verdicts: admins },
  'PUT /v1/keys/order': {
    body: () => ({ provider: 'bedrock', keyIds: [randomUUID()] }),
    verdicts: { ...nobody, owner: 'malformed-request', admin: 'malformed-request' },
  },
  'PUT /v1/routing': { body: () => ({ remindAfterDays: 90 }), verdicts: admins },
  'PUT /v1/routing (a backup without a key)': {
    body: () => ({ backup: 'bedrock' }),
    verdicts: { ...nobody, owner: 'routing-refused', admin: 'routing-refused' },
  },
  'GET /v1/prices': { verdicts: admins },
  'POST /v1/prices': {
    body: () => ({ provider: 'anthropic', model: 'claude-haiku-4-5', terms: { kind: 'list' } }),
    verdicts: admins,
  },
  'POST /v1/drafts': {
    body: () => draftRequest('Where is it?'),
    verdicts: { ...drafters, 'light-agent': 'not-allowed', 'light-reports': 'not-allowed' },
  },
  'GET /v1/receipts': { verdicts: readers },
  'GET /v1/receipts/changes': { verdicts: readers },
  'GET /v1/receipts/export': { verdicts: readers },
  'GET /v1/receipts/:id': { target: 'receipt', verdicts: { ...readers, agent: 'not-found' } },
  'POST /v1/receipts/:id/outcome': {
    target: 'receipt',
    body: () => ({ outcome: 'inserted', editedPercent: 0 }),
    verdicts: { ...nobody, owner: 'yes' },
  },
  'GET /v1/spend': { verdicts: readers },
  'GET /v1/spend/notices': { verdicts: { ...readers, agent: 'not-found' } },
  'GET /v1/cap': { verdicts: drafters },
  'PUT /v1/cap': { body: () => ({ limit: '50.00' }), verdicts: admins },
  'GET /v1/caps': { verdicts: admins },
  'PUT /v1/caps': {
    body: () => ({ scope: 'workspace', id: '', kind: 'day', limit: '40.00' }),
    verdicts: admins,
  },
  'PUT /v1/cap/reserve': { body: () => ({ reserve: '5.00' }), verdicts: admins },
  'PUT /v1/caps/raise': {
    body: () => ({ scope: 'model', id: 'anthropic/none', kind: 'day', limit: '40.00', until: tomorrow() }),
    verdicts: nobody,
  },
  'DELETE /v1/caps/raise': {
    verdicts: { ...nobody, owner: 'malformed-request', admin: 'malformed-request' },
  },
  'DELETE /v1/caps': { verdicts: { ...nobody, owner: 'malformed-request', admin: 'malformed-request' } },
  'GET /v1/alerts': { verdicts: admins },
  'GET /v1/alerts/settings': { verdicts: admins },
  'PUT /v1/alerts/settings': {
    body: () => ({ thresholds: [{ percent: 80, on: true }], emails: ['books@desk.example'] }),
    verdicts: admins,
  },
  'PUT /v1/alerts/webhook': {
    body: () => ({ address: 'https://hooks.example/alerts' }),
    verdicts: admins,
  },
  'PUT /v1/alerts/webhook (an address of the vault’s own network)': {
    body: () => ({ address: 'https://169.254.169.254/latest' }),
    verdicts: { ...nobody, owner: 'webhook-refused', admin: 'webhook-refused' },
  },
  'DELETE /v1/alerts/webhook': { verdicts: admins },
  'POST /v1/alerts/test': { verdicts: admins },
  'GET /v1/audit': { verdicts: admins },
  'GET /v1/channels': { verdicts: drafters },
  'POST /v1/channels': { body: newChannel, verdicts: admins },
  'PUT /v1/channels/:id': { target: 'channel', body: newChannel, verdicts: admins },
  'DELETE /v1/channels/:id': { target: 'channel', verdicts: admins },
  'GET /v1/workspace': { verdicts: admins },
  'PATCH /v1/workspace': { body: () => ({ aiOn: true }), verdicts: admins },
  'POST /v1/workspace/deletion': {
    body: () => ({ name: 'Another name' }),
    verdicts: { ...nobody, owner: 'name-mismatch' },
  },
  'DELETE /v1/workspace/deletion': { verdicts: owners },
  'GET /v1/reporting-keys': { verdicts: owners },
  'POST /v1/reporting-keys': {
    body: () => ({ provider: 'openai', ...misshapen }),
    verdicts: { ...nobody, owner: 'key-misshapen' },
  },
  'DELETE /v1/reporting-keys/:provider': { verdicts: nobody },
  'GET /v1/reporting-keys/:provider/provider-keys': { verdicts: nobody },
  'PUT /v1/reporting-keys/:provider/links': {
    body: () => ({ keyId: randomUUID(), version: 1, providerKeyId: 'apikey_none' }),
    verdicts: nobody,
  },
  'GET /v1/statements': { verdicts: admins },
  'POST /v1/statements': { verdicts: admins },
  'GET /v1/chains': { verdicts: admins },
  'GET /v1/heads': { verdicts: members },
  'GET /v1/chains/:log/export': { verdicts: admins },
}

/** The route of a row, without the word behind it. */
export const routeOf = (row: string): string => row.replace(/ \(.*\)$/, '')
