import type { Page } from 'puppeteer'
import { expect, test } from 'vitest'
import { canary, caughtIn, caughtUnder } from '../canaries.ts'
import { openDesk } from '../demo/desk.ts'
import { given } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import {
  connectKeyByPopup,
  fill,
  pairByPopup,
  press,
  pressArmed,
  read,
  readLike,
  sentence,
  textOf,
  words,
} from './surfaces.ts'

declare const chrome: {
  readonly storage: Record<'local' | 'session' | 'sync', { get(all: null): Promise<Record<string, unknown>> }>
}

const key = canary('BrowserKey')
const misshapen = canary('MisshapenKey')
const webhook = canary('WebhookAddress')
const customer = canary('CustomerWords')
const instruction = canary('AgentWords')

const chromeStorage = async (stage: Stage): Promise<string> =>
  (await stage.worker()).evaluate(async () => {
    const { local, session, sync } = chrome.storage
    return JSON.stringify([await local.get(null), await session.get(null), await sync.get(null)])
  })

/** Every row of every database of the extension, by database and table. */
const databases = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const written = (_: string, value: unknown): unknown => {
      if (value instanceof CryptoKey) return `CryptoKey ${value.type}, extractable: ${value.extractable}`
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return new TextDecoder().decode(value)
      return typeof value === 'bigint' ? String(value) : value
    }
    const tables: Record<string, string> = {}
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name))
      for (const table of database.objectStoreNames)
        tables[`${name}.${table}`] = JSON.stringify(
          await done(database.transaction(table).objectStore(table).getAll()),
          written,
        )
      database.close()
    }
    return tables
  })

const webStorage = (page: Page): Promise<string> =>
  page.evaluate(async () => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, await caches.keys()]))

/** Remembers the tokens that a page of the extension is given. */
const hearTokens = (page: Page, tokens: string[]): void => {
  page.on('response', async (response) => {
    if (!response.url().endsWith('/v1/tokens') || response.request().method() !== 'POST') return
    const answer: unknown = await response.json()
    if (typeof answer === 'object' && answer !== null && 'token' in answer) tokens.push(String(answer.token))
  })
}

/** Connects a webhook on the Alerts page, and gives the secret that is shown once. */
const connectWebhook = async (options: Page): Promise<string> => {
  const said = words.options.alerts.webhook
  await options.evaluate(() => {
    location.hash = '#/alerts'
  })
  await press(options, said.connect)
  await fill(options, said.address, `https://hooks.example/services/${webhook.text}`)
  await press(options, said.save)
  const secret = await readLike(options, /whsec_[A-Za-z0-9+/=]{20,}/)
  await press(options, said.ready)
  await read(options, 'hooks.example')
  expect(caughtIn(await options.content(), [webhook, { name: 'secret', text: secret }])).toEqual([])
  return secret
}

test('the browser keeps no provider key, no webhook, no token and no code, and a customer’s words only where the plan says', async () => {
  await using world = await given({ paired: false })
  const desk = await openDesk()
  const stage = await openStage()
  const ticket = await stage.open(desk.address)
  await ticket.$eval(
    'article:last-of-type .body p',
    (paragraph, text) => paragraph.append(` My card ends in ${text}.`),
    customer.text,
  )

  const code = await world.setupCode()
  const popup = await stage.openPopup(ticket)
  const typed = { address: world.address(), code, memberName: 'Mira Holm', workspaceName: 'Acme Support' }
  await pairByPopup(popup, typed)
  await press(popup, words.popup.keys.connect)
  await fill(
    popup,
    sentence(words.popup.connect.key, { provider: 'Anthropic' }),
    `sk-wrong-${misshapen.text}`,
  )
  await press(popup, words.popup.connect.verify)
  await press(popup, words.common.back)
  await connectKeyByPopup(popup, 'anthropic', `sk-ant-sim-${key.text}`)
  expect(caughtIn(await popup.content(), [key, misshapen])).toEqual([])
  await popup.close()

  await ticket.locator('#reply').click()
  await stage.pressShortcut(ticket)
  const panel = await stage.panel(ticket)
  await read(panel, customer.text)
  await fill(panel, words.assistant.ask.instruction, `Be kind, ${instruction.text}`)
  await pressArmed(panel, words.assistant.ask.draft)
  await panel.waitForSelector('[data-receipt]')
  await pressArmed(panel, words.assistant.insert.insert)
  await read(panel, words.assistant.insert.inserted)

  const tokens: string[] = []
  const options = await stage.openOptions('/spend')
  hearTokens(options, tokens)
  await options.reload()
  await read(options, words.options.spend.thisMonth)
  await expect.poll(() => tokens.length).toBeGreaterThan(0)
  expect(await textOf(options)).not.toContain(customer.text)
  const webhookSecret = await connectWebhook(options)

  const secrets = [
    key,
    misshapen,
    webhook,
    { name: 'webhook secret', text: webhookSecret },
    { name: 'token', text: tokens[0] ?? '' },
    { name: 'code', text: code.split('-').slice(1).join('') },
    { name: 'dashed code', text: code.split('-').slice(1).join('-') },
  ]
  const spoken = [customer, instruction]
  expect(caughtIn(await chromeStorage(stage), [...secrets, ...spoken])).toEqual([])
  expect(caughtIn(await webStorage(options), [...secrets, ...spoken])).toEqual([])
  const tables = await databases(options)
  expect(Object.keys(tables).length).toBeGreaterThan(0)
  const found = Object.entries(tables).flatMap(([table, rows]) =>
    caughtIn(rows, [...secrets, ...spoken]).map((name) => `${table}: ${name}`),
  )
  expect(found.filter((line) => !/\.drafts: /.test(line))).toEqual([])
  expect(found.filter((line) => !/: (CustomerWords|AgentWords)$/.test(line))).toEqual([])
  expect(JSON.stringify(tables)).not.toContain('CryptoKey private, extractable: true')
  expect(JSON.stringify(tables)).toContain('CryptoKey private, extractable: false')

  await stage.browser.close()
  expect(caughtUnder(stage.profile, secrets)).toEqual([])
  await stage.close()
  await desk.close()
})
