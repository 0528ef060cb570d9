import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pico, Usd } from '../../../shared/money.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, sentence, textOf, words } from '../surfaces.ts'
import { exact, untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const { receipt: said, receipts: list } = words.options

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

describe('a charge on the Receipts page', () => {
  test('whose provider contradicts itself is marked, found by a filter, and shows both numbers', () =>
    visit(stage, {
      route: '/receipts?flawed=yes',
      prepare: async (world) => {
        await world.owner.ask('Where is my parcel?')
        world.simulator.plan({ provider: 'anthropic', next: ['parts-too-few'] })
        await world.owner.ask('Where is my other parcel?')
      },
      act: async (page, world) => {
        await untilThereAre(page, 1, '[data-receipt]')
        expect(await textOf(page)).toContain(list.doNotAddUp)
        const [receipt] = await world.owner.receipts()
        const [attempt] = receipt?.attempts ?? []
        const { counted = 0, told = 0 } = attempt?.flaw ?? {}
        await page.click('[data-receipt] a')
        await read(page, said.flawed)
        const both = { counted: String(counted), told: String(told) }
        expect(await textOf(page)).toContain(sentence(said.contradictions.input, both))
        await press(page, said.reported)
        await read(page, 'message_delta.cache_creation_input_tokens')
        expect(await flawsOf(page)).toEqual([])
      },
    }))

  test('that was more than was reserved for it says so, by how much, and what that means for a cap', () =>
    visit(stage, {
      route: '/receipts',
      prepare: async ({ owner, simulator }) => {
        const long = 'My parcel #10293 is late, the shop said Monday. '.repeat(380)
        const { events } = await owner.ask(long)
        const held = events.find((event) => event.type === 'started')?.held ?? 0n
        const { settled } = await owner.cap()
        await owner.setCap(Usd.encode(pico(settled + held / 5n)))
        simulator.plan({ provider: 'anthropic', of: 'counts', next: ['count-too-low'] })
        await owner.ask(long)
      },
      act: async (page, world) => {
        await untilThereAre(page, 3, '[data-receipt]')
        await page.click('[data-receipt] a')
        await read(page, said.overHoldTitle)
        const [attempt] = (await world.owner.receipts())[0]?.attempts ?? []
        const over = exact((attempt?.settled ?? 0n) - (attempt?.held ?? 0n))
        expect(await textOf(page)).toContain(sentence(said.overHold, { over }))
        expect(await flawsOf(page)).toEqual([])
      },
    }))

  test('is copied as text, to the last digit, with the price that an admin set', () =>
    visit(stage, {
      route: '/receipts',
      prepare: async (world) => {
        const terms = { kind: 'discount', percent: '12.5' }
        await world.owner.request('POST', '/v1/prices', {
          provider: 'anthropic',
          model: 'claude-haiku-5-5',
          terms,
        })
        await world.owner.ask('Where is my parcel?')
      },
      act: async (page, world) => {
        await untilThereAre(page, 2, '[data-receipt]')
        await page.click('[data-receipt] a')
        await read(page, said.copyCharge)
        await page.evaluate(() => {
          navigator.clipboard.writeText = async (text) => {
            document.body.dataset.copied = text
          }
        })
        await press(page, said.copyCharge)
        await page.waitForFunction(() => document.body.dataset.copied !== undefined)
        const copied = await page.evaluate(() => document.body.dataset.copied ?? '')
        const [receipt] = await world.owner.receipts()
        const [attempt] = receipt?.attempts ?? []
        expect(copied).toContain(`${said.settled}: ${exact(attempt?.settled ?? 0n)}`)
        expect(copied).toContain(`${said.reserved}: ${exact(attempt?.held ?? 0n)}`)
        for (const { amount } of attempt?.lines ?? []) expect(copied).toContain(`= ${exact(amount)}`)
        expect(copied).toContain('12.5% off the list price, set by Olive Owner')
        expect(copied).toContain(attempt?.price.id)
      },
    }))
})
