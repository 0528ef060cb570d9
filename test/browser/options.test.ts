import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exactAmount } from '../../extension/ui/amounts.ts'
import type { Role } from '../../shared/members.ts'
import { dollars, pico, sum, Usd } from '../../shared/money.ts'
import { PairingCodeAnswer } from '../../shared/pairing.ts'
import { type Given, given, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { fill, press, read, textOf, words } from './surfaces.ts'

const said = words.options

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const exact = (amount: bigint): string => exactAmount(pico(amount), 'en-US')

/** Pairs the stage's browser with the world, as the owner or as a new member. */
const pair = async (world: World, role?: Role): Promise<void> => {
  const asked = role === undefined ? { kind: 'device' } : { kind: 'invite', role }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  const popup = await stage.openExtensionPage('popup.html')
  await popup.evaluate(() => localStorage.clear())
  await popup.evaluate(async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const forgetting = indexedDB.deleteDatabase('ownkey')
    forgetting.onsuccess = () => resolve()
    await promise
  })
  await popup.reload()
  await fill(popup, words.popup.pairing.address, world.address())
  await fill(popup, words.popup.pairing.code, code)
  await press(popup, words.popup.pairing.pair)
  if (role !== undefined) {
    await fill(popup, words.popup.pairing.memberName, 'Aya Agent')
    await press(popup, words.popup.pairing.pair)
  }
  await read(popup, 'Acme Support')
  await popup.close()
}

/** A world with its owner's browser on the options page. */
const withOptions = async (
  wish: Given,
  prepare: (world: World) => Promise<void>,
  act: (page: Page, world: World) => Promise<void>,
  route = '/spend',
): Promise<void> => {
  await using world = await given(wish)
  await prepare(world)
  await pair(world)
  const page = await stage.openOptions(route)
  try {
    await act(page, world)
  } finally {
    await page.close()
  }
}

const threeDrafts = async (world: World): Promise<void> => {
  await world.owner.ask('Where is my parcel?')
  await world.owner.ask('I was charged twice in October.', { site: 'https://acme.zendesk.example' })
  await world.owner.ask('Thank you.')
}

const nothing = async (): Promise<void> => {}

const cellsOf = (page: Page, rows: string): Promise<string[][]> =>
  page.$$eval(rows, (found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))

const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

describe('the Spend page', () => {
  test('shows the exact sum of the receipts, what is left, and what a reply costs', () =>
    withOptions({}, threeDrafts, async (page, world) => {
      await page.waitForSelector(`[aria-label="${said.spend.thisMonth}"]`)
      const receipts = await world.owner.receipts()
      const total = sum(receipts.map(({ settled }) => settled))
      const replies = sum(receipts.filter(({ purpose }) => purpose === 'draft').map(({ settled }) => settled))
      const titleIn = (name: string) =>
        page.$eval(`[aria-label="${name}"] [title]`, (number) => number.getAttribute('title'))
      expect(await titleIn(said.spend.thisMonth)).toBe(exact(total))
      expect(await titleIn(said.spend.left)).toBe(exact(dollars('50') - total))
      expect(await titleIn(said.spend.perReply)).toBe(exact(replies / 3n))
      expect(await titleIn(said.spend.overshoot)).toBe('$0.00')
      expect(await world.bill()).toBe(total)
    }))

  test('has the numbers behind the chart as a table whose sum is the month', () =>
    withOptions({ keys: ['anthropic', 'openai'] }, threeDrafts, async (page, world) => {
      await page.waitForSelector('figure')
      await (await page.waitForSelector(`label ::-p-text(${said.spend.table})`))?.click()
      await page.waitForSelector('tfoot')
      const { settled } = await world.owner.cap()
      expect(await page.$eval('tfoot [title]', (sum) => sum.getAttribute('title'))).toBe(exact(settled))
      const models = await cellsOf(page, 'tbody tr')
      expect(models.map(([, model]) => model?.replace(/ (Anthropic|OpenAI)$/, '')).toSorted()).toEqual(
        [...new Set((await world.owner.receipts()).map(({ modelName }) => modelName))].toSorted(),
      )
    }))

  test('says what fills it while nothing was spent', () =>
    withOptions({ keys: [] }, nothing, async (page) => {
      await read(page, said.spend.emptyTitle)
      expect(await textOf(page)).toContain(said.spend.perReplyNone)
    }))

  test('sets the cap, and warns of one that is lower than what is used', () =>
    withOptions({}, threeDrafts, async (page, world) => {
      await fill(page, words.popup.cap.label, '0')
      await read(page, words.popup.cap.lower)
      await fill(page, words.popup.cap.label, '75.25')
      await press(page, words.popup.cap.save)
      await read(page, 'of $75.25')
      expect((await world.owner.cap()).limit).toBe(Usd.parse('75.25'))
    }))
})

describe('the Receipts page', () => {
  test('lists what the vault keeps, exact to the last digit', () =>
    withOptions(
      {},
      threeDrafts,
      async (page, world) => {
        await page.waitForSelector('tr[data-receipt]')
        const rows = await cellsOf(page, 'tr[data-receipt]')
        const receipts = await world.owner.receipts()
        expect(rows.map((row) => row[7])).toEqual(receipts.map(({ settled }) => exact(settled)))
        expect(rows.map((row) => row[5])).toEqual(
          receipts.map(({ inputTokens }) => new Intl.NumberFormat('en-US').format(inputTokens ?? 0)),
        )
        expect(rows.map((row) => row[2])).toContain('acme.zendesk.example')
      },
      '/receipts',
    ))

  test('shows the formula of a receipt: every line multiplies, and the lines add up', () =>
    withOptions(
      {},
      threeDrafts,
      async (page, world) => {
        const [receipt] = await world.owner.receipts()
        await (await page.waitForSelector('tr[data-receipt] a'))?.click()
        await page.waitForSelector(`[role=dialog] table[aria-label="${said.receipt.formula}"]`)
        expect(page.url()).toContain(`#/receipts/${receipt?.id}`)
        const lines = await cellsOf(page, '[role=dialog] tbody tr')
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
      '/receipts',
    ))

  test('marks an estimate, with what is likely beside what counts', () =>
    withOptions(
      {},
      async (world) => {
        world.simulator.plan({ provider: 'anthropic', next: [{ do: 'early-end', after: 2 }] })
        await world.owner.ask('Hello?')
      },
      async (page, world) => {
        await read(page, words.certainties.estimated.name)
        const receipt = (await world.owner.receipts()).find(({ certainty }) => certainty === 'estimated')
        await goTo(page, `#/receipts/${receipt?.id}`)
        await page.waitForSelector('[role=dialog]')
        await read(page, words.certainties.estimated.meaning)
        await read(page, exact(receipt?.likely ?? -1n))
        await read(page, exact(receipt?.settled ?? -1n))
      },
      '/receipts',
    ))

  test('keeps its filters in the address, so that it can be sent to a colleague', () =>
    withOptions(
      {},
      threeDrafts,
      async (page) => {
        await page.waitForSelector('tr[data-receipt]')
        const purpose = await page.waitForSelector(
          `::-p-aria([name="${said.receipts.purpose}"][role="combobox"])`,
        )
        await purpose?.select('verify')
        await page.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 1)
        expect(page.url()).toContain('purpose=verify')
        const colleague = await stage.openOptions(page.url().split('#')[1] ?? '')
        await colleague.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 1)
        await goTo(colleague, '#/receipts?outcome=lost')
        await read(colleague, said.receipts.noneTitle)
        await press(colleague, said.receipts.clear)
        await colleague.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 4)
        await goTo(colleague, '#/receipts?purpose=%3Cscript%3E&from=yesterday&memberId=1')
        await colleague.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 4)
        await colleague.close()
      },
      '/receipts',
    ))

  test('loads older receipts page by page', () =>
    withOptions(
      {},
      async (world) => {
        for (let draft = 0; draft < 52; draft += 1) await world.owner.ask(`Question ${draft}`)
      },
      async (page) => {
        await page.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 50)
        await press(page, said.receipts.more)
        await page.waitForFunction(() => document.querySelectorAll('tr[data-receipt]').length === 53)
      },
      '/receipts',
    ))

  test('shows what this browser kept when the vault does not answer, and says so', () =>
    withOptions(
      { process: true },
      threeDrafts,
      async (page, world) => {
        await page.waitForSelector('tr[data-receipt]')
        await world.kill()
        await page.reload()
        await read(page, said.receipts.offline)
        expect(await page.$$eval('tr[data-receipt]', (rows) => rows.length)).toBe(4)
        await goTo(page, '#/spend')
        await read(page, words.problems['no-answer'].happened)
        await world.start()
        await press(page, words.common.again)
        await page.waitForSelector(`[aria-label="${said.spend.thisMonth}"]`)
      },
      '/receipts',
    ))

  test('is read by keyboard: down goes to the next receipt, Enter opens it', () =>
    withOptions(
      {},
      threeDrafts,
      async (page) => {
        const first = await page.waitForSelector('tr[data-receipt] a')
        await first?.focus()
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        await page.waitForSelector('[role=dialog]')
        const second = await page.$$eval('tr[data-receipt]', (rows) => rows[1]?.getAttribute('data-receipt'))
        expect(page.url()).toContain(`#/receipts/${second}`)
      },
      '/receipts',
    ))
})

describe('the Audit page', () => {
  test('says what was changed and by whom', () =>
    withOptions(
      {},
      async (world) => {
        await world.owner.setCap('80')
      },
      async (page) => {
        const entry = await page.waitForSelector('[data-audit=cap-changed]')
        const text = await entry?.evaluate((line) => line.textContent)
        expect(text).toContain('Olive Owner')
        expect(text).toContain('Before: $50.00')
        expect(text).toContain('After: $80.00')
        expect(await textOf(page)).toContain('Provider: Anthropic')
      },
      '/audit',
    ))

  test('is not there for an agent, not even by its address', async () => {
    await using world = await given({})
    await pair(world, 'agent')
    const page = await stage.openOptions('/audit')
    await read(page, said.nowhere.title)
    expect(await page.$$eval('nav a', (links) => links.map((link) => link.textContent))).toEqual([
      said.spend.tab,
      said.receipts.tab,
      said.team.tab,
    ])
    await page.close()
  })
})

describe('the options page for everybody', () => {
  test.each(['light', 'dark'])('has no serious accessibility flaw in the %s scheme', (scheme) =>
    withOptions({}, threeDrafts, async (page, world) => {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      const [receipt] = await world.owner.receipts()
      const places = [
        ['#/spend', 'figure'],
        ['#/receipts', 'tr[data-receipt]'],
        [`#/receipts/${receipt?.id}`, '[role=dialog] table'],
        ['#/audit', '[data-audit]'],
      ] as const
      for (const [hash, there] of places) {
        await goTo(page, hash)
        await page.waitForSelector(there)
        const { violations } = await new AxePuppeteer(page).analyze()
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        expect(
          serious.map(({ id, nodes }) => `${hash} ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
        ).toEqual([])
      }
    }),
  )
})
