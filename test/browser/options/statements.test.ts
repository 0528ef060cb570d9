import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ReportingKey } from '../../../shared/statements/reporting-keys.ts'
import { Status } from '../../../shared/status.ts'
import { simulatorKeys, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { press, read, sentence, textOf, words } from '../surfaces.ts'
import { cellsOf, untilThereAre, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.statements
const DAYS = 86_400_000
const ADMIN_KEY = 'sk-ant-admin-sim-reports-0001'

/** A vault that began two days ago and lives in the present once it was prepared. */
const twoDaysAgo = () => {
  const clock = { shift: -2 * DAYS }
  const now = (): number => Date.now() + clock.shift
  const arrive = ({ owner }: World): void => {
    clock.shift = 0
    owner.forgetToken()
  }
  return { now, arrive }
}

/** Two drafts with our key, one of them dearer than its list price, and a use of it elsewhere. */
const departed = async ({ owner, simulator }: World): Promise<void> => {
  await owner.ask('Where is my parcel?')
  await simulator.settled()
  const model = simulator.calls().at(-1)?.model ?? ''
  simulator.reprice(model, 150)
  await owner.ask('And my invoice?')
  await simulator.settled()
  const key = simulatorKeys.anthropic
  simulator.spendElsewhere({ provider: 'anthropic', key, model, usage: { freshInput: 4_000, output: 900 } })
}

const connectReports = ({ owner }: World, key = ADMIN_KEY) =>
  owner.change('POST', '/v1/reporting-keys', { provider: 'anthropic', key }, ReportingKey)

const optionsOf = async (page: Page): Promise<string[]> => {
  await page.waitForSelector('[role=option]')
  return page.$$eval('[role=option]', (all) => all.map((each) => each.textContent ?? ''))
}

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

describe('the Statements page', () => {
  test('connects a reporting key, compares, and names what departs', async () => {
    const { now, arrive } = twoDaysAgo()
    await visit(stage, {
      wish: { now },
      route: '/statements',
      prepare: async (world) => {
        await departed(world)
        arrive(world)
      },
      act: async (page) => {
        await read(page, said.emptyTitle)
        await press(page, sentence(said.connect, { provider: 'Anthropic' }))
        const field = await page.waitForSelector('input[type=password]')
        await field?.type(simulatorKeys.anthropic)
        await press(page, words.popup.connect.verify)
        await read(page, words.keyFlaws['drafting-key'])
        await field?.type(ADMIN_KEY)
        await press(page, words.popup.connect.verify)
        await read(page, said.replace)
        await press(page, said.compareNow)
        await read(page, sentence(said.outcomes.compared, { provider: 'Anthropic' }))
        await untilThereAre(page, 1, 'tbody tr')
        const [row] = await cellsOf(page, 'tbody tr')
        expect(row?.[3]).toBe('34')
        const reasons = await page.$$eval('[data-reason]', (all) =>
          all.map((each) => each.getAttribute('data-reason')),
        )
        expect(reasons).toEqual(['foreign-use', 'price'])
        expect(await page.content()).not.toContain(ADMIN_KEY)
        await press(page, said.disconnect)
        await read(page, sentence(said.disconnectTitle, { provider: 'Anthropic' }))
        await press(page, words.common.cancel)
        await untilThereAre(page, 1, 'tbody tr')
      },
    })
  })

  test('lets the owner pick which key of the provider is ours where no hint tells, by the keyboard', async () => {
    const { now, arrive } = twoDaysAgo()
    await visit(stage, {
      wish: { now },
      route: '/statements',
      prepare: async (world) => {
        await world.owner.ask('Where is my parcel?')
        await connectReports(world, 'sk-ant-admin-sim-list-forbidden-1')
        arrive(world)
        await world.owner.request('POST', '/v1/statements')
      },
      act: async (page) => {
        const asked = sentence(said.link, { provider: 'Anthropic', label: 'Anthropic', version: '1' })
        await read(page, asked)
        await read(page, sentence(said.unknown_one, { count: '1' }))
        expect(await flawsOf(page)).toEqual([])
        await page.focus(`input[placeholder="${said.linkPlaceholder}"]`)
        await page.keyboard.press('ArrowDown')
        const [offered] = await optionsOf(page)
        expect(offered).toMatch(/^apikey_/)
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        await page.waitForFunction((gone) => !document.body.textContent?.includes(gone), {}, asked)
        await press(page, said.compareNow)
        await untilThereAre(page, 1, 'tbody tr')
        const [row] = await cellsOf(page, 'tbody tr')
        expect(row?.at(-1)).toBe(said.equal)
      },
    })
  })

  test('names an own price, and who set it, as the reason why a report by the list is higher', async () => {
    const { now, arrive } = twoDaysAgo()
    await visit(stage, {
      wish: { now },
      route: '/statements',
      prepare: async (world) => {
        const terms = { kind: 'discount', percent: '12.5' }
        const model = 'claude-haiku-5-5'
        await world.owner.request('POST', '/v1/prices', { provider: 'anthropic', model, terms })
        await world.owner.ask('Where is my parcel?')
        await connectReports(world)
        arrive(world)
        await world.owner.request('POST', '/v1/statements')
      },
      act: async (page) => {
        await untilThereAre(page, 1, '[data-reason="own-price"]')
        await untilThereAre(page, 1, '[data-reason]')
        await read(page, said.explained['own-price'])
        await read(page, '12.5% off the list price, set by Olive Owner')
        expect(await flawsOf(page)).toEqual([])
      },
    })
  })

  test('can be read by everybody, in a narrow window, and on paper without its buttons', async () => {
    const { now, arrive } = twoDaysAgo()
    await visit(stage, {
      wish: { now },
      route: '/statements',
      prepare: async (world) => {
        await departed(world)
        await connectReports(world)
        arrive(world)
        await world.owner.request('POST', '/v1/statements')
      },
      act: async (page) => {
        await untilThereAre(page, 1, 'tbody tr')
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
        await page.setViewport({ width: 1_200, height: 900 })
        await page.emulateMediaType('print')
        const paper = await textOf(page)
        expect(paper).toContain('(UTC)')
        expect(paper).toContain(said.reasons['foreign-use'])
        for (const button of [said.compareNow, said.print, said.replace, words.options.caps.tab])
          expect(paper).not.toContain(button)
      },
    })
  })

  test('is told of on Spend and in the popup when a key was used outside Ownkey', async () => {
    const { now, arrive } = twoDaysAgo()
    await visit(stage, {
      wish: { now },
      route: '/spend',
      prepare: async (world) => {
        await departed(world)
        await connectReports(world)
        arrive(world)
        await world.owner.request('POST', '/v1/statements')
        await until(
          () => world.owner.read('/v1/status', Status),
          ({ alert }) => alert?.subject.kind === 'foreign-use',
        )
      },
      act: async (page) => {
        await untilThereAre(page, 1, '[data-notice="foreign-use"]')
        const popup = await stage.openExtensionPage('popup.html')
        const told = sentence(words.alerts.foreign, { label: 'Anthropic' }).slice(0, -1)
        await read(popup, told)
        expect((await textOf(popup)).split(told)).toHaveLength(2)
        await press(popup, words.alerts.dismiss)
        await read(popup, words.alerts.dismissed)
        await popup.reload()
        await read(popup, words.common.aiOn)
        expect(await textOf(popup)).not.toContain(told)
        await popup.close()
        await press(page, words.options.spend.notice.showStatement)
        await untilThereAre(page, 1, 'tbody tr')
      },
    })
  })
})
