import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { z } from 'zod'
import type { Badge } from '../../extension/local/badge.ts'
import { type Bench, openBench } from './bench.ts'

/** A row as some version of the extension may have written it. */
type Row = z.input<typeof Badge>

let bench: Bench
let options: Page

beforeAll(async () => {
  bench = await openBench()
  options = await bench.stage.openOptions()
  await options.waitForFunction(async () =>
    (await indexedDB.databases()).some(({ name, version }) => name === 'ownkey' && version !== 0),
  )
})
afterAll(() => bench.close())

/** Writes what a surface would have learned, and says that something changed, as surfaces do. */
const learn = (badge: Row): Promise<unknown> =>
  options.evaluate(
    async (row) => {
      const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      const database = await done(indexedDB.open('ownkey'))
      await done(database.transaction('badge', 'readwrite').objectStore('badge').put(row))
      database.close()
      return Reflect.get(window, 'chrome').runtime.sendMessage({ type: 'refresh-badge' })
    },
    { id: 'only', ...badge },
  )

const button = async (): Promise<{ text: string; title: string }> =>
  options.evaluate(async () => {
    const { action } = Reflect.get(window, 'chrome')
    return { text: await action.getBadgeText({}), title: await action.getTitle({}) }
  })

const learned: readonly [Row, { text: string; title: string }][] = [
  [
    { state: 'on', usedPercent: 20, at: 0 },
    { text: '', title: 'Ownkey' },
  ],
  [
    { state: 'on', usedPercent: 80, at: 0 },
    { text: '80%', title: 'Ownkey: 80% of the cap is used' },
  ],
  [
    { state: 'on', usedPercent: null, at: 0 },
    { text: '', title: 'Ownkey' },
  ],
  [
    { state: 'paused', usedPercent: 100, at: 0 },
    { text: '❚❚', title: 'Ownkey: AI is paused' },
  ],
  [
    { state: 'no-answer', usedPercent: null, at: 0 },
    { text: '?', title: 'Ownkey: the vault does not answer' },
  ],
  [
    { state: 'on', usedPercent: 52, alert: { id: 'one', percent: 50 }, at: 0 },
    { text: '50%', title: 'Ownkey: a cap reached 50%' },
  ],
  [
    { state: 'on', usedPercent: 80, alert: { id: 'one', percent: null }, at: 0 },
    { text: '!', title: 'Ownkey: an alert is waiting' },
  ],
  [
    { state: 'paused', usedPercent: 100, alert: { id: 'one', percent: 100 }, at: 0 },
    { text: '❚❚', title: 'Ownkey: AI is paused' },
  ],
  [
    { state: 'no-answer', usedPercent: 80, alert: { id: 'one', percent: null }, at: 0 },
    { text: '?', title: 'Ownkey: the vault does not answer' },
  ],
  [
    { state: 'unpaired', usedPercent: null, at: 0 },
    { text: '', title: 'Ownkey' },
  ],
]

describe('the toolbar’s button', () => {
  test.each(learned)('tells %o', async (badge, shown) => {
    await learn(badge)
    expect(await button()).toEqual(shown)
  })

  test('is not moved by a page that frames the assistant', async () => {
    await learn({ state: 'on', usedPercent: 20, at: 0 })
    const framed = await bench.stage.openExtensionPage('assistant.html')
    await learn({ state: 'on', usedPercent: 20, at: 0 })
    await options.evaluate(() => Reflect.get(window, 'chrome').action.setBadgeText({ text: 'kept' }))
    await framed.evaluate(() => Reflect.get(window, 'chrome').runtime.sendMessage({ type: 'refresh-badge' }))
    expect((await button()).text).toBe('kept')
    await framed.close()
  })
})
