import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, Team } from '../../../shared/members.ts'
import { given, type World } from '../../world.ts'
import { openStage, type Stage } from '../chromium.ts'
import { press, read, textOf, words } from '../surfaces.ts'
import { goTo, pair, visit } from './browsing.ts'

const said = words.options
const all = [
  'spend',
  'receipts',
  'statements',
  'caps',
  'alerts',
  'keys',
  'team',
  'channels',
  'playground',
  'audit',
  'settings',
] as const

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

const tabsOf = (page: Page): Promise<(string | null)[]> =>
  page.$$eval('nav a', (links) => links.map(({ textContent }) => textContent))

const namesOf = (pages: readonly (typeof all)[number][]): string[] => pages.map((page) => said[page].tab)

const showReports = async (world: World): Promise<void> => {
  const { members } = await world.owner.read('/v1/members', Team)
  const other = members.find(({ role }) => role !== 'owner')
  await world.owner.request('PATCH', `/v1/members/${other?.id}`, { seesReports: true })
}

type Seen = {
  readonly role?: Role
  readonly reports?: boolean
  readonly pages: readonly (typeof all)[number][]
}

const seen: readonly (readonly [string, Seen])[] = [
  ['an owner', { pages: all }],
  ['an admin', { role: 'admin', pages: all }],
  ['an agent', { role: 'agent', pages: ['spend', 'receipts', 'team', 'playground', 'settings'] }],
  [
    'a light agent who sees the reports',
    { role: 'light-agent', reports: true, pages: ['spend', 'receipts', 'team', 'settings'] },
  ],
  ['a light agent', { role: 'light-agent', pages: ['team', 'settings'] }],
]

describe('the pages', () => {
  test.each(seen)('of %s are theirs, and every other address is as if there were none', async (_, who) => {
    await using world = await given({})
    await pair(stage, world, who.role)
    if (who.reports === true) await showReports(world)
    const page = await stage.openOptions('/nowhere')
    await read(page, said.nowhere.title)
    const nowhere = await textOf(page)
    expect(await tabsOf(page)).toEqual(namesOf(who.pages))
    for (const name of all.filter((each) => !who.pages.includes(each))) {
      await goTo(page, `#/${name}`)
      await read(page, said.nowhere.title)
      expect(await textOf(page)).toBe(nowhere)
    }
    await page.close()
  })

  test('say to a light agent what their role sees', async () => {
    await using world = await given({})
    await pair(stage, world, 'light-agent')
    const page = await stage.openOptions('/settings')
    await read(page, said.settings.restricted)
    expect(await page.$$('[role=alert]')).toEqual([])
    await page.close()
  })

  test('an address that names none leads back to one that there is', () =>
    visit(stage, {
      route: '/spent',
      act: async (page) => {
        await read(page, said.nowhere.title)
        await press(page, said.nowhere.home.replace('{{page}}', said.spend.tab))
        await page.waitForSelector(`[aria-label="${said.spend.thisMonth}"]`)
        expect(page.url()).toMatch(/#\/spend$/)
        await goTo(page, '#/receipts/one/two')
        await read(page, said.nowhere.title)
      },
    }))

  test('fold into one button where the window is narrow, and unfold by keyboard', () =>
    visit(stage, {
      route: '/keys',
      act: async (page) => {
        await page.setViewport({ width: 340, height: 700 })
        await page.waitForSelector('[data-key]')
        const seenLinks = () =>
          page.$$eval('nav a', (links) => links.filter((link) => link.checkVisibility()).length)
        expect(await seenLinks()).toBe(0)
        await page.focus('nav button')
        await page.keyboard.press('Enter')
        await page.waitForSelector('nav button[aria-expanded=true]')
        expect(await seenLinks()).toBe(all.length)
        await page.keyboard.press('Tab')
        await page.keyboard.press('Enter')
        await page.waitForSelector(`[aria-label="${said.spend.thisMonth}"]`)
        expect(await seenLinks()).toBe(0)
      },
    }))
})
