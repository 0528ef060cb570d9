import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { goTo, threeDrafts, visit } from './browsing.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const flawsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxePuppeteer(page).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const placesWith = (receiptId: string | undefined) =>
  [
    ['#/spend', 'figure'],
    ['#/spend?month=2020-01', 'h2'],
    ['#/receipts', 'tr[data-receipt]'],
    ['#/receipts?search=nothing', 'h2'],
    [`#/receipts/${receiptId}`, '[role=dialog] table'],
    ['#/audit', '[data-audit]'],
  ] as const

describe('Spend, Receipts and Audit', () => {
  test.each(['light', 'dark'])('have no flaw that axe finds in the %s scheme', (scheme) =>
    visit(stage, {
      route: '/spend',
      prepare: threeDrafts,
      act: async (page, world) => {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        const [receipt] = await world.owner.receipts()
        for (const [hash, there] of placesWith(receipt?.id)) {
          await goTo(page, hash)
          await page.waitForSelector(there)
          expect({ hash, flaws: await flawsOf(page) }).toEqual({ hash, flaws: [] })
        }
      },
    }),
  )

  test('keep inside a narrow window', () =>
    visit(stage, {
      route: '/spend',
      prepare: threeDrafts,
      act: async (page, world) => {
        await page.setViewport({ width: 400, height: 800 })
        const [receipt] = await world.owner.receipts()
        for (const [hash, there] of placesWith(receipt?.id)) {
          await goTo(page, hash)
          await page.waitForSelector(there)
          expect({ hash, misfits: await misfits(page) }).toEqual({ hash, misfits: [] })
        }
      },
    }))
})
