import type { ElementHandle, Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Channel } from '../../../shared/channels.ts'
import { KeyConnected, KeyList } from '../../../shared/keys.ts'
import { simulatorKeys, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, fill, press, read, readLike, see, sentence, textOf, words } from '../surfaces.ts'
import { visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.routing
const { keys: keyWords, disconnect, model } = words.popup
const { saved, undo, undone } = words.options.settings

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const listOf = (world: World): Promise<KeyList> => world.owner.read('/v1/keys', KeyList)

const labelsOf = async (world: World): Promise<string[]> =>
  (await listOf(world)).keys.map(({ label }) => label)

const routingOf = async (world: World) => {
  const { primary, backup, dearer } = (await listOf(world)).routing
  return { primary, backup, dearer }
}

const route = (world: World, change: object): Promise<KeyList> =>
  world.owner.change('PUT', '/v1/routing', change, KeyList)

const further = (world: World, label: string): Promise<KeyConnected> => {
  const connection = { provider: 'anthropic', key: simulatorKeys.anthropic, label }
  return world.owner.change('POST', '/v1/keys', connection, KeyConnected)
}

/** Which key answered each draft, the latest first. */
const answered = async (world: World) =>
  (await world.owner.receipts())
    .filter(({ purpose }) => purpose === 'draft')
    .map(({ site, attempts }) => ({ site, keyLabel: attempts.at(-1)?.keyLabel }))

/** A key of Anthropic's with its usual name and two more. */
const three = async (world: World): Promise<void> => {
  await further(world, 'Billing')
  await further(world, 'Chat')
}

const pressInDialog = async (page: Page, name: string): Promise<void> => {
  const dialog = await page.waitForSelector('[role=dialog]')
  const found = await dialog?.waitForSelector(`::-p-aria([name="${name}"][role="button"])`)
  await found?.click()
}

const closed = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
}

/** Chooses from the menu of a key. */
const choose = async (page: Page, key: string, item: string): Promise<void> => {
  await press(page, sentence(said.key.menu, { label: key }))
  await (await see(page, 'menuitem', item)).click()
}

/** The names of the keys in the order in which the page shows them. */
const shown = (page: Page): Promise<string[]> =>
  page.$$eval('[data-key] p[dir=auto]', (names) => names.map((name) => name.textContent ?? ''))

const middleOf = async (handle: ElementHandle<Element>): Promise<{ x: number; y: number }> => {
  const box = await handle.boundingBox()
  if (box === null) throw new Error('It is not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Drags a key to where another one is, as a hand does: not in one leap. */
const drag = async (page: Page, label: string, over: string): Promise<void> => {
  const from = await middleOf(await button(page, sentence(said.order.handle, { label })))
  const to = await middleOf(await button(page, sentence(said.order.handle, { label: over })))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x, from.y + Math.sign(to.y - from.y) * 10, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 10 })
  await page.mouse.up()
}

/** What a screen reader was told last of what is moved. */
const announced = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => [...document.querySelectorAll('[aria-live]')].some((region) => region.textContent === wanted),
    {},
    text,
  )

const inFirst = (page: Page, label: string): Promise<unknown> =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-key]')?.textContent?.includes(wanted),
    {},
    label,
  )

describe('the order of the keys of a provider', () => {
  test('is changed by dragging, and put back', () =>
    visit(stage, {
      route: '/keys',
      prepare: three,
      act: async (page, world) => {
        await drag(page, 'Chat', 'Anthropic')
        await read(page, saved)
        expect(await shown(page)).toEqual(['Chat', 'Anthropic', 'Billing'])
        expect(await labelsOf(world)).toEqual(['Chat', 'Anthropic', 'Billing'])
        await press(page, undo)
        await read(page, undone)
        expect(await labelsOf(world)).toEqual(['Anthropic', 'Billing', 'Chat'])
        await inFirst(page, 'Anthropic')
      },
    }))

  test('is changed from the keyboard, which is told each step, and Escape leaves it', () =>
    visit(stage, {
      route: '/keys',
      prepare: three,
      act: async (page, world) => {
        const handle = await button(page, sentence(said.order.handle, { label: 'Chat' }))
        await handle.focus()
        const place = (of: string, where: string) =>
          announced(page, sentence(of, { label: 'Chat', place: where, all: '3' }))
        await page.keyboard.press('Space')
        await place(said.order.over, '3')
        await page.keyboard.press('ArrowUp')
        await place(said.order.over, '2')
        await page.keyboard.press('Escape')
        await place(said.order.left, '3')
        expect(await labelsOf(world)).toEqual(['Anthropic', 'Billing', 'Chat'])
        await page.keyboard.press('Space')
        await place(said.order.over, '3')
        await page.keyboard.press('ArrowUp')
        await place(said.order.over, '2')
        await page.keyboard.press('Space')
        await place(said.order.dropped, '2')
        await read(page, saved)
        expect(await labelsOf(world)).toEqual(['Anthropic', 'Chat', 'Billing'])
        expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
          sentence(said.order.handle, { label: 'Chat' }),
        )
      },
    }))

  test('is changed from a key’s menu, and decides who answers', () =>
    visit(stage, {
      route: '/keys',
      prepare: three,
      act: async (page, world) => {
        await choose(page, 'Anthropic, Billing', said.order.up)
        await read(page, saved)
        expect(await labelsOf(world)).toEqual(['Billing', 'Anthropic', 'Chat'])
        await world.owner.ask('Where is my parcel?')
        expect(await answered(world)).toMatchObject([{ keyLabel: 'Billing' }])
      },
    }))
})

describe('the backup', () => {
  test('is nobody until somebody is chosen, and the page says what it is for', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await read(page, said.nobodyTitle)
        await read(page, said.nobodyElse)
        expect(await textOf(page)).toContain(sentence(said.nobodyWhat, { primary: 'Anthropic' }))
        expect(await routingOf(world)).toEqual({ primary: 'anthropic', backup: null, dearer: false })
      },
    }))

  test('is turned on after its price beside the primary was shown, and off again', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      prepare: (world) => priced(world, '12', '60'),
      act: async (page, world) => {
        await press(page, sentence(said.standIn, { provider: 'OpenAI' }))
        const told = { backup: 'OpenAI', primary: 'Anthropic', times: '2.4' }
        await read(page, sentence(said.ask.dearer, told))
        const table = await page.$eval('[role=dialog] table', (it) => it.textContent)
        expect(table).toContain('$12.00')
        expect(table).toContain('$60.00')
        expect(await flawsOf(page)).toEqual([])
        await page.keyboard.press('Escape')
        await closed(page)
        expect((await routingOf(world)).backup).toBe(null)

        await press(page, sentence(said.standIn, { provider: 'OpenAI' }))
        await pressInDialog(page, sentence(said.standIn, { provider: 'OpenAI' }))
        await read(page, saved)
        expect(await routingOf(world)).toEqual({ primary: 'anthropic', backup: 'openai', dearer: false })
        await press(page, said.standDown)
        await read(page, said.nobodyTitle)
        expect((await routingOf(world)).backup).toBe(null)
        await press(page, undo)
        await read(page, undone)
        expect((await routingOf(world)).backup).toBe('openai')
      },
    }))

  test('that costs more than ten times as much must be allowed in so many words', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      prepare: (world) => priced(world, '51', '60'),
      act: async (page, world) => {
        await press(page, sentence(said.standIn, { provider: 'OpenAI' }))
        await read(page, sentence(said.ask.dearer, { backup: 'OpenAI', primary: 'Anthropic', times: '10.2' }))
        const isBlocked = () =>
          page.$$eval(
            '[role=dialog] button',
            (buttons, name) => buttons.find(({ textContent }) => textContent === name)?.disabled,
            sentence(said.standIn, { provider: 'OpenAI' }),
          )
        expect(await isBlocked()).toBe(true)
        const leave = await page.waitForSelector('[role=dialog] input[type=checkbox]')
        await leave?.click()
        expect(await isBlocked()).toBe(false)
        await pressInDialog(page, sentence(said.standIn, { provider: 'OpenAI' }))
        await read(page, saved)
        expect(await routingOf(world)).toEqual({ primary: 'anthropic', backup: 'openai', dearer: true })
        await page.waitForSelector('[data-place=backup] input[type=checkbox]:checked')
      },
    }))

  test('changes places with the primary by one click, and back', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      prepare: async (world) => {
        await priced(world, '5', '25')
        await route(world, { backup: 'openai' })
      },
      act: async (page, world) => {
        await press(page, sentence(said.swap, { provider: 'OpenAI' }))
        await read(page, saved)
        expect(await routingOf(world)).toMatchObject({ primary: 'openai', backup: 'anthropic' })
        await page.waitForSelector('[data-place=primary] [data-key=openai]')
        await press(page, undo)
        await read(page, undone)
        expect(await routingOf(world)).toMatchObject({ primary: 'anthropic', backup: 'openai' })
      },
    }))
})

/** Prices both usual models: the primary's at $5 and $25, and the other one's as told, in dollars per million tokens. */
const priced = async (world: World, input: string, output: string): Promise<void> => {
  const { keys } = await listOf(world)
  for (const { provider, model: usual } of keys) {
    const perMillion = provider === 'anthropic' ? pricesOf('5', '25') : pricesOf(input, output)
    const terms = { kind: 'price', perMillion }
    const answer = await world.owner.request('POST', '/v1/prices', {
      provider,
      model: usual.id,
      terms,
      confirmed: true,
    })
    expect(answer.status).toBe(201)
  }
}

const pricesOf = (input: string, output: string) => ({
  freshInput: input,
  cacheRead: input,
  cacheWrite5m: input,
  cacheWrite30m: input,
  cacheWrite1h: input,
  output,
  reasoning: output,
})

const help = { name: 'Help desk', sites: ['help.example'] }

describe('a key', () => {
  test('is renamed, and not to a name that another one has', () =>
    visit(stage, {
      route: '/keys',
      prepare: three,
      act: async (page, world) => {
        await choose(page, 'Anthropic, Chat', said.key.rename)
        await fill(page, said.name.label, 'billing')
        await press(page, said.name.save)
        await read(page, sentence(said.name.taken, { provider: 'Anthropic' }))
        await fill(page, said.name.label, 'Chat of the shop')
        await press(page, said.name.save)
        await read(page, saved)
        expect(await labelsOf(world)).toEqual(['Anthropic', 'Billing', 'Chat of the shop'])
        await press(page, undo)
        await read(page, undone)
        expect(await labelsOf(world)).toEqual(['Anthropic', 'Billing', 'Chat'])
      },
    }))

  test('that is limited to a channel answers there and nowhere else', () =>
    visit(stage, {
      route: '/keys',
      prepare: async (world) => {
        await further(world, 'Billing')
        await world.owner.change('POST', '/v1/channels', help, Channel)
      },
      act: async (page, world) => {
        await choose(page, 'Anthropic', said.key.limit)
        await (await see(page, 'radio', said.limit.some)).click()
        await press(page, said.limit.save)
        await read(page, said.limit.needed)
        const channels = `::-p-aria([name="${said.limit.channels}"][role="combobox"])`
        await page.type(channels, 'Help')
        await page.keyboard.press('ArrowDown')
        await page.keyboard.press('Enter')
        await press(page, said.limit.save)
        await read(page, saved)
        await read(page, sentence(said.key.onlyIn, { channels: 'Help desk' }))
        await world.owner.ask('Where is my parcel?', { site: 'https://help.example' })
        await world.owner.ask('Where is my parcel?', { site: 'https://shop.example' })
        expect(await answered(world)).toEqual([
          { site: 'https://shop.example', keyLabel: 'Billing' },
          { site: 'https://help.example', keyLabel: 'Anthropic' },
        ])
      },
    }))

  test('says before it is disconnected that nothing stops while a backup answers', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      prepare: (world) => route(world, { backup: 'openai', dearer: true }),
      act: async (page, world) => {
        await choose(page, 'Anthropic', keyWords.disconnect)
        await read(page, sentence(disconnect.goesOn, { other: 'OpenAI' }))
        await read(page, disconnect.backupGone)
        await pressInDialog(page, disconnect.confirm)
        await page.waitForSelector('[data-place=primary] [data-key=openai]')
        expect(await routingOf(world)).toMatchObject({ primary: 'openai', backup: null })
        await world.owner.ask('Where is my parcel?')
        expect(await answered(world)).toMatchObject([{ keyLabel: 'OpenAI' }])
      },
    }))

  test('says that drafting pauses when it is the only one, and where when the others are limited', () =>
    visit(stage, {
      route: '/keys',
      prepare: async (world) => {
        const { key } = await further(world, 'Billing')
        const channel = await world.owner.change('POST', '/v1/channels', help, Channel)
        await world.owner.request('PATCH', `/v1/keys/${key.id}`, { channels: [channel.id] })
      },
      act: async (page) => {
        await choose(page, 'Anthropic', keyWords.disconnect)
        await read(page, sentence(disconnect.stopsButIn, { channels: 'Help desk' }))
        await page.keyboard.press('Escape')
        await closed(page)
        await choose(page, 'Anthropic, Billing', keyWords.disconnect)
        await read(page, sentence(disconnect.goesOn, { other: 'Anthropic' }))
        await pressInDialog(page, disconnect.confirm)
        await page.waitForFunction(() => document.querySelectorAll('[data-key]').length === 1)
        await choose(page, 'Anthropic', keyWords.disconnect)
        await read(page, disconnect.pauses)
      },
    }))
})

describe('the models of a key', () => {
  test('are three choices with the price of a usual draft, and the whole list behind them', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await press(page, keyWords.chooseModel)
        const dialog = await page.waitForSelector('[role=dialog]')
        await readLike(page, /≈ \$[\d.]+ per usual draft/)
        const choices = await dialog?.$$eval('input[type=radio]', (radios) => radios.length)
        expect(choices).toBeGreaterThan(1)
        const [card] = (await listOf(world)).keys
        await press(page, sentence(model.all, { number: String(card?.models.length) }))
        await readLike(page, /[\d,]+ tokens of context/)
        const all = await dialog?.$$eval('input[type=radio]', (radios) => radios.length)
        expect(all).toBe(card?.models.length)
        expect(await flawsOf(page)).toEqual([])
      },
    }))
})

describe('old keys', () => {
  test('are pointed out from another age on, and from the former one again', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        const days = async () => (await listOf(world)).routing.remindAfterDays
        expect(await days()).toBe(180)
        await (
          await page.waitForSelector(`::-p-aria([name="${said.remind.label}"][role="combobox"])`)
        )?.click()
        await (await page.waitForSelector('[role=option]::-p-text(90)'))?.click()
        await read(page, saved)
        expect(await days()).toBe(90)
        await press(page, undo)
        await read(page, undone)
        expect(await days()).toBe(180)
      },
    }))
})

describe('keys of several providers', () => {
  test('can be read by everybody: narrow, and from right to left', () =>
    visit(stage, {
      wish: { keys: ['anthropic', 'openai'] },
      route: '/keys',
      prepare: async (world) => {
        await three(world)
        await route(world, { backup: 'openai', dearer: true })
      },
      act: async (page) => {
        await button(page, said.standDown)
        expect(await flawsOf(page)).toEqual([])
        await page.evaluate(() => {
          document.documentElement.dir = 'rtl'
        })
        expect(await flawsOf(page)).toEqual([])
        for (const width of [320, 1_280]) {
          await page.setViewport({ width, height: 800 })
          expect([width, await misfits(page)]).toEqual([width, []])
        }
      },
    }))
})
