import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dollars, sum } from '../../../shared/money.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, readLike, sentence, words } from '../surfaces.ts'
import { cellsOf, exact, goTo, threeDrafts, untilThereAre, type Visit, visit } from './browsing.ts'
import { seedReceipts } from './seeding.ts'

const said = words.options
const rows = 'tr[data-receipt]'
/** What the page says once all receipts are in this browser. */
const sums = /[\d,]+ receipts? · \$[\d.,]+/

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const onReceipts = (visited: Omit<Visit, 'route'>): Promise<void> =>
  visit(stage, { prepare: threeDrafts, ...visited, route: '/receipts' })

const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') ?? null)

/** Waits until the row with this place in the grid has the focus and is drawn in the window. */
const untilFocused = (page: Page, rowIndex: number) =>
  page.waitForFunction(
    (wanted) => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') === wanted,
    { timeout: 60_000 },
    String(rowIndex),
  )

/** Types words into the search box, in place of what stands there. */
const look = async (page: Page, typed: string): Promise<void> => {
  const box = await page.waitForSelector(`::-p-aria([name="${said.receipts.search}"][role="searchbox"])`)
  await box?.click({ count: 3 })
  await box?.type(typed)
}

const open = async (page: Page, hash: string, count: number): Promise<void> => {
  await goTo(page, hash)
  await untilThereAre(page, count, rows)
}

describe('the Receipts page', () => {
  test('lists what the vault keeps, exact to the last digit, and adds it up', () =>
    onReceipts({
      act: async (page, world) => {
        await page.waitForSelector(rows)
        const shown = await cellsOf(page, rows)
        const receipts = await world.owner.receipts()
        expect(shown.map((row) => row[7])).toEqual(receipts.map(({ settled }) => exact(settled)))
        expect(shown.map((row) => row[5])).toEqual(
          receipts.map(({ inputTokens }) => new Intl.NumberFormat('en-US').format(inputTokens ?? 0)),
        )
        expect(shown.map((row) => row[2])).toContain('acme.zendesk.example')
        expect(await readLike(page, sums)).toBe(`4 receipts · ${exact(await world.bill())}`)
      },
    }))

  test('shows the formula of a receipt: every line multiplies, and the lines add up', () =>
    onReceipts({
      act: async (page, world) => {
        const [receipt] = await world.owner.receipts()
        await (await page.waitForSelector(`${rows} a`))?.click()
        await page.waitForFunction((id) => location.hash === `#/receipts/${id}`, {}, receipt?.id)
        const formula = `[role=dialog] table[aria-label="${said.receipt.formula}"]`
        await page.waitForSelector(formula)
        const lines = await cellsOf(page, `${formula} tbody tr`)
        const amounts = lines.map(([, tokens = '', price = '', amount = '']) => {
          const perToken = dollars(price.replace('× $', '')) / 1_000_000n
          expect(amount).toBe(`= ${exact(BigInt(tokens.replaceAll(',', '')) * perToken)}`)
          return dollars(amount.replace('= $', ''))
        })
        expect(lines.length).toBeGreaterThan(1)
        expect(sum(amounts)).toBe(receipt?.settled)
        await read(page, receipt?.attempts[0]?.providerRequestId ?? 'no request id')
        await page.keyboard.press('Escape')
        await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
        expect(page.url()).toMatch(/#\/receipts$/)
      },
    }))

  test('marks an estimate, with what is likely beside what counts', () =>
    onReceipts({
      prepare: async (world) => {
        world.simulator.plan({ provider: 'anthropic', next: [{ do: 'early-end', after: 2 }] })
        await world.owner.ask('Hello?')
      },
      act: async (page, world) => {
        await read(page, words.certainties.estimated.name)
        const receipt = (await world.owner.receipts()).find(({ certainty }) => certainty === 'estimated')
        await goTo(page, `#/receipts/${receipt?.id}`)
        await page.waitForSelector('[role=dialog]')
        await read(page, words.certainties.estimated.meaning)
        await read(page, exact(receipt?.likely ?? -1n))
        await read(page, exact(receipt?.settled ?? -1n))
      },
    }))

  test('keeps its filters in the address, so that it can be sent to a colleague', () =>
    onReceipts({
      act: async (page, world) => {
        await readLike(page, sums)
        const purpose = `::-p-aria([name="${said.receipts.purpose}"][role="combobox"])`
        await (await page.waitForSelector(purpose))?.select('verify')
        await untilThereAre(page, 1, rows)
        expect(page.url()).toContain('purpose=verify')
        const colleague = await stage.openOptions(page.url().split('#')[1] ?? '')
        await untilThereAre(colleague, 1, rows)
        await goTo(colleague, '#/receipts?outcome=lost')
        await read(colleague, said.receipts.noneTitle)
        await press(colleague, said.receipts.clear)
        await untilThereAre(colleague, 4, rows)
        await open(colleague, '#/receipts?purpose=%3Cscript%3E&from=yesterday&memberId=1', 4)
        const day = new Date((await world.owner.receipts())[0]?.at ?? 0).toISOString().slice(0, 10)
        await open(colleague, `#/receipts?from=${day}&to=${day}&provider=anthropic`, 4)
        await goTo(colleague, '#/receipts?provider=openai')
        await read(colleague, said.receipts.noneTitle)
        await colleague.close()
      },
    }))

  test('finds the words that are typed, and adds up what it found', () =>
    onReceipts({
      act: async (page, world) => {
        await readLike(page, sums)
        await look(page, 'zendesk olive')
        await untilThereAre(page, 1, rows)
        const found = (await world.owner.receipts()).find(({ site }) => site?.includes('zendesk'))
        expect(await readLike(page, sums)).toBe(`1 receipt · ${exact(found?.settled ?? -1n)}`)
        expect(page.url()).toContain('search=zendesk+olive')
        await look(page, found?.id.slice(0, 13) ?? '')
        await untilThereAre(page, 1, rows)
        await page.keyboard.press('Escape')
        await untilThereAre(page, 4, rows)
        expect(page.url()).toMatch(/#\/receipts$/)
      },
    }))

  test('shows a receipt a moment after it was made elsewhere', () =>
    onReceipts({
      act: async (page, world) => {
        await readLike(page, /4 receipts · /)
        await world.owner.ask('One more')
        await page.bringToFront()
        await readLike(page, /5 receipts · /)
        expect((await cellsOf(page, rows))[0]?.[7]).toBe(
          exact((await world.owner.receipts())[0]?.settled ?? -1n),
        )
      },
    }))

  test('opens a receipt by its address before any other was read', () =>
    onReceipts({
      act: async (page, world) => {
        const [receipt] = await world.owner.receipts()
        await page.evaluate(async () => {
          const { promise, resolve } = Promise.withResolvers<void>()
          const asked = indexedDB.open('ownkey')
          asked.onsuccess = () => {
            const work = asked.result.transaction(['receipts', 'receiptCopy'], 'readwrite')
            for (const table of ['receipts', 'receiptCopy']) work.objectStore(table).clear()
            work.oncomplete = () => resolve()
          }
          await promise
        })
        const page2 = await stage.openOptions(`/receipts/${receipt?.id}`)
        await page2.waitForSelector(`[role=dialog] table[aria-label="${said.receipt.formula}"]`)
        await page2.close()
      },
    }))

  test('shows what this browser kept when the vault does not answer, and of which moment it is', () =>
    onReceipts({
      wish: { process: true },
      act: async (page, world) => {
        await readLike(page, sums)
        const [opened, other] = await page.$$eval(rows, (found) =>
          found.map((row) => row.getAttribute('data-receipt')),
        )
        await goTo(page, `#/receipts/${opened}`)
        await page.waitForSelector(`[role=dialog] table[aria-label="${said.receipt.formula}"]`)
        await world.kill()
        await goTo(page, '#/receipts')
        await page.reload()
        const time = String.raw`\w{3} \d{1,2}, \d{1,2}:\d\d [AP]M`
        await readLike(page, new RegExp(sentence(said.receipts.offline, { time })))
        expect(await page.$$eval(rows, (found) => found.length)).toBe(4)
        await open(page, '#/receipts?purpose=verify', 1)
        await goTo(page, `#/receipts/${opened}`)
        await page.waitForSelector(`[role=dialog] table[aria-label="${said.receipt.formula}"]`)
        await goTo(page, `#/receipts/${other}`)
        await read(page, said.receipt.callsAway)
        await goTo(page, '#/spend')
        await read(page, words.problems['no-answer'].happened)
        await world.start()
        await press(page, words.common.again)
        await page.waitForSelector(`[aria-label="${said.spend.thisMonth}"]`)
      },
    }))

  test('takes everything away from a browser that was removed, also what is on the screen', () =>
    onReceipts({
      act: async (page, world) => {
        await readLike(page, sums)
        const { devices } = JSON.parse((await world.owner.request('GET', '/v1/devices')).text)
        const mine = devices.find(({ current }: { current: boolean }) => !current)
        await world.owner.request('DELETE', `/v1/devices/${mine.id}`)
        await page.bringToFront()
        await page.waitForSelector('[data-problem=device-removed]')
        expect(await page.$$(rows)).toEqual([])
      },
    }))
})

describe('ten thousand receipts', () => {
  const MANY = 10_000

  const withMany = (act: (page: Page, world: World) => Promise<void>) =>
    onReceipts({
      prepare: async (world) => {
        await world.owner.ask('Where is my parcel?')
        seedReceipts(world, MANY)
      },
      act: async (page, world) => {
        await readLike(page, /10,002 receipts · /)
        await act(page, world)
      },
    })

  test('are added up exactly, and only those in sight are drawn', () =>
    withMany(async (page, world) => {
      const seeded = BigInt(MANY) * 1_000_000_000n + (BigInt(MANY) * BigInt(MANY - 1)) / 2n
      const total = exact(seeded + (await world.bill()))
      expect(await readLike(page, sums)).toBe(`10,002 receipts · ${total}`)
      expect(await page.$eval('[role=grid]', (grid) => grid.getAttribute('aria-rowcount'))).toBe('10003')
      expect((await page.$$(rows)).length).toBeLessThan(80)
      await goTo(page, '#/receipts?purpose=refine')
      await readLike(page, /2,000 receipts · /)
    }))

  test('are read by keyboard: a row, a page, both ends; Enter opens, Escape comes back to the row', () =>
    withMany(async (page) => {
      await (await page.waitForSelector(`${rows} a`))?.focus()
      expect(await focused(page)).toBe('2')
      await page.keyboard.press('ArrowDown')
      await untilFocused(page, 3)
      await page.keyboard.press('ArrowUp')
      await untilFocused(page, 2)
      await page.keyboard.press('PageDown')
      const afterPage = Number(await focused(page))
      expect(afterPage).toBeGreaterThan(8)
      await page.keyboard.press('PageUp')
      await untilFocused(page, 2)
      await page.keyboard.press('End')
      await untilFocused(page, MANY + 3)
      expect(await page.$$eval(`${rows} a[tabindex="0"]`, (stops) => stops.length)).toBe(1)
      await page.keyboard.press('ArrowUp')
      await untilFocused(page, MANY + 2)
      await page.keyboard.press('Enter')
      await page.waitForSelector('[role=dialog]')
      await page.keyboard.press('Escape')
      await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
      await untilFocused(page, MANY + 2)
      await page.keyboard.press('Home')
      await untilFocused(page, 2)
    }))

  test('keep the focus where it is while others are scrolled into sight', () =>
    withMany(async (page) => {
      await (await page.waitForSelector(`${rows} a`))?.focus()
      await page.$eval('[role=grid]', (grid) => grid.parentElement?.scrollTo(0, 200_000))
      await page.waitForFunction(
        () =>
          [...document.querySelectorAll('tr[data-receipt]')].filter(
            (row) => Number(row.getAttribute('aria-rowindex')) > 5_000,
          ).length > 5,
      )
      expect(await focused(page)).toBe('2')
    }))

  test('come page by page from the vault until this browser has read them all', () =>
    onReceipts({
      prepare: async (world) => {
        await world.owner.ask('Where is my parcel?')
        seedReceipts(world, 120)
      },
      act: async (page) => {
        await readLike(page, sums)
        await page.setRequestInterception(true)
        page.on('request', (request) => {
          if (new URL(request.url()).pathname === '/v1/receipts/changes') return
          void request.continue()
        })
        await page.evaluate(async () => {
          const { promise, resolve } = Promise.withResolvers<void>()
          const asked = indexedDB.open('ownkey')
          asked.onsuccess = () => {
            const work = asked.result.transaction(['receipts', 'receiptCopy'], 'readwrite')
            for (const table of ['receipts', 'receiptCopy']) work.objectStore(table).clear()
            work.oncomplete = () => resolve()
          }
          await promise
        })
        await page.reload()
        await read(page, sentence(said.receipts.reading, { number: '0' }))
        await read(page, sentence(said.receipts.shownMore, { number: '50' }))
        await press(page, said.receipts.more)
        await read(page, sentence(said.receipts.shownMore, { number: '100' }))
      },
    }))
})

test('the height of a row in the style sheet is the one that rows are placed by', () => {
  const folder = join(import.meta.dirname, '../../../extension/options/receipts')
  const [, placed] = /ROW_PX = (\d+)/.exec(readFileSync(join(folder, 'ReceiptTable.tsx'), 'utf8')) ?? []
  expect(readFileSync(join(folder, 'receipts.module.css'), 'utf8')).toContain(`height: ${placed}px`)
})
