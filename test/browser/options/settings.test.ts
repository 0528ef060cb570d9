import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { german } from '../../../extension/ui/words/german/german.ts'
import { AuditPage } from '../../../shared/audit.ts'
import { Team } from '../../../shared/members.ts'
import { Workspace } from '../../../shared/workspace.ts'
import { openDesk } from '../../demo/desk.ts'
import { given, until, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { misfits } from '../languages/looks.ts'
import { button, fill, press, read, see, sentence, textOf, words } from '../surfaces.ts'
import { goTo, pair, visit } from './browsing.ts'
import { flawsOf } from './flaws.ts'

const said = words.options.settings

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const workspaceOf = (world: World): Promise<Workspace> => world.owner.read('/v1/workspace', Workspace)

/** Chooses a time zone as a person does: types a part of its name and takes the first that is offered. */
const chooseZone = async (page: Page, typed: string): Promise<void> => {
  const field = await page.waitForSelector('input[aria-haspopup=listbox]')
  await field?.click({ count: 3 })
  await field?.type(typed)
  await (await page.waitForSelector('[role=option]'))?.click()
}

const isEnabled = (page: Page, name: string): Promise<boolean> =>
  page.$$eval(
    'button',
    (buttons, wanted) => buttons.some(({ textContent, disabled }) => textContent === wanted && !disabled),
    name,
  )

const toggle = async (page: Page): Promise<void> => {
  await page.waitForSelector('input[role=switch]')
  await page.$eval('input[role=switch]', (control) => (control as HTMLInputElement).click())
}

describe('the workspace in the settings', () => {
  test('takes another name and time zone, and takes them back', () =>
    visit(stage, {
      route: '/settings',
      act: async (page, world) => {
        await fill(page, said.workspace.name, 'Acme Care')
        await chooseZone(page, 'new york')
        await press(page, said.workspace.save)
        await read(page, said.saved)
        expect(await workspaceOf(world)).toMatchObject({ name: 'Acme Care', timeZone: 'America/New_York' })
        await page.waitForSelector('nav [title="Acme Care"]')
        await press(page, said.undo)
        await read(page, said.undone)
        expect(await workspaceOf(world)).toMatchObject({ name: 'Acme Support', timeZone: 'UTC' })
      },
    }))

  test('keeps receipts for a number of days that the vault takes, and asks before it keeps them shorter', () =>
    visit(stage, {
      route: '/settings',
      act: async (page, world) => {
        await (await see(page, 'radio', said.workspace.forDays)).click()
        await fill(page, said.workspace.days, '44')
        await press(page, said.workspace.save)
        await read(page, sentence(said.workspace.daysFlaw, { min: '45', max: '3,650' }))
        await fill(page, said.workspace.days, '90')
        await press(page, said.workspace.save)
        await read(page, said.workspace.shorterTitle)
        expect((await workspaceOf(world)).retentionDays).toBeNull()
        await press(page, sentence(said.workspace.shorterConfirm, { days: '90' }))
        await read(page, said.saved)
        expect((await workspaceOf(world)).retentionDays).toBe(90)
        await press(page, said.undo)
        await read(page, said.undone)
        expect((await workspaceOf(world)).retentionDays).toBeNull()
      },
    }))

  test('switches AI off for everybody only when confirmed, and on again at once', () =>
    visit(stage, {
      route: '/settings',
      act: async (page, world) => {
        await toggle(page)
        await read(page, said.ai.off)
        await press(page, words.common.cancel)
        expect((await world.owner.status()).ai.on).toBe(true)
        await toggle(page)
        await press(page, said.ai.offConfirm)
        await read(page, said.saved)
        expect((await world.owner.status()).ai).toMatchObject({ on: false, paused: 'switched-off' })
        await toggle(page)
        await until(world.owner.status, ({ ai }) => ai.on)
        await page.waitForSelector('input[role=switch]:checked')
      },
    }))
})

describe('this browser in the settings', () => {
  const segment = async (page: Page, name: string): Promise<void> => {
    await (await page.waitForSelector(`label ::-p-text(${name})`))?.click()
  }
  const schemeOf = (page: Page): Promise<string | null> =>
    page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))
  const forget = (page: Page): Promise<void> =>
    page.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: { storage: { local: { clear(): Promise<void> } } }
      }
      await chrome.storage.local.clear()
    })

  test('chooses the language of every surface that is open, at once and for good', () =>
    visit(stage, {
      route: '/settings',
      act: async (page) => {
        const popup = await stage.openExtensionPage('popup.html')
        await read(popup, words.common.aiOn)
        await page.bringToFront()
        await segment(page, said.browser.languages.de)
        await read(page, german.options.settings.browser.title)
        await popup.bringToFront()
        await read(popup, german.common.aiOn)
        expect(await popup.evaluate(() => document.documentElement.lang)).toBe('de')
        await page.bringToFront()
        await page.reload()
        await read(page, german.options.settings.browser.title)
        expect(await page.title()).toBe(german.options.documentTitle)
        await segment(page, german.options.settings.browser.languages.system)
        await read(page, said.browser.title)
        await popup.close()
      },
    }))

  test('chooses the theme of every surface that is open, the panel on a page too, against the system’s', () =>
    visit(stage, {
      route: '/settings',
      act: async (page) => {
        const desk = await openDesk()
        const ticket = await stage.open(desk.address)
        await ticket.focus('#reply')
        await stage.pressShortcut(ticket)
        const panel = await stage.panel(ticket)
        await read(panel, words.assistant.sending.title)
        await page.bringToFront()
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
        await segment(page, said.browser.themes.dark)
        await page.waitForSelector('html[data-mantine-color-scheme=dark]')
        await segment(page, said.browser.languages.de)
        await read(page, german.options.settings.browser.title)
        await ticket.bringToFront()
        await panel.waitForSelector('html[data-mantine-color-scheme=dark]')
        await read(panel, german.assistant.sending.title)
        await ticket.close()
        await desk.close()
        const popup = await stage.openExtensionPage('popup.html')
        await read(popup, german.common.aiOn)
        expect(await schemeOf(popup)).toBe('dark')
        await popup.close()
        await page.bringToFront()
        await forget(page)
        await page.waitForSelector('html[data-mantine-color-scheme=light]')
      },
    }))

  test('does not trust what another version kept', () =>
    visit(stage, {
      route: '/settings',
      act: async (page) => {
        await page.evaluate(async () => {
          type Storage = { set(kept: object): Promise<void> }
          const { chrome } = globalThis as unknown as { chrome: { storage: { local: Storage } } }
          await chrome.storage.local.set({ preferences: { language: 'tlh', theme: 7 } })
        })
        await page.reload()
        await read(page, said.browser.title)
        await forget(page)
      },
    }))

  test('signs out when confirmed', () =>
    visit(stage, {
      route: '/settings',
      act: async (page) => {
        await read(page, `Olive Owner · ${words.roles.owner}`)
        await press(page, words.popup.device.signOut)
        await read(page, words.popup.device.signOutHint)
        const dialog = await page.waitForSelector('[role=dialog]')
        await (
          await dialog?.waitForSelector(`button ::-p-text(${words.popup.device.signOutConfirm})`)
        )?.click()
        await read(page, words.options.unpaired.title)
      },
    }))
})

describe('leaving the workspace', () => {
  test('signs a member out everywhere and is written down; an owner cannot', async () => {
    await using world = await given({})
    await pair(stage, world, 'agent')
    const page = await stage.openOptions('/settings')
    await press(page, said.leave.title)
    await read(page, sentence(words.options.team.leave.title, { workspace: 'Acme Support' }))
    await press(page, words.options.team.leave.confirm)
    await read(page, words.options.unpaired.title)
    const { members } = await world.owner.read('/v1/members', Team)
    expect(members.map(({ name }) => name)).toEqual(['Olive Owner'])
    const { entries } = await world.owner.read('/v1/audit?kind=member-left', AuditPage)
    expect(entries).toHaveLength(1)
    await page.close()
    await pair(stage, world)
    const owners = await stage.openOptions('/settings')
    await read(owners, said.ending.hint)
    expect(await textOf(owners)).not.toContain(said.leave.hint)
    await owners.close()
  })
})

describe('deleting the workspace', () => {
  test('needs its name typed, says what is lost, and can be taken back from every page for seven days', () =>
    visit(stage, {
      route: '/settings',
      act: async (page, world) => {
        await press(page, said.ending.open)
        await read(page, said.ending.lost)
        await fill(page, sentence(said.ending.typed, { name: 'Acme Support' }), 'acme support')
        expect(await isEnabled(page, said.ending.confirm)).toBe(false)
        await fill(page, sentence(said.ending.typed, { name: 'Acme Support' }), 'Acme Support')
        await press(page, said.ending.confirm)
        await page.waitForSelector('[data-banner=ending]')
        expect((await workspaceOf(world)).deleteAt).not.toBeNull()
        for (const route of ['spend', 'receipts', 'caps', 'keys', 'team', 'channels', 'audit', 'nowhere']) {
          await goTo(page, `#/${route}`)
          await page.waitForSelector('[data-banner=ending]')
        }
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.ending.keep)
        await page.waitForFunction(() => document.querySelector('[data-banner=ending]') === null)
        expect((await workspaceOf(world)).deleteAt).toBeNull()
      },
    }))

  test('is told to an agent, who cannot take it back', async () => {
    await using world = await given({})
    await world.owner.change('POST', '/v1/workspace/deletion', { name: 'Acme Support' }, Workspace)
    await pair(stage, world, 'agent')
    const page = await stage.openOptions('/receipts')
    await read(page, said.ending.pendingSoon)
    await read(page, said.ending.owner)
    expect(await isEnabled(page, said.ending.keep)).toBe(false)
    await page.close()
  })
})

describe('the settings for everybody', () => {
  test('have no serious accessibility flaw and fit a narrow window', () =>
    visit(stage, {
      route: '/settings',
      act: async (page) => {
        await button(page, said.ending.open)
        expect(await flawsOf(page)).toEqual([])
        await page.setViewport({ width: 340, height: 700 })
        expect(await misfits(page)).toEqual([])
        await press(page, said.ending.open)
        await read(page, said.ending.lost)
        expect(await flawsOf(page)).toEqual([])
        expect(await misfits(page)).toEqual([])
      },
    }))
})
