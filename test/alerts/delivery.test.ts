import { describe, expect, onTestFinished, test } from 'vitest'
import { newTokenKey } from '../../server/crypto/session-token.ts'
import { sealVault, unsealVault } from '../../server/domain/seal.ts'
import { nextTokenKey, tokenKeyText } from '../../server/domain/vault-secrets.ts'
import { AlertPage, type Delivery, SentAlert, WebhookConnected } from '../../shared/books/alerts.ts'
import { givenVault } from '../identity/vault.ts'
import { until } from '../world.ts'
import { signatureOf, startMailServer, startReceiver } from './receivers.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** The vault looks every second for what is due. */
const LONGER_THAN_A_ROUND_MS = 2_500

/** A vault with an owner, a mail server and a receiver of webhooks, all of them real. */
const givenReceivers = async (settings: Record<string, string> = {}) => {
  const mail = await startMailServer({ unknown: { 'gone@desk.example': 550 } })
  const receiver = await startReceiver()
  const vault = await givenVault({
    OWNKEY_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    OWNKEY_MAIL_FROM: 'Ownkey <alerts@vault.example>',
    OWNKEY_PRIVATE_HOSTS: receiver.host,
    ...settings,
  })
  onTestFinished(async () => {
    await vault.stop()
    await mail.close()
    await receiver.close()
  })
  const owner = await vault.owner()
  const put = async (path: string, body: unknown) => JSON.parse((await owner.send('PUT', path, body)).text)
  const deliveries = async (): Promise<readonly Delivery[]> => {
    const { text } = await owner.send('GET', '/v1/alerts')
    const [newest] = AlertPage.parse(JSON.parse(text)).alerts
    return newest?.deliveries ?? []
  }
  return {
    vault,
    owner,
    mail,
    receiver,
    mailTo: (...emails: readonly string[]) => put('/v1/alerts/settings', { thresholds: [], emails }),
    connect: async (address = receiver.address) =>
      WebhookConnected.parse(await put('/v1/alerts/webhook', { address })),
    askForTest: async () => SentAlert.parse(JSON.parse((await owner.send('POST', '/v1/alerts/test')).text)),
    deliveries,
    /** Waits until the deliveries of the newest alert are as wished. */
    untilAll: (pleases: (delivery: Delivery) => boolean) =>
      until(deliveries, (all) => all.length > 0 && all.every(pleases)),
  }
}

const isDelivered = ({ state }: Delivery): boolean => state === 'delivered'
const wasTried =
  (times: number) =>
  ({ tries }: Delivery) =>
    tries === times

describe('an alert', () => {
  test('goes to every address on the list and to the webhook, and it is shown that it did', async () => {
    const { mailTo, connect, askForTest, untilAll, mail, receiver, vault } = await givenReceivers()
    await mailTo('books@desk.example', 'olga@desk.example')
    const { secret } = await connect()
    const asked = await askForTest()
    expect(asked).toMatchObject({ subject: { kind: 'test', by: 'Olga' }, at: vault.now() })
    expect(asked.deliveries.map(({ via, to, state }) => [via, to, state])).toEqual([
      ['email', 'books@desk.example', 'waiting'],
      ['email', 'olga@desk.example', 'waiting'],
      ['webhook', receiver.host, 'waiting'],
    ])
    const sent = await untilAll(isDelivered)
    expect(sent).toHaveLength(3)
    expect(mail.mails.map(({ to }) => to).toSorted()).toEqual([['books@desk.example'], ['olga@desk.example']])
    const [posted] = receiver.posts
    if (posted === undefined) throw new Error('nothing was posted')
    expect(posted.path).toBe('/hooks/T0/B0')
    expect(posted.headers['webhook-signature']).toBe(signatureOf(secret, posted))
    expect(posted.headers['webhook-timestamp']).toBe(String(vault.now() / SECOND))
    expect(posted.headers['content-type']).toBe('application/json')
    expect(JSON.parse(posted.body)).toEqual({
      text: 'Ownkey, “Support”: this is a test\n“Olga” asked for a test. Alerts arrive here.',
      blocks: ['Ownkey, “Support”: this is a test', '“Olga” asked for a test. Alerts arrive here.'].map(
        (text) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }),
      ),
    })
  })

  test('asked for twice in a minute is one', async () => {
    const { askForTest, vault } = await givenReceivers()
    const { id } = await askForTest()
    vault.pass(30 * SECOND)
    expect((await askForTest()).id).toBe(id)
    vault.pass(30 * SECOND)
    expect((await askForTest()).id).not.toBe(id)
  })

  test('brings no sign of Slack’s along in a name', async () => {
    const { connect, askForTest, untilAll, receiver, owner } = await givenReceivers()
    await owner.send('PATCH', '/v1/workspace', { name: '<!channel> & <https://evil.example|here>' })
    await connect()
    await askForTest()
    await untilAll(isDelivered)
    expect(receiver.posts[0]?.body).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;')
    expect(receiver.posts[0]?.body).not.toMatch(/<[!h]/)
  })
})

describe('a receiver that does not take it', () => {
  test('is tried again after 30 s, 2 min, 10 min, 1 h and 6 h under the same id, and then given up', async () => {
    const { connect, askForTest, untilAll, receiver, vault, owner } = await givenReceivers()
    const { secret } = await connect()
    const waits = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR]
    receiver.plan(...Array.from({ length: waits.length + 1 }, () => ({ status: 500 })))
    await askForTest()
    for (const [index, wait] of waits.entries()) {
      const [waiting] = await untilAll(wasTried(index + 1))
      const nextAt = vault.now() + wait
      expect(waiting).toMatchObject({ state: 'waiting', failure: 'http-500', nextAt })
      vault.pass(wait)
      await owner.signIn()
    }
    const [last] = await untilAll(wasTried(waits.length + 1))
    expect(last).toMatchObject({ state: 'given-up', failure: 'http-500', nextAt: null })
    const { posts } = receiver
    expect(new Set(posts.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(posts.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(waits.length + 1)
    for (const post of posts) expect(post.headers['webhook-signature']).toBe(signatureOf(secret, post))
  })

  test('is sent to as soon as it is back, and by e-mail meanwhile', async () => {
    const { connect, mailTo, askForTest, deliveries, receiver, vault } = await givenReceivers()
    await connect()
    await mailTo('books@desk.example')
    receiver.plan({ status: 503 })
    await askForTest()
    const states = async () => (await deliveries()).map(({ via, state, tries }) => `${via} ${state} ${tries}`)
    await until(states, (all) => all.join() === 'email delivered 1,webhook waiting 1')
    vault.pass(30 * SECOND)
    await until(states, (all) => all.join() === 'email delivered 1,webhook delivered 2')
  })

  test('any more is given up at once: 410, a box that is not there, an address within the vault’s network', async () => {
    const first = await givenReceivers()
    await first.connect()
    await first.mailTo('gone@desk.example')
    first.receiver.plan({ status: 410 })
    await first.askForTest()
    expect(await first.untilAll(wasTried(1))).toMatchObject([
      { via: 'email', state: 'given-up', failure: 'smtp-550' },
      { via: 'webhook', state: 'given-up', failure: 'http-410' },
    ])
    await first.vault.restart({ OWNKEY_PRIVATE_HOSTS: '127.0.0.1:1' })
    first.vault.pass(MINUTE)
    await first.owner.signIn()
    await first.askForTest()
    const [, webhook] = await first.untilAll(wasTried(1))
    expect(webhook).toMatchObject({ state: 'given-up', failure: 'refused-address' })
    expect(first.receiver.posts).toHaveLength(1)
  })

  test('for want of a mail server is tried again, and told to whoever sets it up', async () => {
    const { mailTo, askForTest, untilAll, vault, owner, mail } = await givenReceivers()
    expect(await mailTo('books@desk.example')).toMatchObject({ mail: true })
    await vault.restart({ OWNKEY_SMTP_URL: '', OWNKEY_MAIL_FROM: '' })
    await owner.signIn()
    expect(await mailTo('books@desk.example')).toMatchObject({ mail: false })
    await askForTest()
    expect(await untilAll(wasTried(1))).toMatchObject([{ state: 'waiting', failure: 'no-mail-server' }])
    expect(mail.mails).toEqual([])
  })
})

describe('whoever is taken off the list', () => {
  test('gets nothing any more, also not what waits', async () => {
    const { connect, mailTo, askForTest, untilAll, receiver, vault, owner } = await givenReceivers()
    await connect()
    receiver.plan({ status: 500 })
    await askForTest()
    await untilAll(wasTried(1))
    expect((await owner.send('DELETE', '/v1/alerts/webhook')).status).toBe(204)
    const given = await untilAll(({ state }) => state === 'given-up')
    expect(given).toMatchObject([{ via: 'webhook', failure: 'removed', nextAt: null }])
    vault.pass(HOUR)
    await owner.signIn()
    expect(await mailTo('books@desk.example')).toMatchObject({ webhook: null })
    await askForTest()
    await untilAll(isDelivered)
    expect(receiver.posts).toHaveLength(1)
  })

  test('by another webhook in its place: it gets what comes, and nothing that waited', async () => {
    const { connect, askForTest, untilAll, receiver, vault, owner } = await givenReceivers()
    const before = await connect()
    receiver.plan({ status: 500 })
    await askForTest()
    await untilAll(wasTried(1))
    const after = await connect(`${receiver.address}/other`)
    expect(after.secret).not.toBe(before.secret)
    expect(await untilAll(({ state }) => state === 'given-up')).toHaveLength(1)
    vault.pass(HOUR)
    await owner.signIn()
    await askForTest()
    await untilAll(isDelivered)
    expect(receiver.posts.map(({ path }) => path)).toEqual(['/hooks/T0/B0', '/hooks/T0/B0/other'])
    const last = receiver.posts[1]
    expect(last?.headers['webhook-signature']).toBe(last && signatureOf(after.secret, last))
  })

  test('is written down by name, and the webhook by its host alone', async () => {
    const { connect, mailTo, vault, owner } = await givenReceivers()
    await mailTo('books@desk.example')
    await mailTo('olga@desk.example')
    await connect('https://hooks.example/T0/secret')
    await owner.send('DELETE', '/v1/alerts/webhook')
    await owner.send('DELETE', '/v1/alerts/webhook')
    const kinds = new Set(['alerts-changed', 'webhook-connected', 'webhook-disconnected'])
    expect((await vault.audited()).filter(({ kind }) => kinds.has(kind))).toMatchObject([
      {
        kind: 'alerts-changed',
        facts: { before: '50 %, 75 %, 100 %', after: '', added: 'books@desk.example' },
      },
      { kind: 'alerts-changed', facts: { added: 'olga@desk.example', removed: 'books@desk.example' } },
      { kind: 'webhook-connected', memberName: 'Olga', facts: { host: 'hooks.example' } },
      { kind: 'webhook-disconnected', memberName: 'Olga', facts: { host: 'hooks.example' } },
    ])
  })
})

test('a sealed vault sends nothing, also what needs no key, and goes on when it is unsealed', async () => {
  const { connect, mailTo, untilAll, receiver, mail, vault, owner } = await givenReceivers()
  await mailTo('books@desk.example')
  await connect()
  const { opened, workspace } = vault
  await tokenKeyText({ ...opened, newTokenKey })
  await sealVault(opened, vault.now(), await nextTokenKey({ ...opened, newTokenKey }))
  const subject = { kind: 'test', by: 'Olga' } as const
  await opened.alerts.tell(workspace.id, [{ about: 'test', number: 1, subject }])
  await new Promise((resolve) => setTimeout(resolve, LONGER_THAN_A_ROUND_MS))
  expect([...receiver.posts, ...mail.mails]).toEqual([])
  await unsealVault(opened)
  await owner.signIn()
  expect(await untilAll(isDelivered)).toHaveLength(2)
})

test('a delivery of a vault that died is sent again by another one, under the same id', async () => {
  const { connect, askForTest, untilAll, receiver, vault, owner } = await givenReceivers()
  await connect()
  const { outbox } = vault.opened
  receiver.plan({ status: 500 })
  await askForTest()
  await untilAll(wasTried(1))
  vault.pass(30 * SECOND)
  const claimed = await outbox.claim(vault.now(), vault.now() + 3 * MINUTE)
  vault.pass(3 * MINUTE)
  await owner.signIn()
  await untilAll(isDelivered)
  expect(receiver.posts.map(({ headers }) => headers['webhook-id'])).toEqual([claimed?.id, claimed?.id])
})
