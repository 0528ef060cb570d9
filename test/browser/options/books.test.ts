import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sum } from '../../../shared/money.ts'
import { ToldOutcome } from '../../../shared/receipts.ts'
import { databaseOf } from '../../operator/saved.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, words } from '../surfaces.ts'
import { cellsOf, exact, goTo, threeDrafts, untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const tell = (world: World, id: string, told: ToldOutcome) =>
  world.owner.change('POST', `/v1/receipts/${id}/outcome`, told, ToldOutcome)

/** A draft, its refinement that was inserted after a tenth of it was changed, and a draft of which nobody told anything. */
const oneInserted = async (world: World): Promise<void> => {
  const first = await world.owner.ask('Where is my parcel?')
  const resolutionId = first.receipt?.resolutionId ?? ''
  const refining = { resolutionId, previous: 'It is here.', instruction: 'Shorter' }
  const refined = await world.owner.ask('Where is my parcel?', refining)
  await world.owner.ask('Thank you.')
  await tell(world, first.receipt?.id ?? '', { outcome: 'discarded', editedPercent: 0 })
  await tell(world, refined.receipt?.id ?? '', { outcome: 'inserted', editedPercent: 10 })
}

/** Takes the last entry of the ledger away, as an older copy of the database would not have it. */
const cutLedger = async (world: World): Promise<void> => {
  const database = databaseOf(world)
  const { seq } = await database.db
    .selectFrom('events')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('log', '=', 'ledger')
    .executeTakeFirstOrThrow()
  await database.db.deleteFrom('events').where('log', '=', 'ledger').where('seq', '=', Number(seq)).execute()
  await database.close()
}

const expectNoFlaws = async (page: Page): Promise<void> => expect(await flawsOf(page)).toEqual([])

describe('what became of drafts', () => {
  test('stands in the rows, narrows the list, and a reply shows all its receipts with their sum', () =>
    visit(stage, {
      route: '/receipts',
      prepare: oneInserted,
      act: async (page, world) => {
        await untilThereAre(page, 4, '[data-receipt]')
        const told = await page.$$eval('[data-told]', (cells) => cells.map((cell) => cell.textContent))
        expect(told).toEqual(['–', 'Inserted · 10%', 'Discarded'])
        await goTo(page, '#/receipts?told=inserted')
        await untilThereAre(page, 1, '[data-receipt]')
        await (await page.waitForSelector('[data-receipt] a'))?.click()
        await read(page, 'Inserted after 10% of it was changed')
        const table = `[role=dialog] table[aria-label="${said.receipt.resolutionTitle}"]`
        await page.waitForSelector(table)
        const receipts = await world.owner.receipts()
        const reply = receipts.filter(({ resolutionId }) => resolutionId === receipts[1]?.resolutionId)
        const lines = await cellsOf(page, `${table} tbody tr`)
        expect(lines.map((line) => line[3])).toEqual(reply.toReversed().map(({ settled }) => exact(settled)))
        const [total] = await cellsOf(page, `${table} tfoot tr`)
        expect(total?.at(-1)).toBe(exact(sum(reply.map(({ settled }) => settled))))
        await expectNoFlaws(page)
      },
    }))

  test('make the third number of Spend: what an inserted reply cost, and how many are unknown', () =>
    visit(stage, {
      route: '/spend',
      prepare: oneInserted,
      act: async (page) => {
        await read(page, said.spend.perInserted)
        await read(page, 'over 1 inserted')
        await read(page, 'What became of 1 reply is unknown.')
        await expectNoFlaws(page)
      },
    }))

  test('are none yet: no cost per inserted reply is made up', () =>
    visit(stage, {
      route: '/spend',
      prepare: threeDrafts,
      act: async (page) => {
        await read(page, said.spend.perInsertedNone)
        await read(page, 'What became of 3 replies is unknown.')
      },
    }))
})

describe('books that step back', () => {
  test('are told of on the Audit page and in the popup, until somebody accepts them', () =>
    visit(stage, {
      route: '/audit',
      prepare: threeDrafts,
      act: async (page, world) => {
        await read(page, said.audit.seen.fine)
        await expectNoFlaws(page)
        await cutLedger(world)
        await page.reload()
        await page.waitForSelector('[data-fault="shorter"]')
        await expectNoFlaws(page)
        const popup = await stage.openExtensionPage('popup.html')
        await read(popup, words.popup.alert.books.shorter)
        await popup.close()
        await press(page, said.audit.seen.accept)
        await read(page, said.audit.seen.fine)
      },
    }))
})

describe('an export of receipts', () => {
  test('can be asked for in both formats from the keyboard, and hands the file over', () =>
    visit(stage, {
      route: '/receipts?purpose=draft',
      prepare: threeDrafts,
      act: async (page, world) => {
        await untilThereAre(page, 3, '[data-receipt]')
        await page.evaluate(() => {
          const make = URL.createObjectURL.bind(URL)
          URL.createObjectURL = (file) => {
            if (file instanceof Blob)
              void file.text().then((text) => document.body.setAttribute('data-file', text))
            return make(file)
          }
        })
        await press(page, said.receipts.exportAs.csv)
        await page.waitForSelector('body[data-file^="id,at_utc,"]')
        const file = (await page.$eval('body', (body) => body.getAttribute('data-file'))) ?? ''
        expect(file.trimEnd().split('\r\n')).toHaveLength(4)
        for (const { settled, purpose } of await world.owner.receipts())
          if (purpose === 'draft') expect(file).toContain(`,${exact(settled).replace('$', '')},`)
      },
    }))
})
