import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Key, KeyList } from '../../../shared/keys.ts'
import { simulatorKeys, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { fill, press, read, see, sentence, words } from '../surfaces.ts'
import { visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.connecting
const { keys, connect } = words.popup
const bedrock = words.providers.bedrock

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const keysOf = async (world: World): Promise<readonly Key[]> =>
  (await world.owner.read('/v1/keys', KeyList)).keys

const begin = async (page: Page, provider: keyof typeof words.providers): Promise<void> => {
  await press(page, keys.connect)
  await page.waitForSelector(`[role=dialog] input[value=${provider}]`)
  await page.$eval(`[role=dialog] input[value=${provider}]`, (choice) => {
    if (choice instanceof HTMLElement) choice.click()
  })
}

/** Types into the fields of the key, in their order. */
const paste = async (page: Page, ...parts: readonly string[]): Promise<void> => {
  await page.waitForFunction(
    (count) => document.querySelectorAll('input[data-secret]').length === count,
    {},
    parts.length,
  )
  const fields = await page.$$('input[data-secret]')
  for (const [place, part] of parts.entries()) await fields[place]?.type(part)
}

const secretsIn = (page: Page): Promise<string[]> =>
  page.$$eval('input[data-secret]', (fields) =>
    fields.map((field) => (field instanceof HTMLInputElement ? field.value : '')),
  )

const choose = async (page: Page, value: string): Promise<void> => {
  await page.select(`[role=dialog] select:has(option[value="${value}"])`, value)
}

const tick = async (page: Page, name: string): Promise<void> => {
  await (await see(page, 'radio', name)).click()
}

const problem = async (page: Page): Promise<string | null | undefined> =>
  (await page.waitForSelector('[role=dialog] [data-problem]'))?.evaluate((it) =>
    it.getAttribute('data-problem'),
  )

describe('a key of AWS Bedrock', () => {
  test('goes to one region, as an access key whose two parts are joined and leave their fields', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        const [id = '', secret = ''] = simulatorKeys.bedrock.split(':')
        await begin(page, 'bedrock')
        await choose(page, 'eu-central-1')
        await (await page.waitForSelector(`[role=dialog] label ::-p-text(${said.meansOf.access})`))?.click()
        await paste(page, id, 'too short')
        await read(page, said.accessFlaw)
        await press(page, connect.verify)
        expect(await problem(page)).toBe('key-misshapen')
        expect(await secretsIn(page)).toEqual(['', ''])
        await paste(page, id, secret)
        await press(page, connect.verify)
        await read(page, connect.done)
        expect(await page.content()).not.toContain(secret)
        expect(await keysOf(world)).toMatchObject([
          { provider: 'bedrock', endpoint: { kind: 'region', region: 'eu-central-1' } },
        ])
      },
    }))

  test('is judged as it is pasted', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page) => {
        await begin(page, 'bedrock')
        await paste(page, simulatorKeys.anthropic)
        await read(page, sentence(words.keyFlaws.prefix, { provider: bedrock }))
        expect(await flawsOf(page)).toEqual([])
      },
    }))
})

describe('an endpoint of one’s own', () => {
  test('is connected with its dialect, its address and what it costs, and drafts at that price', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        await begin(page, 'compatible')
        await fill(page, said.label, 'House models')
        await choose(page, 'mistral')
        await fill(page, said.address, world.simulator.compatibleUrl('mistral'))
        await fill(page, said.model, 'mistral-medium-2508')
        await fill(page, said.input, '0.40')
        await fill(page, said.output, '2')
        await paste(page, simulatorKeys.compatible)
        await press(page, connect.verify)
        await read(page, connect.done)
        await press(page, connect.ready)
        await read(page, 'House models')
        expect(await keysOf(world)).toMatchObject([
          { label: 'House models', model: { id: 'mistral-medium-2508' }, endpoint: { dialect: 'mistral' } },
        ])
        const { receipt } = await world.owner.ask('Where is my parcel?')
        expect(receipt?.attempts[0]).toMatchObject({ certainty: 'exact', price: { own: { kind: 'price' } } })
        expect((await world.owner.cap()).settled).toBe(await world.bill())
      },
    }))

  test('may ask for no key and cost nothing, as Ollama does', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        await begin(page, 'compatible')
        await choose(page, 'ollama')
        await read(page, said.keyOptional)
        await fill(page, said.address, world.simulator.compatibleUrl('ollama'))
        await tick(page, said.prices.free)
        await press(page, connect.verify)
        await read(page, connect.done)
        const { receipt } = await world.owner.ask('Where is my parcel?')
        expect(receipt).toMatchObject({ settled: 0n })
        expect(receipt?.attempts[0]).toMatchObject({ certainty: 'exact', price: { own: { kind: 'free' } } })
        expect(receipt?.attempts[0]?.usage?.output).toBeGreaterThan(0)
      },
    }))

  test('at a private address is refused with what the operator can do, and only the key is gone', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        const before = world.simulator.requests().length
        await begin(page, 'compatible')
        await fill(page, said.address, 'https://192.168.7.7/v1')
        await tick(page, said.prices.free)
        await paste(page, simulatorKeys.compatible)
        await press(page, connect.verify)
        expect(await problem(page)).toBe('endpoint-refused')
        await read(page, 'OWNKEY_PRIVATE_HOSTS')
        expect(await secretsIn(page)).toEqual([''])
        const address = await see(page, 'textbox', said.address)
        expect(await address.evaluate((field) => 'value' in field && field.value)).toBe(
          'https://192.168.7.7/v1',
        )
        expect(world.simulator.requests().length).toBe(before)
        expect(await keysOf(world)).toEqual([])
      },
    }))

  test('is not asked while its address holds a password or its price is missing, and the first flaw has the focus', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        const before = world.simulator.requests().length
        await begin(page, 'compatible')
        await fill(page, said.address, 'https://me:secret@models.example.com/v1')
        await paste(page, simulatorKeys.compatible)
        await press(page, connect.verify)
        await read(page, said.addressCredentials)
        await read(page, words.options.prices.dialog.malformed)
        const focused = () => page.evaluate(() => document.activeElement?.getAttribute('type'))
        expect(await focused()).toBe('url')
        expect(world.simulator.requests().length).toBe(before)
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 900 })
        expect(await misfits(page)).toEqual([])
      },
    }))

  test('whose model nobody lists is named as what is wrong', () =>
    visit(stage, {
      wish: { keys: [] },
      route: '/keys',
      act: async (page, world) => {
        await begin(page, 'compatible')
        await fill(page, said.address, world.simulator.compatibleUrl('mistral'))
        await fill(page, said.model, 'mistral-of-tomorrow')
        await tick(page, said.prices.free)
        await paste(page, simulatorKeys.compatible)
        await press(page, connect.verify)
        expect(await problem(page)).toBe('no-usable-model')
        await read(page, words.unusable.own.happened)
      },
    }))
})

describe('a further key of a provider', () => {
  test('gets a name that tells it from the others', () =>
    visit(stage, {
      route: '/keys',
      act: async (page, world) => {
        await begin(page, 'anthropic')
        await fill(page, said.label, 'anthropic')
        await paste(page, simulatorKeys.anthropic)
        await press(page, connect.verify)
        await read(page, said.labelTaken)
        await fill(page, said.label, 'Second account')
        await press(page, connect.verify)
        await read(page, connect.done)
        expect((await keysOf(world)).map(({ label }) => label)).toEqual(['Anthropic', 'Second account'])
      },
    }))
})
