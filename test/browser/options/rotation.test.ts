import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { catalogue } from '../../../server/domain/prices/model-catalogue.ts'
import { Channel } from '../../../shared/channels.ts'
import { type Key, KeyList } from '../../../shared/keys.ts'
import { simulatorKeys, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, press, read, sentence, textOf, words } from '../surfaces.ts'
import { visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.rotation
const { keys } = words.popup
const provider = 'Anthropic'

const SECOND_SECRET = 'sk-ant-sim-second-0123456789-second'
const ELSEWHERE = 'sk-ant-sim-other-org-0123456789-other'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const keyOf = async (world: World): Promise<Key> => {
  const [key] = (await world.owner.read('/v1/keys', KeyList)).keys
  if (key === undefined) throw new Error('There is no key')
  return key
}

const rehearse = async (page: Page, secret = SECOND_SECRET): Promise<void> => {
  await press(page, keys.replace)
  await (await page.waitForSelector('input[type=password]'))?.type(secret)
  await press(page, said.rehearse)
}

const findings = (page: Page): Promise<(string | null)[]> =>
  page.$$eval('[data-finding]', (lines) => lines.map((line) => line.getAttribute('data-finding')))

/** Whether the last call at the provider was made with a key. */
const wasAskedWith = (world: World, key: string): boolean => {
  const hint = world.simulator.calls().at(-1)?.keyHint
  return hint !== undefined && key.endsWith(hint)
}

describe('another secret for a key', () => {
  test('is rehearsed before anything changes: what it may not use, for whom, whose it is, and what that cost', () => {
    let lost: Key['models'] = []
    return visit(stage, {
      route: '/keys',
      prepare: async (world) => {
        const { model, models } = await keyOf(world)
        const [other] = models.filter(({ id, price }) => price !== null && id !== model.id)
        lost = [model, ...(other === undefined ? [] : [other])]
        const channel = { name: 'Chat', sites: ['chat.example'], models: { anthropic: other?.id } }
        await world.owner.change('POST', '/v1/channels', channel, Channel)
        const lacking = lost.map(({ id }) => id)
        world.simulator.plan({ provider: 'anthropic', of: 'models', next: [{ do: 'healthy', lacking }] })
      },
      act: async (page, world) => {
        await rehearse(page, ELSEWHERE)
        await read(page, said.rehearsed)
        await read(page, said.cost)
        const text = await textOf(page)
        const [usual, ofChannel] = lost.map(({ name }) => name)
        expect(text).toContain(sentence(said.lostUsual, { model: usual ?? '' }))
        expect(text).toContain(sentence(said.lostChannels, { model: ofChannel ?? '', channels: 'Chat' }))
        expect(text).toContain(sentence(said.organizations.other, { provider }))
        expect(text).not.toContain(said.reports.unknown)
        expect(await findings(page)).toEqual(['loss', 'loss', 'loss'])
        expect(await page.content()).not.toContain(ELSEWHERE)
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
        expect(await keyOf(world)).toMatchObject({ version: 1, former: null })
        await world.owner.ask('Where is my parcel?')
        expect(wasAskedWith(world, simulatorKeys.anthropic)).toBe(true)
      },
    })
  })

  test('answers once somebody switches, and a click goes back to the former one', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await rehearse(page)
        await read(page, said.allModels)
        await press(page, said.switch)
        await read(page, said.switched)
        await world.owner.ask('Where is my parcel?')
        expect(wasAskedWith(world, SECOND_SECRET)).toBe(true)
        expect(await keyOf(world)).toMatchObject({ version: 2, former: { version: 1 } })
        await press(page, said.goBack)
        await read(page, said.wentBack)
        await world.owner.ask('Where is my parcel?')
        expect(wasAskedWith(world, simulatorKeys.anthropic)).toBe(true)
        await press(page, said.ready)
        await press(page, said.former.take)
        await read(page, said.former.return)
        expect(await keyOf(world)).toMatchObject({ version: 2, former: { version: 1 } })
        expect(await flawsOf(page)).toEqual([])
      },
    }))

  test('stays aside when somebody says not now', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await rehearse(page)
        await press(page, said.notNow)
        await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
        expect(await keyOf(world)).toMatchObject({ version: 1, former: null })
      },
    }))

  test('that is refused changes nothing, says what to do, and leaves an empty field', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await rehearse(page, 'sk-ant-sim-no-credit-0123456789abcdef')
        await page.waitForSelector('[data-problem=key-refused]')
        await read(page, sentence(words.failures['no-credit'].happened, { provider }))
        expect(await page.$eval('input[type=password]', (field) => field.value)).toBe('')
        await (await page.waitForSelector('input[type=password]'))?.type('sk-proj-0123456789abcdefghij')
        await read(page, sentence(words.keyFlaws['other-provider'], { provider }))
        expect(await keyOf(world)).toMatchObject({ version: 1, state: 'active' })
      },
    }))

  test('that waited too long is gone, and is pasted again', () => {
    let passed = 0
    return visit(stage, {
      wish: { now: () => Date.now() + passed },
      route: '/keys',
      act: async (page, world) => {
        await rehearse(page)
        await button(page, said.switch)
        passed = 16 * MINUTE_MS
        await press(page, said.switch)
        await page.waitForSelector('[data-problem=version-gone]')
        await press(page, said.again)
        await page.waitForSelector('input[type=password]')
        world.owner.forgetToken()
        expect(await keyOf(world)).toMatchObject({ version: 1 })
      },
    })
  })
})

describe('the former secret', () => {
  test('can come back from the card, minute by minute less long, and then no more', () =>
    visit(stage, {
      route: '/keys',
      act: async (page) => {
        await page.evaluateOnNewDocument(() => {
          const real = Date.now
          Date.now = () => real() + Number(sessionStorage.getItem('passed') ?? 0)
        })
        await page.reload()
        await rehearse(page)
        await press(page, said.switch)
        await press(page, said.ready)
        await read(page, sentence(said.former.left_other, { count: '15' }))
        await page.evaluate((ms) => sessionStorage.setItem('passed', String(ms)), 10.5 * MINUTE_MS)
        await read(page, sentence(said.former.left_other, { count: '5' }))
        await page.evaluate((ms) => sessionStorage.setItem('passed', String(ms)), 15 * MINUTE_MS)
        await page.waitForFunction(() => document.querySelector('[data-former]') === null)
      },
    }))
})

describe('a key that its provider refused', () => {
  test('is tried again from its card and answers again', () =>
    visit(stage, {
      route: '/keys',
      prepare: async (world) => {
        world.simulator.plan({ provider: 'anthropic', next: ['no-credit'] })
        await world.owner.ask('Where is my parcel?')
        expect(await keyOf(world)).toMatchObject({ state: 'rejected' })
        world.simulator.plan({ provider: 'anthropic', next: ['no-credit'] })
      },
      act: async (page, world) => {
        await press(page, said.rejected.again)
        await page.waitForSelector('[data-problem]')
        await press(page, said.rejected.again)
        await read(page, sentence(said.rejected.accepted, { provider }))
        expect(await keyOf(world)).toMatchObject({ state: 'active' })
        expect((await world.owner.ask('Where is it?')).problem).toBeUndefined()
      },
    }))
})

describe('what is to be seen to', () => {
  test('is an old secret, with the way to another one', () => {
    let passed = 0
    return visit(stage, {
      wish: { now: () => Date.now() + passed },
      route: '/keys',
      prepare: async (world) => {
        passed = 3 * DAY_MS
        world.owner.forgetToken()
        await world.owner.change('PUT', '/v1/routing', { remindAfterDays: 2 }, KeyList)
      },
      act: async (page) => {
        await read(page, said.reminders.title)
        await read(page, sentence(said.reminders.old_other, { key: provider, count: '3' }))
        expect(await flawsOf(page)).toEqual([])
        await press(page, sentence(said.reminders.about, { button: keys.replace, subject: provider }))
        await button(page, said.rehearse)
      },
    })
  })

  test('is a model that retires soon, with who uses it and the way to another one', () => {
    const soon = catalogue
      .filter((model) => model.provider === 'anthropic' && (model.retiresAt ?? 0) > Date.now())
      .toSorted((one, other) => (one.retiresAt ?? 0) - (other.retiresAt ?? 0))[0]
    const began = Date.now()
    const now = () => (soon?.retiresAt ?? 0) - 30 * DAY_MS + Date.now() - began
    const model = soon?.name ?? ''
    return visit(stage, {
      wish: { now },
      route: '/keys',
      prepare: async (world) => {
        const { id } = await keyOf(world)
        await world.owner.request('PATCH', `/v1/keys/${id}`, { model: soon?.id })
        const channel = { name: 'Chat', sites: ['chat.example'], models: { anthropic: soon?.id } }
        await world.owner.change('POST', '/v1/channels', channel, Channel)
      },
      act: async (page) => {
        await read(page, said.reminders.usual)
        await read(page, sentence(said.reminders.channels, { channels: 'Chat' }))
        await press(page, sentence(said.reminders.about, { button: keys.chooseModel, subject: model }))
        await button(page, words.common.close)
        await read(page, words.popup.model.title)
      },
    })
  })
})
