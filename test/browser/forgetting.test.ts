import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bench, openBench } from './bench.ts'

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

const DAY_MS = 86_400_000

/** Drafts as the panel keeps them; each is named by its text. */
const draft = (text: string, age: number, more: Record<string, unknown>) => ({
  id: crypto.randomUUID(),
  site: 'https://desk.test',
  place: 'ticket',
  at: Date.now() - age,
  text,
  ...more,
})
const ended = { state: 'ended', receiptId: null }
const asked = {
  state: 'asked',
  request: {
    idempotencyKey: crypto.randomUUID(),
    thread: { turns: [{ author: 'customer', text: 'words of a customer' }] },
  },
}

const keep = (rows: readonly object[]): Promise<void> =>
  options.evaluate(
    (drafts) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('ownkey')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const change = opening.result.transaction('drafts', 'readwrite')
          for (const row of drafts) change.objectStore('drafts').put(row)
          change.oncomplete = () => resolve(opening.result.close())
        }
      }),
    rows,
  )

const kept = (): Promise<readonly string[]> =>
  options.evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const opening = indexedDB.open('ownkey')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const all = opening.result.transaction('drafts').objectStore('drafts').getAll()
          all.onsuccess = () => {
            opening.result.close()
            resolve(all.result.map(({ text }: { text: string }) => text).toSorted())
          }
        }
      }),
  )

describe('drafts that nobody opens a panel for', () => {
  test('are forgotten when their time is over, and not before', async () => {
    await keep([
      draft('finished today', DAY_MS / 2, ended),
      draft('finished last week', 8 * DAY_MS, ended),
      draft('asked just now', 0, asked),
      draft('asked an hour ago', DAY_MS / 24, asked),
    ])
    const worker = await bench.stage.worker()
    await worker.evaluate(() =>
      Reflect.get(globalThis, 'chrome').alarms.onAlarm.dispatch({
        name: 'forget-old-drafts',
        scheduledTime: 0,
      }),
    )
    await expect.poll(kept).toEqual(['asked just now', 'finished today'])
  })
})
