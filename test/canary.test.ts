import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AlertPage, WebhookConnected } from '../shared/books/alerts.ts'
import { type Key, KeyList } from '../shared/keys.ts'
import { dollars, pico, Usd } from '../shared/money.ts'
import { PairingCodeAnswer } from '../shared/pairing.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { type Receiver, startMailServer, startReceiver } from './alerts/receivers.ts'
import { type Canary, canary, caughtIn, caughtUnder } from './canaries.ts'
import type { Device } from './device.ts'
import { engine } from './engine.ts'
import { draftRequest, given, until, type World } from './world.ts'

const keys = {
  connected: canary('ConnectedKey'),
  rehearsed: canary('RehearsedKey'),
  replacing: canary('ReplacingKey'),
  refused: canary('RefusedKey'),
  broke: canary('KeyWithoutCredit'),
  lines: canary('KeyWithLineBreak'),
  spaced: canary('KeyWithSpace'),
  endless: canary('EndlessKey'),
  foreign: canary('ForeignKey'),
  endpoint: canary('EndpointKey'),
  endpointRefused: canary('RefusedEndpointKey'),
  endpointAddress: canary('PasswordInEndpointAddress'),
  bedrock: canary('BedrockKey'),
  bedrockSecret: canary('WrongSecretKey'),
  reporting: canary('ReportingKey'),
  reportingAgain: canary('ReplacingReportingKey'),
  reportingRefused: canary('RefusedReportingKey'),
  webhook: canary('WebhookAddress'),
  webhookBefore: canary('EarlierWebhookAddress'),
  webhookRefused: canary('RefusedWebhookAddress'),
  smtp: canary('MailPassword'),
}
const words = {
  text: canary('TurnText'),
  name: canary('TurnName'),
  at: canary('TurnTime'),
  subject: canary('Subject'),
  begun: canary('Begun'),
  instruction: canary('Instruction'),
  previous: canary('Previous'),
  failed: canary('FailedDraft'),
  counted: canary('CountedDraft'),
  cut: canary('CutDraft'),
  broken: canary('BrokenDraft'),
  malformed: canary('NotJson'),
  form: canary('FormBody'),
  field: canary('UnknownField'),
  path: canary('SitePath'),
  cursor: canary('Cursor'),
  search: canary('Search'),
  header: canary('Header'),
  told: canary('ToldText'),
}
const all = [...Object.values(keys), ...Object.values(words)]

const keyOf = ({ text }: { text: string }, behaviour = ''): string => `sk-ant-sim-${behaviour}${text}`

const KEY_LENGTH = 10_000

/** Keys on every path: connected, refused for each reason, misshapen in each way, rehearsed, switched to and returned to, tried again, disconnected. */
const pushKeys = async ({ owner }: World): Promise<void> => {
  const connect = (key: string, provider = 'anthropic') =>
    owner.request('POST', '/v1/keys', { provider, key })
  const refusals = [
    await connect(keyOf(keys.refused, 'key-invalid-')),
    await connect(keyOf(keys.broke, 'no-credit-')),
    await connect(`sk-ant-sim-${keys.lines.text}\n${keys.lines.text}`),
    await connect(`sk-ant-sim-${keys.spaced.text} ${keys.spaced.text}`),
    await connect(`sk-ant-sim-${keys.endless.text}`.padEnd(KEY_LENGTH, 'a')),
    await connect(`sk-ant-sim-${keys.foreign.text}`, 'openai'),
  ]
  expect(refusals.map(({ problem }) => problem?.slug)).toEqual([
    'key-refused',
    'key-refused',
    'key-misshapen',
    'key-misshapen',
    'key-misshapen',
    'key-misshapen',
  ])
  const { key } = await owner.connectKey('anthropic', keyOf(keys.connected))
  const replace = (next: string) => owner.request('POST', `/v1/keys/${key.id}/versions`, { key: next })
  const switchTo = (version: number) => owner.request('PUT', `/v1/keys/${key.id}/version`, { version })
  expect((await replace(keyOf(keys.refused, 'key-invalid-'))).problem?.slug).toBe('key-refused')
  expect((await replace(keyOf(keys.rehearsed))).status).toBe(201)
  expect((await replace(keyOf(keys.replacing))).status).toBe(201)
  expect((await switchTo(2)).problem?.slug).toBe('version-gone')
  for (const version of [3, 1, 3]) expect((await switchTo(version)).status).toBe(200)
  expect((await owner.request('POST', `/v1/keys/${key.id}/verification`)).status).toBe(200)
  expect((await replace(keyOf(keys.rehearsed))).status).toBe(201)
}

/** Keys and words at endpoints of one's own: refused, in an address, connected, and sent with drafts that end well and badly. */
const pushEndpoints = async ({ owner, simulator }: World): Promise<void> => {
  const connect = (address: string, key: string) =>
    owner.request('POST', '/v1/keys', {
      provider: 'compatible',
      key,
      endpoint: { kind: 'address', address, dialect: 'mistral' },
      price: { terms: { kind: 'free' } },
    })
  const address = simulator.compatibleUrl('mistral')
  const refused = await connect(address, keys.endpointRefused.text)
  const hiding = await connect(`https://bob:${keys.endpointAddress.text}@models.example/v1`, 'x')
  expect([refused.problem?.slug, hiding.problem?.slug]).toEqual(['key-refused', 'endpoint-refused'])
  const { key } = await owner.connectKey('compatible', `sim-compatible-${keys.endpoint.text}`)
  expect((await owner.request('PATCH', `/v1/keys/${key.id}`, { primary: true })).status).toBe(200)
  simulator.plan({
    provider: 'compatible',
    next: ['healthy', 'error-mid-stream', 'garbage', 'too-long', 'html-502'],
  })
  expect((await owner.draft(richDraft())).receipt?.provider).toBe('compatible')
  for (let turn = 0; turn < 4; turn += 1) await owner.draft(richDraft())
  expect((await owner.request('DELETE', `/v1/keys/${key.id}`)).status).toBe(204)
}

/** Keys for Bedrock: access keys with a wrong secret, an API key, and drafts by it that end well and badly. */
const pushBedrock = async ({ owner, simulator }: World): Promise<void> => {
  const secret = keys.bedrockSecret.text.padEnd(40, '0')
  const endpoint = { kind: 'region', region: 'eu-central-1' }
  const pair = { provider: 'bedrock', key: `AKIASIMULATED0000001:${secret}`, endpoint }
  expect((await owner.request('POST', '/v1/keys', pair)).problem?.slug).toBe('key-refused')
  const { key } = await owner.connectKey('bedrock', `ABSKsim-${keys.bedrock.text}`)
  expect((await owner.request('PATCH', `/v1/keys/${key.id}`, { primary: true })).status).toBe(200)
  simulator.plan({
    provider: 'bedrock',
    next: ['healthy', 'error-mid-stream', 'garbage', 'too-long', 'forbidden'],
  })
  expect((await owner.draft(richDraft())).receipt?.provider).toBe('bedrock')
  for (let turn = 0; turn < 4; turn += 1) await owner.draft(richDraft())
  expect((await owner.request('DELETE', `/v1/keys/${key.id}`)).status).toBe(204)
}

/** Reporting keys on every path: misshapen, refused, connected, replaced, used for a comparison. */
const pushReportingKeys = async ({ owner }: World): Promise<void> => {
  const put = (key: string) => owner.request('POST', '/v1/reporting-keys', { provider: 'anthropic', key })
  const adminKey = ({ text }: Canary, behaviour = ''): string => `sk-ant-admin-sim-${behaviour}${text}`
  expect((await put(`${adminKey(keys.reportingRefused)} x`)).problem?.slug).toBe('key-misshapen')
  expect((await put(adminKey(keys.reportingRefused, 'key-invalid-'))).problem?.slug).toBe('key-refused')
  expect((await put(adminKey(keys.reportingRefused, 'overloaded-'))).problem?.slug).toBe('key-unverified')
  expect((await put(adminKey(keys.reporting))).status).toBe(201)
  expect((await put(adminKey(keys.reportingAgain))).status).toBe(201)
  expect((await owner.request('POST', '/v1/statements')).status).toBe(200)
}

/** A webhook on every path: refused, connected, answering, failing, in the place of another, disconnected; and a mail server with a login. */
const pushAlerts = async ({ owner }: World, receiver: Receiver): Promise<string[]> => {
  const connect = (address: string) => owner.request('PUT', '/v1/alerts/webhook', { address })
  const refusals = [
    await connect(`http://hooks.example/${keys.webhookRefused.text}`),
    await connect(`https://${keys.webhookRefused.text}@hooks.example/`),
    await connect(`https://10.0.0.1/${keys.webhookRefused.text}`),
    await connect(`${keys.webhookRefused.text}`),
    await owner.request('PUT', '/v1/alerts/settings', { thresholds: [], emails: [words.field.text] }),
  ]
  expect(refusals.map(({ problem }) => problem?.slug)).toEqual([
    'webhook-refused',
    'webhook-refused',
    'webhook-refused',
    'malformed-request',
    'malformed-request',
  ])
  const secrets: string[] = []
  const emails = ['books@desk.example', 'gone@desk.example']
  const settings = { thresholds: [{ percent: 1, on: true }], emails }
  expect((await owner.request('PUT', '/v1/alerts/settings', settings)).status).toBe(200)
  for (const { text } of [keys.webhookBefore, keys.webhook]) {
    const address = `${receiver.address}/${text}`
    const { secret } = await owner.change('PUT', '/v1/alerts/webhook', { address }, WebhookConnected)
    secrets.push(secret, secret.replace('whsec_', ''))
  }
  receiver.plan({ status: 500 })
  await owner.request('POST', '/v1/alerts/test')
  const look = async () => (await owner.read('/v1/alerts', AlertPage)).alerts.at(-1)?.deliveries ?? []
  await until(look, (all) => all.length === 3 && all.every(({ tries }) => tries > 0))
  for (const path of ['/v1/alerts/settings', '/v1/status', '/metrics']) await owner.request('GET', path)
  return secrets
}

const richDraft = () =>
  draftRequest('', {
    site: 'https://desk.example',
    thread: {
      subject: words.subject.text,
      turns: [
        {
          author: 'customer',
          name: words.name.text,
          at: words.at.text,
          text: `${words.text.text} was charged twice?`,
        },
      ],
    },
    begun: words.begun.text,
    instruction: words.instruction.text,
  })

/** Words of a customer on every path of a draft: whole, refined, failed, cut, left and asked for again. */
const pushDrafts = async ({ owner, simulator }: World): Promise<void> => {
  const request = richDraft()
  const whole = await owner.draft(request)
  expect(whole.text).toContain(words.text.text)
  await owner.draft(request)
  await owner.draft({ ...richDraft(), previous: words.previous.text })
  simulator.plan({ provider: 'anthropic', next: ['server-error', 'early-end', { do: 'slow', delayMs: 10 }] })
  await owner.ask(words.failed.text)
  await owner.ask(words.cut.text)
  const leaving = new AbortController()
  const left = owner.draft(draftRequest(words.broken.text), {
    signal: leaving.signal,
    onEvent: ({ type }) => type === 'text-delta' && leaving.abort(),
  })
  await expect(left).rejects.toThrow()
  await simulator.settled()
}

/** Words of a customer that are counted, since their bytes do not fit under the cap: with an answer, with an error and with nonsense. */
const pushCounts = async ({ owner, simulator }: World): Promise<void> => {
  const { settled, limit } = await until(
    () => owner.cap(),
    ({ held }) => held === 0n,
  )
  const asked = draftRequest(`${words.counted.text} `.repeat(40))
  await owner.setCap(Usd.encode(pico(settled + dollars('0.00015'))))
  simulator.plan({ provider: 'anthropic', of: 'counts', next: ['server-error', 'garbage', 'html-200'] })
  for (let turn = 0; turn < 4; turn += 1) expect((await owner.draft(asked)).status).toBe(402)
  expect(simulator.requests().filter(({ path }) => path.endsWith('/count_tokens'))).toHaveLength(4)
  await owner.setCap(Usd.encode(limit))
}

/** Words and keys in requests that no vault can understand. */
const pushNonsense = async ({ owner }: World): Promise<void> => {
  const answers = [
    await owner.request('POST', '/v1/drafts', `{"thread": ${words.malformed.text}`),
    await owner.request('POST', '/v1/keys', `{"key": "${keys.lines.text}`),
    await owner.request('POST', '/v1/drafts', `text=${words.form.text}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    }),
    await owner.request('POST', '/v1/drafts', { ...richDraft(), [words.field.text]: words.text.text }),
    await owner.request('POST', '/v1/drafts', {
      ...richDraft(),
      site: `https://desk.example/${words.path.text}`,
    }),
    await owner.request('POST', '/v1/drafts', { ...richDraft(), idempotencyKey: words.text.text }),
    await owner.request('POST', '/v1/drafts', draftRequest(words.text.text.repeat(40_000))),
    await owner.request('PATCH', `/v1/members/${await owner.memberId()}`, { role: words.field.text }),
    await owner.request('POST', '/v1/owner', { memberId: words.field.text, [words.field.text]: true }),
    await owner.request('POST', '/v1/workspace/deletion', { name: words.field.text }),
    await owner.request('PATCH', '/v1/workspace', { timeZone: words.field.text }),
    await owner.request('POST', '/v1/channels', {
      name: words.field.text,
      sites: [`https://desk.example/${words.path.text}`],
    }),
    await owner.request('POST', '/v1/prices', {
      provider: 'anthropic',
      model: 'claude-haiku-5-5',
      terms: { kind: words.field.text, percent: words.field.text },
    }),
    await owner.request('POST', '/v1/prices', {
      model: words.text.text.repeat(10),
      [words.field.text]: true,
    }),
    await owner.request('GET', `/v1/receipts?cursor=${words.cursor.text}`),
    await owner.request('GET', `/v1/receipts?${words.cursor.text}=1`),
    await owner.request('GET', '/v1/status', undefined, {
      headers: { authorization: `DPoP ${words.header.text}` },
    }),
    await owner.request('GET', '/v1/status', undefined, { headers: { dpop: words.header.text } }),
    await owner.request('GET', '/v1/status', undefined, {
      headers: { origin: `https://${words.header.text}` },
    }),
  ]
  expect(answers.filter(({ problem }) => problem === undefined)).toEqual([])
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
}

/** What became of drafts, told as it should be and with words that do not belong there. */
const tellOutcomes = async ({ owner }: World): Promise<void> => {
  const { receipts } = await owner.read('/v1/receipts?purpose=draft', ReceiptPage)
  const path = `/v1/receipts/${receipts[0]?.id}/outcome`
  const told = { outcome: 'inserted', editedPercent: 12 }
  expect((await owner.request('POST', path, told)).status).toBe(200)
  for (const body of [
    { ...told, text: words.told.text },
    { ...told, outcome: words.told.text },
  ])
    expect((await owner.request('POST', path, body)).problem?.slug).toBe('malformed-request')
}

/** Everything that the books hand out, so that it is among the answers. */
const readBooks = async ({ owner }: World): Promise<void> => {
  for (const path of [
    `/v1/receipts?search=${words.search.text}`,
    '/v1/receipts',
    '/v1/receipts/changes',
    '/v1/spend',
    '/v1/spend/notices',
    '/v1/audit?kind=key-connected',
    '/v1/prices',
    '/v1/receipts?flawed=yes',
    '/v1/receipts?fellBack=yes',
    '/v1/reporting-keys',
    '/v1/reporting-keys/anthropic/provider-keys',
    '/v1/statements',
    '/v1/chains',
    '/v1/heads',
    '/v1/chains/ledger/export',
    '/v1/chains/audit/export',
    '/v1/receipts/export?format=csv',
    `/v1/receipts/export?format=jsonl&search=${words.search.text}`,
  ])
    expect([path, (await owner.request('GET', path)).status]).toEqual([path, 200])
}

/** The canaries in all that a vault keeps: files, and the database where it is none of them. */
const caughtKept = async (world: World, canaries: readonly Canary[]): Promise<string[]> => [
  ...caughtUnder(world.folder, canaries),
  ...caughtIn(await world.stored(), canaries),
]

/** How the vault gets into its database. */
const passwordsOf = ({ settings: { DATABASE_URL } }: World): string[] =>
  DATABASE_URL === undefined ? [] : [new URL(DATABASE_URL).password]

const expectNothingIn = async (
  world: World,
  devices: readonly Device[],
  secrets: readonly string[],
): Promise<void> => {
  const followed = [...all, ...secrets.map((text, index) => ({ name: `secret ${index}`, text }))]
  expect(caughtIn(world.output(), followed)).toEqual([])
  expect(await caughtKept(world, followed)).toEqual([])
  const answers = devices.flatMap((device) => device.answers()).join('\n')
  expect(caughtIn(answers, all)).toEqual([])
}

describe('keys and customers’ words', () => {
  test('are in no output, no file and no answer, whatever was sent and however it ended', async () => {
    await using receiver = await startReceiver()
    const login = { name: 'vault', password: keys.smtp.text }
    const mail = await startMailServer({ login, unknown: { 'gone@desk.example': 550 } })
    const settings = {
      OWNKEY_LOG: 'debug',
      OWNKEY_PRIVATE_HOSTS: receiver.host,
      OWNKEY_SMTP_URL: `smtp://vault:${keys.smtp.text}@127.0.0.1:${mail.port}`,
      OWNKEY_MAIL_FROM: 'alerts@vault.example',
    }
    await using world = await given({ keys: [], process: true, settings })
    const hooks = await pushAlerts(world, receiver)
    await pushKeys(world)
    await pushEndpoints(world)
    await pushBedrock(world)
    await pushReportingKeys(world)
    await pushDrafts(world)
    await pushCounts(world)
    await pushNonsense(world)
    await tellOutcomes(world)
    await readBooks(world)
    const secrets = [await world.owner.currentToken(), ...passwordsOf(world), ...hooks]
    expect(mail.logins).toContain(`vault:${keys.smtp.text}`)
    await expectNothingIn(world, [world.owner], secrets)

    const { keys: cards } = await world.owner.read('/v1/keys', KeyList)
    for (const { id } of cards) await world.owner.request('DELETE', `/v1/keys/${id}`)
    await world.restart()
    expect((await world.owner.ask(words.failed.text)).problem?.slug).toBe('no-key')
    expect((await world.owner.request('DELETE', '/v1/alerts/webhook')).status).toBe(204)
    await expectNothingIn(world, [world.owner], secrets)
    await mail.close()
  })

  test('are looked for in earnest: a canary that is there is found', async () => {
    await using world = await given({ keys: [], process: true })
    const name = canary('WorkspaceMember')
    await world.owner.invite('agent', name.text)
    expect((await caughtKept(world, [name])).length).toBeGreaterThan(0)
    expect(caughtIn(Buffer.from(`x${name.text}`).toString('base64'), [name])).toEqual([name.name])
    expect(caughtIn(Buffer.from(`xx${name.text}yz`).toString('base64url'), [name])).toEqual([name.name])
  })

  test('a code is spent without its secret ever being written down', async () => {
    await using world = await given({ paired: false, process: true })
    const code = await world.setupCode()
    const browser = await world.newBrowser()
    expect((await browser.askToPair(code.slice(0, -1).concat(code.endsWith('0') ? '1' : '0'))).status).toBe(
      403,
    )
    await browser.pair(code, { memberName: 'Olive', workspaceName: 'Acme' })
    const secret = { name: 'setup code', text: code.split('-').slice(1).join('') }
    const dashed = { name: 'setup code', text: code.split('-').slice(1).join('-') }
    expect(await caughtKept(world, [secret, dashed])).toEqual([])
    expect(caughtIn(world.output(), [secret, dashed])).toEqual([])
    expect(caughtIn(browser.answers().join('\n'), [secret, dashed])).toEqual([])
  })
})

test('an invitation is listed, withdrawn and refused without its secret being anywhere', async () => {
  await using world = await given({ keys: [], process: true })
  const asked = { kind: 'invite', role: 'agent' }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  const told = world.owner.answers().length
  const [invite] = await world.owner.invites()
  expect((await world.owner.request('DELETE', `/v1/invites/${invite?.id}`)).status).toBe(204)
  const browser = await world.newBrowser()
  expect((await browser.askToPair(code, { memberName: 'Zoe' })).problem?.slug).toBe('pairing-refused')
  await world.owner.request('GET', '/v1/audit')
  const parts = code.split('-').slice(1)
  const secrets = ['', '-'].map((dash) => ({ name: 'invitation', text: parts.join(dash) }))
  expect(await caughtKept(world, secrets)).toEqual([])
  expect(caughtIn(world.output(), secrets)).toEqual([])
  expect(caughtIn([...world.owner.answers().slice(told), ...browser.answers()].join('\n'), secrets)).toEqual(
    [],
  )
})

const hostile = [
  `Robert'); DROP TABLE receipts; --`,
  `" OR 1=1; --`,
  `<img src=x onerror=alert(1)>`,
  `</script><script>alert(1)</script>`,
  `{{constructor.constructor('x')()}} \${7*7} %00 \\u0000 ../../etc`,
]

describe('SQL and HTML in every field', () => {
  test.for(hostile)('is text like any other: %s', async (text) => {
    await using world = await given({ paired: false })
    const owner = await world.newBrowser()
    await owner.pair(await world.setupCode(), { memberName: text, workspaceName: text, deviceName: text })
    await owner.request('POST', '/v1/keys', {
      provider: 'anthropic',
      key: 'sk-ant-sim-healthy-0123456789abcdef',
      label: text,
    })
    const { keys: cards } = await owner.read('/v1/keys', KeyList)
    expect(cards.map(({ label }: Key) => label)).toEqual([text])
    const heard = await owner.draft({
      ...draftRequest(text),
      thread: { subject: text, turns: [{ author: 'customer', name: text, at: text, text }] },
      begun: text,
      instruction: text,
      previous: text,
    })
    expect(heard.receipt).toMatchObject({ outcome: 'answered', memberName: text })
    expect(heard.receipt?.attempts[0]?.keyLabel).toBe(text)
    for (const path of [
      '/v1/receipts',
      `/v1/receipts?search=${encodeURIComponent(text.slice(0, 40))}`,
      '/v1/receipts/changes',
      '/v1/audit',
      '/v1/status',
      '/v1/spend',
      '/v1/spend/notices',
      '/v1/prices',
      '/v1/chains',
      '/v1/heads',
      '/v1/devices',
      '/v1/members',
    ]) {
      const answer = await owner.request('GET', path)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test('in an address is refused as something that is not there', async () => {
    await using world = await given({ keys: [] })
    for (const text of hostile) {
      const answer = await world.owner.request('GET', `/v1/receipts/${encodeURIComponent(text)}`)
      expect(answer.problem?.slug).toBe('not-found')
    }
  })
})

test('the master key is in a file of its own, readable by its owner alone', async () => {
  await using world = await given({ keys: [] })
  const file = join(world.folder, 'keys', 'master.key')
  const key = { name: 'master key', text: readFileSync(file, 'utf8').trim() }
  expect(statSync(file).mode & 0o777).toBe(0o600)
  if (engine === 'sqlite') expect(caughtUnder(world.dataFolder, [key])).toEqual([])
  expect(caughtIn(await world.stored(), [key])).toEqual([])
})
