import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { givenBackup } from '../../fallback/desk.ts'
import type { World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { pair } from '../options/browsing.ts'
import { flawsOf } from '../options/flaws.ts'
import { press, read, sentence, textOf, words } from '../surfaces.ts'

const said = words.options.spend.fallbacks

let world: World
let stage: Stage

beforeAll(async () => {
  world = await givenBackup()
  stage = await openStage()
  await pair(stage, world)
})

afterAll(async () => {
  await stage.close()
  await world[Symbol.asyncDispose]()
})

describe('replies that needed the backup', () => {
  test('are not spoken of where there were none, and then are told on Spend, which leads to their receipts', async () => {
    await world.owner.ask('Where is it?')
    const page = await stage.openOptions('/spend')
    await read(page, words.options.spend.byDay)
    expect(await textOf(page)).not.toContain(said.title)
    world.simulator.plan({ provider: 'anthropic', next: ['overloaded'] })
    const { receipt } = await world.owner.ask('Where is it?')
    await page.reload()
    await read(page, sentence(said.rate_other, { fellBack: '1', count: '2' }))
    expect(await flawsOf(page)).toEqual([])
    await press(page, said.receipts)
    const marks = await page.waitForSelector('[data-fell-back]')
    expect(await page.$$('tr[data-receipt]')).toHaveLength(1)
    await marks?.click()
    await page.waitForSelector('[data-call="2"]')
    const calls = await page.$$eval('[data-call]', (rows) => rows.map((row) => row.textContent))
    expect(calls[0]).toContain(words.reasons.overloaded)
    expect(calls[1]).toContain(receipt?.modelName)
    expect(await flawsOf(page)).toEqual([])
  })
})
