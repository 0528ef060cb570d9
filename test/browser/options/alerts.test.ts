import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { AlertSettings, type AlertSubject, WebhookConnected } from '../../../shared/books/alerts.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, fill, press, read, see, sentence, textOf, words } from '../surfaces.ts'
import { untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'
import { seedAlerts } from './seeding.ts'

const said = words.options.alerts
const SECRET = /whsec_[A-Za-z0-9+/=]{20,}/

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

type Posted = { readonly headers: IncomingMessage['headers']; readonly body: string }

/** Something that takes what is posted to it, and answers with these statuses in their order; the last one for good. */
const receiver = async (statuses: readonly number[]) => {
  const posted: Posted[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const status = statuses[Math.min(posted.length, statuses.length - 1)] ?? 200
    posted.push({ headers: request.headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(status).end()
  })
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return {
    host,
    address: `http://${host}/services/T000/B000/very-secret-path`,
    posted,
    [Symbol.dispose]: close,
  }
}

const settingsOf = (world: World): Promise<AlertSettings> =>
  world.owner.read('/v1/alerts/settings', AlertSettings)

const set = (world: World, thresholds: readonly number[], emails: readonly string[]) =>
  world.owner.change(
    'PUT',
    '/v1/alerts/settings',
    { thresholds: thresholds.map((percent) => ({ percent, on: true })), emails },
    AlertSettings,
  )

/** Types into the percentage of a row. */
const typePercent = async (page: Page, row: string, percent: string): Promise<void> => {
  const field = await page.waitForSelector(`${row} input[inputmode]`)
  await field?.click({ count: 3 })
  await field?.press('Backspace')
  await field?.type(percent)
}

const flip = async (page: Page, name: string): Promise<void> => {
  const found = await page.waitForSelector(`label ::-p-text(${name})`)
  await found?.click()
}

describe('the shares at which somebody is told', () => {
  test('are switched, changed, added and removed, and can be put back', () =>
    visit(stage, {
      route: '/alerts',
      act: async (page, world) => {
        await untilThereAre(page, 3, '[data-threshold]')
        await flip(page, sentence(said.thresholds.on, { percent: '50' }))
        await press(page, sentence(said.thresholds.remove, { percent: '75' }))
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(said.thresholds.add)
        await page.keyboard.press('Enter')
        await page.keyboard.type('90')
        await press(page, said.thresholds.save)
        await read(page, words.options.settings.saved)
        expect((await settingsOf(world)).thresholds).toEqual([
          { percent: 50, on: false },
          { percent: 90, on: true },
          { percent: 100, on: true },
        ])
        await press(page, words.options.settings.undo)
        await read(page, words.options.settings.undone)
        expect((await settingsOf(world)).thresholds).toEqual(
          [50, 75, 100].map((percent) => ({ percent, on: true })),
        )
      },
    }))

  test('are whole, from 1 to 100, each once, and eight at most', () =>
    visit(stage, {
      route: '/alerts',
      act: async (page, world) => {
        await untilThereAre(page, 3, '[data-threshold]')
        await typePercent(page, '[data-threshold="50"]', '101')
        await press(page, said.thresholds.save)
        await read(page, said.thresholds.whole)
        await typePercent(page, '[data-threshold="101"]', '75')
        await read(page, said.thresholds.twice)
        await press(page, said.thresholds.save)
        await read(page, said.thresholds.twice)
        expect((await settingsOf(world)).thresholds[0]).toEqual({ percent: 50, on: true })
        for (let rows = 3; rows < 8; rows += 1) await press(page, said.thresholds.add)
        await read(page, sentence(said.thresholds.most, { count: '8' }))
        await untilThereAre(page, 8, '[data-threshold]')
      },
    }))

  test('leave what somebody else changed meanwhile as it is', () =>
    visit(stage, {
      route: '/alerts',
      act: async (page, world) => {
        await untilThereAre(page, 3, '[data-threshold]')
        await set(world, [50, 75, 100], ['late@acme.example'])
        await press(page, sentence(said.thresholds.remove, { percent: '75' }))
        await press(page, said.thresholds.save)
        await read(page, words.options.settings.saved)
        expect(await settingsOf(world)).toMatchObject({
          thresholds: [{ percent: 50 }, { percent: 100 }],
          emails: ['late@acme.example'],
        })
      },
    }))
})

describe('whom alerts are mailed to', () => {
  test('is added and removed by address; what is none says so, and that there is no mail server names what it needs', () =>
    visit(stage, {
      route: '/alerts',
      act: async (page, world) => {
        await read(page, said.emails.none)
        expect(await textOf(page)).toContain('OWNKEY_SMTP_URL and OWNKEY_MAIL_FROM')
        await fill(page, said.emails.address, 'finance at acme')
        await page.keyboard.press('Enter')
        await read(page, said.emails.invalid)
        expect((await settingsOf(world)).emails).toEqual([])
        await fill(page, said.emails.address, 'finance@acme.example')
        await page.keyboard.press('Enter')
        await button(page, sentence(said.emails.remove, { address: 'finance@acme.example' }))
        expect((await settingsOf(world)).emails).toEqual(['finance@acme.example'])
        await fill(page, said.emails.address, 'Finance@acme.example')
        await page.keyboard.press('Enter')
        await read(page, said.emails.twice)
        await press(page, sentence(said.emails.remove, { address: 'finance@acme.example' }))
        await read(page, said.emails.none)
        expect((await settingsOf(world)).emails).toEqual([])
        await press(page, words.options.settings.undo)
        await button(page, sentence(said.emails.remove, { address: 'finance@acme.example' }))
        expect((await settingsOf(world)).emails).toEqual(['finance@acme.example'])
      },
    }))

  test('hears from a test that it waits, why, and until when', () =>
    visit(stage, {
      route: '/alerts',
      prepare: (world) => set(world, [75], ['finance@acme.example']),
      act: async (page) => {
        await press(page, said.test.send)
        await page.waitForSelector('[data-test] [data-delivery=waiting]')
        await read(page, words.alerts.why['no-mail-server'])
        await read(page, words.alerts.delivery.again.split('{{moment}}')[0]?.split('),')[1]?.trim() ?? '')
      },
    }))
})

/** Connects a webhook on the page and gives the secret that it showed. */
const connect = async (page: Page, address: string): Promise<string> => {
  await fill(page, said.webhook.address, address)
  await press(page, said.webhook.save)
  await read(page, said.webhook.once)
  return SECRET.exec(await textOf(page))?.[0] ?? ''
}

describe('the webhook', () => {
  test('is connected with a secret that is shown once, tells by a test that it works, and is disconnected', async () => {
    using slack = await receiver([200])
    await visit(stage, {
      wish: { settings: { OWNKEY_PRIVATE_HOSTS: slack.host } },
      route: '/alerts',
      act: async (page, world) => {
        await read(page, said.test.nobody)
        await press(page, said.webhook.connect)
        const secret = await connect(page, slack.address)
        expect(secret).toMatch(SECRET)
        await read(page, 'webhook-signature')
        await press(page, said.webhook.ready)
        await read(page, slack.host)
        expect(await settingsOf(world)).toMatchObject({ webhook: { host: slack.host } })

        await press(page, said.test.send)
        await page.waitForSelector('[data-test] [data-delivery=delivered]')
        await untilThereAre(page, 1, '[data-past=test]')
        expect(slack.posted[0]?.headers).toMatchObject({
          'webhook-id': expect.any(String),
          'webhook-signature': expect.stringContaining('v1,'),
        })
        await page.reload()
        await untilThereAre(page, 1, '[data-past=test] [data-delivery=delivered]')
        const again = await page.content()
        for (const hidden of [secret, 'very-secret-path', '/services/']) expect(again).not.toContain(hidden)

        await press(page, said.webhook.disconnect)
        await read(page, sentence(said.webhook.disconnectText, { host: slack.host }))
        await press(page, words.common.cancel)
        expect((await settingsOf(world)).webhook).not.toBeNull()
        await press(page, said.webhook.disconnect)
        await read(page, said.webhook.disconnectTitle)
        const dialog = await page.waitForSelector('[role=dialog]')
        await (await dialog?.waitForSelector(`button ::-p-text(${said.webhook.disconnect})`))?.click()
        await read(page, said.webhook.disconnected)
        expect((await settingsOf(world)).webhook).toBeNull()
      },
    })
  })

  test('that is not there any more is given up, with the reason', async () => {
    using gone = await receiver([410])
    await visit(stage, {
      wish: { settings: { OWNKEY_PRIVATE_HOSTS: gone.host } },
      route: '/alerts',
      prepare: ({ owner }) =>
        owner.change('PUT', '/v1/alerts/webhook', { address: gone.address }, WebhookConnected),
      act: async (page) => {
        await press(page, said.test.send)
        await page.waitForSelector('[data-test] [data-delivery="given-up"]')
        await read(page, sentence(words.alerts.why.gone, { code: '410' }))
      },
    })
  })

  test('takes https addresses outside the vault’s own network, keeps nothing of others, and says why', () =>
    visit(stage, {
      route: '/alerts',
      act: async (page, world) => {
        await press(page, said.webhook.connect)
        await fill(page, said.webhook.address, 'hooks.slack.com')
        await press(page, said.webhook.save)
        await read(page, said.webhook.malformed)
        await fill(page, said.webhook.address, 'https://127.0.0.1/hook')
        await press(page, said.webhook.save)
        await read(page, words.webhookFlaws.private.happened)
        const field = await see(page, 'textbox', said.webhook.address)
        expect(await field.evaluate((box) => 'value' in box && box.value)).toBe('')
        expect((await settingsOf(world)).webhook).toBeNull()
      },
    }))
})

type Subject = z.input<typeof AlertSubject>

const capAlert = (number: number): Subject => ({
  kind: 'cap',
  percent: 50,
  refused: false,
  cap: { scope: 'member', id: crypto.randomUUID(), kind: 'day', name: `Mina Park ${number}` },
  limit: '50',
  settled: '25.5',
  resetsAt: new Date(Date.now() + 3_600_000).toISOString(),
})

const others: readonly Subject[] = [
  {
    kind: 'foreign-use',
    provider: 'anthropic',
    keyLabel: 'A'.repeat(80),
    model: 'claude-haiku-4-5',
    day: '2026-11-20',
    amount: '1.25',
  },
  { kind: 'over-hold', receiptId: crypto.randomUUID(), held: '0.01', settled: '0.02' },
]

describe('past alerts', () => {
  test('say so when there are none', () =>
    visit(stage, { route: '/alerts', act: (page) => read(page, said.list.emptyTitle) }))

  test('are told in sentences, newest first, a page at a time', () =>
    visit(stage, {
      route: '/alerts',
      prepare: async (world) =>
        seedAlerts(
          world,
          Array.from({ length: 25 }, (_, index) => capAlert(index + 1)),
        ),
      act: async (page) => {
        await untilThereAre(page, 20, '[data-past=cap]')
        const [first] = await page.$$eval('[data-past]', (all) => all.map((one) => one.textContent))
        expect(first).toContain('The day of Mina Park 1 reached 50% of $50.00.')
        await press(page, said.list.more)
        await untilThereAre(page, 25, '[data-past=cap]')
        expect(await textOf(page)).not.toContain(said.list.more)
      },
    }))

  test('that cannot be read say so, and can be asked for again', () =>
    visit(stage, {
      route: '/alerts',
      prepare: (world) => set(world, [75], ['finance@acme.example']),
      act: async (page) => {
        await read(page, said.list.emptyTitle)
        await page.setOfflineMode(true)
        await press(page, said.test.send)
        await button(page, words.common.again)
        await button(page, sentence(said.emails.remove, { address: 'finance@acme.example' }))
        await page.setOfflineMode(false)
        await press(page, words.common.again)
        await read(page, said.list.emptyTitle)
      },
    }))
})

describe('the Alerts page', () => {
  test('is without a flaw that axe finds, and keeps inside a narrow window with long words', () =>
    visit(stage, {
      route: '/alerts',
      prepare: async (world) => {
        await set(
          world,
          [50, 75, 100],
          [`${'a'.repeat(60)}@${'long-name-of-a-department.'.repeat(6)}example`],
        )
        await world.owner.request('POST', '/v1/alerts/test')
        seedAlerts(world, [...others, capAlert(1)])
      },
      act: async (page) => {
        await untilThereAre(page, 4, '[data-past]')
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.webhook.connect)
        await see(page, 'textbox', said.webhook.address)
        expect(await flawsOf(page)).toEqual([])
        await page.keyboard.press('Escape')
        for (const width of [320, 400]) {
          await page.setViewport({ width, height: 800 })
          expect({ width, misfits: await misfits(page) }).toEqual({ width, misfits: [] })
        }
      },
    }))
})
