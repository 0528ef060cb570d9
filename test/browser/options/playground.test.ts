import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CapList } from '../../../shared/cap.ts'
import { sum } from '../../../shared/money.ts'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import type { Act, Behaviour } from '../../provider/simulator.ts'
import { given, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, fill, press, read, readLike, see, sentence, textOf, words } from '../surfaces.ts'
import { exact, goTo, pair, threeDrafts, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.playground
const { ask, draft } = words.assistant
const question = 'I was charged twice in October. When do I get my money back?'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const plan = (world: World, ...next: (Behaviour | Act)[]): void =>
  world.simulator.plan({ provider: 'anthropic', next })

const tried = (world: World): Promise<readonly ReceiptSummary[]> =>
  world.owner.receipts().then((all) => all.filter(({ purpose }) => purpose === 'playground'))

const answerOf = (page: Page): Promise<string> => page.$eval('[data-answer]', (answer) => answer.textContent)

const tryOut = async (page: Page, message = question): Promise<void> => {
  await fill(page, said.message, message)
  await press(page, ask.draft)
}

describe('the Playground page', () => {
  test('shows the model and the estimate, then the answer, exactly what it cost and how long it took', () =>
    visit(stage, {
      route: '/playground',
      act: async (page, world) => {
        const { drafting } = await world.owner.status()
        await read(page, said.empty)
        await fill(page, said.message, question)
        await read(page, drafting?.modelName ?? '')
        await readLike(page, /≈ \$0\.\d+/)
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=whole]')
        expect(await answerOf(page)).toContain('When do I get my money back?')
        const [receipt] = await tried(world)
        const cost = await page.$eval(`[data-receipt="${receipt?.id}"]`, (line) => line.textContent)
        expect(cost).toContain(exact(receipt?.settled ?? 0n))
        expect(cost).toMatch(/[\d.]+ sec$/)
        const link = await page.$eval('[data-receipt] a', (it) => it.getAttribute('href'))
        expect(link).toBe(`#/receipts/${receipt?.id}`)
      },
    }))

  test('is tried by keyboard alone, with an instruction, and copied', () =>
    visit(stage, {
      route: '/playground',
      act: async (page, world) => {
        const field = await see(page, 'textbox', said.message)
        await field.focus()
        await page.keyboard.type(question)
        await page.keyboard.press('Tab')
        await page.keyboard.type('Say that it takes five days.')
        await page.keyboard.down('Control')
        await page.keyboard.press('Enter')
        await page.keyboard.up('Control')
        await page.waitForSelector('[data-trial=whole]')
        const [sent] = world.simulator.requests().slice(-1)
        expect(sent?.path).toContain('messages')
        const origin = `chrome-extension://${stage.extensionId}`
        await stage.browser.defaultBrowserContext().overridePermissions(origin, ['clipboard-read'])
        await page.bringToFront()
        await press(page, words.common.copy)
        await button(page, words.common.copied)
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await answerOf(page))
      },
    }))

  test('counts what is tried out nowhere under the workspace’s cap, and says so on the Spend page', () =>
    visit(stage, {
      route: '/playground',
      prepare: threeDrafts,
      act: async (page, world) => {
        const before = await world.owner.cap()
        await tryOut(page)
        await page.waitForSelector('[data-trial=whole]')
        const spent = sum((await tried(world)).map(({ settled }) => settled))
        expect(await world.owner.cap()).toEqual(before)
        await goTo(page, '#/spend')
        await readLike(page, /Playground: \$0\.\d+, not counted under the cap/)
        expect(spent).toBeGreaterThan(0n)
        await goTo(page, '#/receipts?purpose=playground')
        await readLike(page, /1 receipt · /)
        expect(await page.$eval('tr[data-receipt]', (row) => row.textContent)).toContain(
          words.purposes.playground,
        )
      },
    }))

  test('answers also while the workspace’s cap is reached, until the playground’s own is', () =>
    visit(stage, {
      wish: { cap: '0.00001' },
      route: '/playground',
      act: async (page, world) => {
        expect((await world.owner.status()).ai.paused).toBe('cap-reached')
        await tryOut(page)
        await page.waitForSelector('[data-trial=whole]')
        const place = { scope: 'playground', id: '', kind: 'day', limit: '0.0002' }
        await world.owner.change('PUT', '/v1/caps', place, CapList)
        const calls = world.simulator.requests().length
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=failed]')
        await read(page, words.cap.names.playgroundDay)
        expect(world.simulator.requests()).toHaveLength(calls)
      },
    }))

  test('stops when it is told to, and keeps what had come', () =>
    visit(stage, {
      route: '/playground',
      act: async (page, world) => {
        plan(world, { do: 'slow', delayMs: 60 })
        await tryOut(page)
        await page.waitForFunction(
          () => (document.querySelector('[data-answer]')?.textContent ?? '').length > 30,
        )
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(draft.stop)
        await page.keyboard.press('Enter')
        await page.waitForSelector('[data-trial=stopped]')
        await read(page, said.stopped)
        expect((await answerOf(page)).length).toBeGreaterThan(30)
        await until(
          () => tried(world),
          ([receipt]) => receipt?.certainty === 'exact',
        )
      },
    }))

  test('keeps what had come when the provider fails in the middle, with what it cost at most', () =>
    visit(stage, {
      route: '/playground',
      act: async (page, world) => {
        plan(world, { do: 'error-mid-stream', after: 8 })
        await tryOut(page)
        await page.waitForSelector('[data-trial=failed]')
        await read(page, words.common.partialKept)
        expect(await answerOf(page)).not.toBe('')
        await read(page, sentence(words.assistant.receipt.atMost, { amount: '' }).trim())
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=whole]')
      },
    }))

  test('says so when the vault does not answer, and loses nothing that was typed', () =>
    visit(stage, {
      route: '/playground',
      act: async (page) => {
        await fill(page, said.message, question)
        await page.setOfflineMode(true)
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=failed] [data-problem=no-answer]')
        const field = await see(page, 'textbox', said.message)
        expect(await field.evaluate((it) => (it instanceof HTMLTextAreaElement ? it.value : ''))).toBe(
          question,
        )
        await page.setOfflineMode(false)
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=whole]')
      },
    }))

  test('says what is missing where nothing can answer', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/playground',
      act: async (page) => {
        await page.waitForSelector('[data-problem="ai-paused"]')
        await read(page, words.pauses['no-key'].everybody)
        await fill(page, said.message, question)
        expect(await page.$eval('main button[data-disabled]', (it) => it.textContent)).toContain(ask.draft)
      },
    }))

  test('keeps nothing once it is left', () =>
    visit(stage, {
      route: '/playground',
      act: async (page) => {
        await tryOut(page, 'The green kettle of Ottilie Brand leaks.')
        await page.waitForSelector('[data-trial=whole]')
        await goTo(page, '#/settings')
        await read(page, words.options.settings.tab)
        await goTo(page, '#/playground')
        await read(page, said.empty)
        expect(await textOf(page)).not.toContain('kettle')
        const kept = await page.evaluate(async () => {
          const found: string[] = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })]
          for (const { name } of await indexedDB.databases()) {
            const opening = indexedDB.open(name ?? '')
            await new Promise((done) => opening.addEventListener('success', done))
            const stores = [...opening.result.objectStoreNames]
            for (const store of stores) {
              const all = opening.result.transaction(store).objectStore(store).getAll()
              await new Promise((done) => all.addEventListener('success', done))
              found.push(
                JSON.stringify(all.result, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
              )
            }
            opening.result.close()
          }
          return found.join('\n')
        })
        expect(kept).toContain('playground')
        expect(kept).not.toContain('kettle')
      },
    }))

  test('is there for an agent', async () => {
    await using world = await given({})
    await pair(stage, world, 'agent')
    const page = await stage.openOptions('/playground')
    await tryOut(page)
    await page.waitForSelector('[data-trial=whole]')
    await page.close()
  })

  test('can be read by everybody, also in a narrow window', () =>
    visit(stage, {
      route: '/playground',
      act: async (page, world) => {
        await read(page, said.empty)
        expect(await flawsOf(page)).toEqual([])
        plan(world, { do: 'slow', delayMs: 2_000 })
        await tryOut(page)
        await page.waitForSelector('[data-trial=streaming]')
        expect(await flawsOf(page)).toEqual([])
        await press(page, draft.stop)
        await page.waitForSelector('[data-trial=stopped]')
        plan(world, { do: 'error-mid-stream', after: 8 })
        await press(page, ask.draft)
        await page.waitForSelector('[data-trial=failed]')
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
      },
    }))
})
