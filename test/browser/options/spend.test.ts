import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountInWords } from '../../../extension/ui/amounts.ts'
import { Cap, CapList } from '../../../shared/cap.ts'
import { pico, sum, Usd } from '../../../shared/money.ts'
import { Spend } from '../../../shared/spend.ts'
import { given, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, readLike, sentence, textOf, words } from '../surfaces.ts'
import { cellsOf, exact, goTo, pair, threeDrafts, type Visit, visit } from './browsing.ts'
import { timesAsMuch } from './seeding.ts'

const said = words.options.spend
const DAY_MS = 86_400_000

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const onSpend = (visited: Omit<Visit, 'route'>): Promise<void> =>
  visit(stage, { prepare: threeDrafts, ...visited, route: '/spend' })

const titleIn = (page: Page, name: string): Promise<string | null> =>
  page.$eval(`[aria-label="${name}"] [title]`, (number) => number.getAttribute('title'))

describe('the Spend page', () => {
  test('shows the exact sum of the receipts, what is left, and what a reply costs', () =>
    onSpend({
      act: async (page, world) => {
        await page.waitForSelector(`[aria-label="${said.thisMonth}"]`)
        const receipts = await world.owner.receipts()
        const total = sum(receipts.map(({ settled }) => settled))
        const replies = sum(
          receipts.filter(({ purpose }) => purpose === 'draft').map(({ settled }) => settled),
        )
        expect(await titleIn(page, said.thisMonth)).toBe(exact(total))
        expect(await titleIn(page, said.left)).toBe(exact((await world.owner.cap()).left))
        expect(await textOf(page)).toContain(
          sentence(said.perReply, { amount: amountInWords(pico(replies / 3n), 'en') }),
        )
        expect(await titleIn(page, said.overshoot)).toBe('$0.00')
        expect(await world.bill()).toBe(total)
      },
    }))

  test('has the numbers behind the chart as a table whose sum is the month', () =>
    onSpend({
      wish: { keys: ['anthropic', 'openai'] },
      act: async (page, world) => {
        await page.waitForSelector('figure')
        await (await page.waitForSelector(`label ::-p-text(${said.table})`))?.click()
        await page.waitForSelector('tfoot')
        const { settled } = await world.owner.cap()
        expect(await page.$eval('tfoot [title]', (sum) => sum.getAttribute('title'))).toBe(exact(settled))
        const table = (await cellsOf(page, 'table:has(tfoot) tbody tr')).map(([, model]) => model)
        expect(table.map((model) => model?.replace(/ (Anthropic|OpenAI)$/, '')).toSorted()).toEqual(
          [...new Set((await world.owner.receipts()).map(({ modelName }) => modelName))].toSorted(),
        )
      },
    }))

  test('says what fills it while nothing was spent, in this month and in a past one', () =>
    onSpend({
      wish: { keys: [] },
      prepare: async () => undefined,
      act: async (page) => {
        await read(page, said.emptyTitle)
        expect(await textOf(page)).toContain(said.perInsertedNone)
        await goTo(page, '#/spend?month=2020-02')
        await read(page, sentence(said.emptyPast, { month: 'February 2020' }))
        await goTo(page, '#/spend?month=2020-13')
        await read(page, said.emptyTitle)
      },
    }))

  test('says whose spend it was, with the way to those receipts', () =>
    onSpend({
      prepare: async (world) => {
        await threeDrafts(world)
        const aya = await world.owner.invite('agent', 'Aya Agent')
        await aya.ask('And mine?')
      },
      act: async (page, world) => {
        await read(page, said.byMember)
        const spend = await world.owner.spend()
        expect((await cellsOf(page, '[data-share]')).map(([name, , , count]) => [name, count])).toEqual(
          spend.members.map(({ memberName, receipts }) => [memberName, String(receipts)]),
        )
        await press(page, 'Aya Agent')
        await readLike(page, /1 receipt · /)
        expect(page.url()).toContain('memberId=')
      },
    }))

  test('adds up to the cap, tells what is kept and until when it is raised, and follows what is spent', () =>
    onSpend({
      prepare: async (world) => {
        await threeDrafts(world)
        await world.owner.change('PUT', '/v1/cap/reserve', { reserve: '5' }, Cap)
        const raise = { limit: '75', until: new Date(Date.now() + DAY_MS / 24).toISOString() }
        const month = { scope: 'workspace', id: '', kind: 'month' }
        await world.owner.change('PUT', '/v1/caps/raise', { ...month, ...raise }, CapList)
      },
      act: async (page, world) => {
        const amounts = async (): Promise<bigint[]> =>
          page
            .$$eval('[data-balance] [data-amount]', (parts) => parts.map((part) => part.textContent))
            .then((written) => written.map((amount) => Usd.parse(amount.replaceAll(/[$,]/g, ''))))
        await page.waitForSelector('[data-balance]')
        const { settled, held, left, limit } = await world.owner.cap()
        expect(await amounts()).toEqual([settled, held, left, limit])
        expect(settled + held + left).toBe(limit)
        await read(page, sentence(said.balance.reserve, { amount: '$5.00' }))
        await readLike(page, /Raised to \$75\.00 until .+, then \$50\.00 again\./)
        expect(await textOf(page)).not.toContain(said.overshootAssumption)
        await page.click(`[aria-label="${said.overshoot}"] summary`)
        await read(page, said.overshootAssumption)
        await world.owner.ask('And this one?')
        const now = (await world.owner.cap()).settled
        await page.bringToFront()
        await until(amounts, ([spent]) => spent === now)
      },
    }))

  test('leads to the page of the caps', () =>
    onSpend({
      act: async (page) => {
        await press(page, said.capChange)
        await page.waitForFunction(() => location.hash === '#/caps')
      },
    }))

  test('shows an agent their own figures, and nobody else’s', async () => {
    await using world = await given({})
    await threeDrafts(world)
    await pair(stage, world, 'agent')
    const page = await stage.openOptions('/spend')
    await page.waitForSelector(`[aria-label="${said.thisMonth}"]`)
    expect(await titleIn(page, said.thisMonth)).toBe('$0.00')
    expect(await textOf(page)).toContain(said.settledOwn)
    expect(await textOf(page)).not.toContain(said.byMember)
    expect(await textOf(page)).not.toContain(said.capChange)
    await page.close()
  })
})

describe('a workspace with a past', () => {
  /** The first moment of the same day of the month before now: the clock of the vault begins there, and goes on in steps that no browser idles away. */
  const monthBefore = (): number => {
    const now = new Date()
    return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, Math.min(now.getUTCDate(), 28))
  }

  const withPast = async (
    live: (world: World, at: (moment: number) => Promise<void>) => Promise<void>,
    act: (page: Page, world: World) => Promise<void>,
  ): Promise<void> => {
    let clock = monthBefore()
    await using world = await given({ now: () => clock, keys: ['anthropic'] })
    const at = async (moment: number): Promise<void> => {
      while (clock < moment) {
        clock = Math.min(moment, clock + 20 * DAY_MS)
        world.owner.forgetToken()
        await world.owner.status()
      }
    }
    await live(world, at)
    await at(Date.now())
    await pair(stage, world)
    const page = await stage.openOptions('/spend')
    try {
      await page.waitForSelector(`[aria-label="${said.thisMonth}"]`)
      await act(page, world)
    } finally {
      await page.close()
    }
  }

  test('is compared with the month before in a sentence that the figures bear out', () =>
    withPast(
      async (world, at) => {
        await world.owner.ask('One')
        await at(Date.now())
        for (const times of [20, 30, 40]) await world.owner.ask('Where is my parcel? '.repeat(times))
      },
      async (page, world) => {
        const spend = await world.owner.read('/v1/spend', Spend)
        expect(spend.before?.replies).toBe(1)
        const change = await page.$eval('[data-change]', (line) => line.textContent)
        expect(change).toMatch(/^\$[\d.]+ (more|less) than by this day in \w+\. /)
        expect(change).toContain('2 more replies (+$')
        expect(change).toMatch(/Each cost \$[\d.]+ instead of \$[\d.]+ \([+-]\$[\d.]+\)\.$/)
      },
    ))

  test('is looked at month by month, each with its address', () =>
    withPast(
      async (world) => {
        await world.owner.ask('One')
      },
      async (page, world) => {
        const [receipt] = await world.owner.receipts()
        const month = new Date(receipt?.at ?? 0).toISOString().slice(0, 7)
        await read(page, said.emptyTitle)
        await (await page.waitForSelector(`[aria-label="${said.previous}"]`))?.click()
        await page.waitForSelector('figure')
        expect(page.url()).toContain(`#/spend?month=${month}`)
        const name = new Intl.DateTimeFormat('en-US', { year: 'numeric', month: 'long', timeZone: 'UTC' })
        const past = await world.owner.read(`/v1/spend?month=${month}`, Spend)
        expect(await titleIn(page, name.format(receipt?.at))).toBe(exact(past.settled))
        expect(await textOf(page)).not.toContain(said.left)
        await (await page.waitForSelector(`[aria-label="${said.next}"]`))?.click()
        await read(page, said.emptyTitle)
        expect(await page.$eval(`[aria-label="${said.next}"]`, (next) => next.hasAttribute('disabled'))).toBe(
          true,
        )
      },
    ))

  test('has what departs from its history pointed out, on Spend and in the popup, with the receipts behind it', () =>
    withPast(
      async (world, at) => {
        for (let days = 26; days > 0; days -= 1) {
          await at(Date.now() - days * DAY_MS)
          await world.owner.ask(`Day ${days}`)
        }
        await at(Date.now())
        await world.owner.connectKey('openai')
        await world.owner.ask('Today')
        timesAsMuch(world, 1_000, {})
        timesAsMuch(world, 100, { from: new Date().toISOString().slice(0, 10) })
      },
      async (page) => {
        await page.waitForSelector('[data-notice=spike]')
        await page.waitForSelector('[data-notice=stranger]')
        expect(await textOf(page)).toMatch(
          /Spend on \w+ \d+ is far above usual: \$[\d.]+, where a day costs about/,
        )
        const popup = await stage.openExtensionPage('popup.html')
        await popup.waitForSelector('[data-alert=spike]')
        await popup.close()
        await press(page, said.notice.show)
        await readLike(page, /\d receipts · /)
        expect(page.url()).toMatch(/#\/receipts\?.*from=/)
      },
    ))
})
