import type { Page } from 'puppeteer'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { AlertPage, AlertSettings } from '../../shared/books/alerts.ts'
import type { Role } from '../../shared/members.ts'
import { given, until, type World } from '../world.ts'
import { openStage, type Stage } from './chromium.ts'
import { misfits } from './languages/looks.ts'
import { pair } from './options/browsing.ts'
import { flawsOf } from './options/flaws.ts'
import { seedAlerts } from './options/seeding.ts'
import { press, read, sentence, textOf, words } from './surfaces.ts'

const said = words.alerts

type Alarms = { readonly alarms: { readonly onAlarm: { dispatch(alarm: { name: string }): void } } }
declare const chrome: Alarms & {
  readonly action: {
    getBadgeText(of: object): Promise<string>
    getTitle(of: object): Promise<string>
  }
}

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterEach(async () => {
  const pages = await stage.browser.pages()
  for (const page of pages.slice(1)) await page.close()
})

afterAll(() => stage.close())

const openPopup = async (): Promise<Page> => {
  const popup = await stage.openExtensionPage('popup.html')
  await popup.setViewport({ width: 360, height: 600 })
  return popup
}

const badge = async (): Promise<{ text: string; title: string }> =>
  (await stage.worker()).evaluate(async () => ({
    text: await chrome.action.getBadgeText({}),
    title: await chrome.action.getTitle({}),
  }))

const untilBadge = (text: string) => until(badge, (shown) => shown.text === text)

/** Lets a regular look come now, as the browser does every ten minutes. */
const look = async (): Promise<void> =>
  (await stage.worker()).evaluate(() => chrome.alarms.onAlarm.dispatch({ name: 'watch-status' }))

/** A workspace whose month has reached the one share that is told of, by drafts. */
const reached = async (world: World): Promise<void> => {
  const thresholds = [{ percent: 1, on: true }]
  await world.owner.change('PUT', '/v1/alerts/settings', { thresholds, emails: [] }, AlertSettings)
  await world.owner.ask('Where is my parcel?')
  await world.owner.ask('Where is it, please?')
  const told = () => world.owner.read('/v1/alerts', AlertPage)
  await until(told, ({ alerts }) => alerts.length === 1)
}

const ofMonth = 'The workspace’s month reached 1% of $0.02.'

const foreignUse = {
  kind: 'foreign-use',
  provider: 'anthropic',
  keyLabel: 'Support',
  model: 'claude-haiku-4-5',
  day: '2026-11-20',
  amount: '1.25',
} as const

const inWorld = async (
  act: (world: World) => Promise<void>,
  { prepare, role }: { readonly prepare: (world: World) => Promise<void> | void; readonly role?: Role },
): Promise<void> => {
  await using world = await given({ cap: '0.02' })
  await prepare(world)
  await pair(stage, world, role)
  await act(world)
}

describe('an alert in the browser of an owner', () => {
  test('is on the toolbar though nobody opens anything, and gone for good once it was put away', () =>
    inWorld(
      async (world) => {
        await reached(world)
        expect((await badge()).text).toBe('')
        await look()
        expect(await untilBadge('1%')).toEqual({ text: '1%', title: 'Ownkey: a cap reached 1%' })
        const popup = await openPopup()
        await read(popup, ofMonth)
        await press(popup, said.dismiss)
        await read(popup, said.dismissed)
        expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe(said.dismissed)
        await untilBadge('')
        await popup.close()
        await (await stage.worker()).close()
        const again = await openPopup()
        await read(again, words.common.aiOn)
        expect(await textOf(again)).not.toContain(ofMonth)
        await look()
        await look()
        expect((await badge()).text).toBe('')
        const options = await stage.openOptions('/caps')
        await read(options, words.options.caps.full.goesOn)
        expect(await textOf(options)).not.toContain(ofMonth)
      },
      { prepare: () => undefined },
    ))

  test('leads to the page that shows more, which does not tell it again', () =>
    inWorld(
      async () => {
        const popup = await openPopup()
        await read(popup, ofMonth)
        const opening = stage.browser.waitForTarget((target) => target.url().endsWith('#/caps'))
        await press(popup, said.look.caps)
        const options = await (await opening).asPage()
        await read(options, words.options.caps.full.goesOn)
        expect(await textOf(options)).not.toContain(ofMonth)
        await untilBadge('')
      },
      { prepare: reached },
    ))

  test('stands on every page of the options until it is put away there, and then in the popup no more', () =>
    inWorld(
      async () => {
        const options = await stage.openOptions('/team')
        await read(options, ofMonth)
        await press(options, said.dismiss)
        await options.waitForSelector('[data-banner=alert]', { hidden: true })
        expect(await options.evaluate(() => document.activeElement?.tagName)).toBe('DIV')
        const popup = await openPopup()
        await read(popup, words.common.aiOn)
        expect(await textOf(popup)).not.toContain(ofMonth)
      },
      { prepare: reached },
    ))

  test('that no share of a cap is about is marked by a sign, and told once where a page tells of it itself', () =>
    inWorld(
      async () => {
        await look()
        expect(await untilBadge('!')).toEqual({ text: '!', title: 'Ownkey: an alert is waiting' })
        const popup = await openPopup()
        await popup.waitForSelector('[data-alert=foreign-use]')
        const told = sentence(said.foreign, { label: 'Support' }).slice(0, -1)
        expect((await textOf(popup)).split(told)).toHaveLength(2)
        const options = await stage.openOptions('/alerts')
        await options.waitForSelector('[data-past=foreign-use]')
        expect((await textOf(options)).split(told)).toHaveLength(2)
      },
      { prepare: (world) => seedAlerts(world, [foreignUse]) },
    ))

  test('gives way to the sign that drafting is paused', () =>
    inWorld(
      async (world) => {
        await look()
        await untilBadge('1%')
        await world.owner.request('PATCH', '/v1/workspace', { aiOn: false })
        await look()
        await untilBadge('❚❚')
      },
      { prepare: reached },
    ))

  test('has no flaw that axe finds, and keeps inside a narrow window', () =>
    inWorld(
      async () => {
        const popup = await openPopup()
        await popup.waitForSelector('[data-alert=foreign-use]')
        expect(await flawsOf(popup)).toEqual([])
        expect(await misfits(popup)).toEqual([])
        const options = await stage.openOptions('/channels')
        await options.waitForSelector('[data-banner=alert]')
        expect(await flawsOf(options)).toEqual([])
        await options.setViewport({ width: 320, height: 700 })
        expect(await misfits(options)).toEqual([])
      },
      {
        prepare: (world) =>
          seedAlerts(world, [{ ...foreignUse, keyLabel: 'Schlüsselverwaltungsgesellschaft'.repeat(2) }]),
      },
    ))
})

test('an agent’s browser tells nothing of the workspace’s alerts', () =>
  inWorld(
    async () => {
      await look()
      const popup = await openPopup()
      await read(popup, words.common.aiOn)
      expect(await textOf(popup)).not.toContain(ofMonth)
      expect((await badge()).text).toBe('')
      const options = await stage.openOptions('/alerts')
      await read(options, words.options.nowhere.title)
      expect(await textOf(options)).not.toContain(ofMonth)
    },
    { prepare: reached, role: 'agent' },
  ))
