import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { german } from '../../extension/ui/words/german/german.ts'
import { DeviceList, Team } from '../../shared/members.ts'
import { type Given, given, type World } from '../world.ts'
import { openStage, type Stage, type StageOptions } from './chromium.ts'
import { misfits } from './languages/looks.ts'
import { flawsOf, forgetPairing, linkOf, pairByLink } from './links.ts'
import { button, fill, press, read, readLike, see, sentence, textOf, words } from './surfaces.ts'

const { team: said } = words.options

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

/** Somebody's browser on the Team page: the owner's further one, or that of a new member with this role. */
const onTeam = async (by: Stage, world: World, role?: 'admin' | 'agent'): Promise<Page> => {
  const name = role === undefined ? undefined : 'Ada Admin'
  await (await pairByLink(by, await linkOf(world, role), name)).close()
  return by.openOptions('/team')
}

const withTeam = async (
  act: (page: Page, world: World) => Promise<void>,
  { role, prepare, ...wish }: Given & { role?: 'admin' | 'agent'; prepare?: (world: World) => unknown } = {},
): Promise<void> => {
  await using world = await given({ keys: [], ...wish })
  await prepare?.(world)
  await forgetPairing(stage)
  const page = await onTeam(stage, world, role)
  try {
    await act(page, world)
  } finally {
    await page.close()
  }
}

const teamOf = (world: World): Promise<Team> => world.owner.read('/v1/members', Team)
const memberNamed = async (world: World, name: string) =>
  (await teamOf(world)).members.find((member) => member.name === name)

const choose = async (page: Page, menu: string, item: string): Promise<void> => {
  await press(page, menu)
  await (await see(page, 'menuitem', item)).click()
}

/** Opens the browsers of a member; the button's name ends with how many there are. */
const openBrowsers = async (page: Page, name: string, count: number): Promise<void> =>
  press(page, `${sentence(said.devices.of, { name })}: ${count}`)

/** Lets a member's browsers wait for approval, as a restore does. */
const suspend = (world: World, memberId: string): void => {
  const database = new DatabaseSync(join(world.dataFolder, 'ownkey.db'))
  database.prepare('update devices set suspended_at = created_at where member_id = ?').run(memberId)
  database.close()
}

describe('the Team page', () => {
  test('brings in a colleague by a link, changes what they may do, and signs them out for good', () =>
    withTeam(async (page, world) => {
      await read(page, said.invites.none)
      await press(page, said.invites.invite)
      await press(page, said.inviting.make)
      const link = await readLike(page, /http:\/\/127\.0\.0\.1:\d+\/pair#[0-9A-Z-]{26}/)
      const message = await page.$eval('textarea', (box) => box.value)
      expect(message).toContain(link)
      expect(message).toContain('Acme Support')
      await press(page, said.inviting.ready)
      await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
      expect(await textOf(page)).not.toContain(link)
      await page.waitForSelector(`[data-invite="${link.split('#')[1]?.slice(0, 6)}"]`)

      const guests = await openStage()
      const theirs = await pairByLink(guests, link, 'Aya Agent')
      await page.reload()
      await read(page, 'Aya Agent')
      await read(page, said.invites.none)

      const role = await page.waitForSelector(
        `select[aria-label="${sentence(said.roleOf, { name: 'Aya Agent' })}"]`,
      )
      await role?.select('admin')
      await read(page, sentence(said.changeRole.gains, { name: 'Aya Agent' }))
      expect((await memberNamed(world, 'Aya Agent'))?.role).toBe('agent')
      await press(page, said.changeRole.confirm)
      await read(page, sentence(said.changeRole.done, { name: 'Aya Agent', role: words.roles.admin }))
      expect((await memberNamed(world, 'Aya Agent'))?.role).toBe('admin')

      await choose(page, sentence(said.menuOf, { name: 'Aya Agent' }), said.remove.action)
      await read(page, said.remove.signsOut)
      await press(page, sentence(said.remove.confirm, { name: 'Aya Agent' }))
      await read(page, sentence(said.remove.done, { name: 'Aya Agent' }))
      expect(await memberNamed(world, 'Aya Agent')).toBeUndefined()
      await theirs.goto(`chrome-extension://${guests.extensionId}/options.html#/team`)
      await read(theirs, words.problems['device-removed'].happened)
      await guests.close()
    }))

  test('shows the owner first, and each with their browsers and last use', () =>
    withTeam(
      async (page, world) => {
        await page.waitForSelector('[data-member]')
        const names = await page.$$eval('[data-member]', (rows) =>
          rows.map((row) => row.querySelector('td')?.textContent ?? ''),
        )
        expect(names.map((text) => /^(Olive Owner|Ben|Zoe)/.exec(text)?.[0])).toEqual([
          'Olive Owner',
          'Ben',
          'Zoe',
        ])
        await openBrowsers(page, 'Olive Owner', 2)
        await read(page, said.devices.current)
        const { devices } = await world.owner.read('/v1/devices', DeviceList)
        const shown = await page.$$eval('[data-device]', (rows) => rows.length)
        expect(shown).toBe(devices.filter(({ memberId }) => memberId === devices[0]?.memberId).length)
        await page.waitForFunction(
          (name) => ![...document.querySelectorAll('select')].some((each) => each.ariaLabel?.includes(name)),
          {},
          'Olive Owner',
        )
      },
      {
        prepare: async (world) => {
          await world.owner.invite('agent', 'Zoe')
          await world.owner.invite('light-agent', 'Ben')
        },
      },
    ))

  test('lets a member see everybody’s receipts, and takes it back', () =>
    withTeam(
      async (page, world) => {
        for (const sees of [true, false]) {
          const reports = await page.waitForSelector(
            `input[aria-label="${sentence(said.reportsOf, { name: 'Zoe' })}"]:enabled`,
          )
          await reports?.evaluate((input) => input instanceof HTMLElement && input.click())
          await expect.poll(async () => (await memberNamed(world, 'Zoe'))?.seesReports).toBe(sees)
        }
      },
      { prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ))

  test('withdraws an invitation, whose link works no longer', () =>
    withTeam(async (page, world) => {
      const code = (await linkOf(world, 'agent')).split('#')[1] ?? ''
      await page.reload()
      const id = code.slice(0, 6)
      await press(page, sentence(said.invites.withdrawOf, { code: id }))
      await read(page, said.invites.withdrawHint)
      await press(page, words.common.cancel)
      await press(page, sentence(said.invites.withdrawOf, { code: id }))
      await press(page, said.invites.withdraw)
      await read(page, sentence(said.invites.withdrawn, { code: id }))
      const late = await world.newBrowser()
      expect((await late.askToPair(code, { memberName: 'Late' })).problem?.slug).toBe('pairing-refused')
    }))

  test('hands over ownership only to whom the owner names by hand', () =>
    withTeam(
      async (page, world) => {
        await choose(page, sentence(said.menuOf, { name: 'Zoe' }), said.handOver.action)
        await fill(page, sentence(said.handOver.type, { name: 'Zoe' }), 'Zo')
        const confirm = await page.waitForSelector(
          `::-p-xpath(//button[normalize-space()="${said.handOver.confirm}"])`,
        )
        expect(await confirm?.evaluate((element) => element.matches(':disabled, [data-disabled]'))).toBe(true)
        await fill(page, sentence(said.handOver.type, { name: 'Zoe' }), 'Ben')
        await read(page, said.handOver.mismatch)
        await fill(page, sentence(said.handOver.type, { name: 'Zoe' }), 'Zoe')
        await press(page, said.handOver.confirm)
        await read(page, sentence(said.handOver.done, { name: 'Zoe' }))
        expect((await memberNamed(world, 'Zoe'))?.role).toBe('owner')
        expect((await memberNamed(world, 'Olive Owner'))?.role).toBe('admin')
      },
      { prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ))

  test('approves a browser that waits after a restore, and removes one', () =>
    withTeam(
      async (page, world) => {
        const zoe = await memberNamed(world, 'Zoe')
        await page.waitForSelector('[data-member]')
        suspend(world, zoe?.id ?? '')
        await page.reload()
        await read(page, said.devices.waitingHint)
        const facts = { name: 'Zoe' }
        const device = await page.$eval('[data-device] p', (name) => name.textContent ?? '')
        await press(page, sentence(said.devices.approveOf, { ...facts, device }))
        await read(page, sentence(said.devices.approved, { device }))
        const { devices } = await world.owner.read('/v1/devices', DeviceList)
        expect(devices.filter(({ suspended }) => suspended)).toEqual([])
        await press(page, sentence(said.devices.removeOf, { ...facts, device }))
        await press(page, said.devices.remove)
        await read(page, sentence(said.devices.removed, { device }))
        expect((await memberNamed(world, 'Zoe'))?.devices).toBe(0)
      },
      { prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ))

  test('offers an admin nothing about the owner, and no ownership', () =>
    withTeam(
      async (page) => {
        await openBrowsers(page, 'Olive Owner', 1)
        await page.waitForSelector('[data-device]')
        expect(await page.$$eval('[data-device] button', (buttons) => buttons.length)).toBe(0)
        await choose(page, sentence(said.menuOf, { name: 'Zoe' }), said.remove.action)
        await press(page, words.common.cancel)
        const menus = await page.$$eval('[aria-haspopup=menu]', (found) => found.map((one) => one.ariaLabel))
        expect(menus).toEqual([sentence(said.menuOf, { name: 'Zoe' })])
      },
      { role: 'admin', prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ))

  test('shows an agent their own browsers and nobody else’s', () =>
    withTeam(
      async (page) => {
        await read(page, said.devices.yours)
        await page.waitForSelector('[data-device]')
        expect(await page.$$eval('[data-device]', (rows) => rows.length)).toBe(1)
        expect(await textOf(page)).not.toContain('Olive Owner')
        await press(page, words.popup.device.makeCode)
        await read(page, words.popup.device.link)
      },
      { role: 'agent' },
    ))

  test('gives the focus back to where a dialog was asked for', () =>
    withTeam(
      async (page) => {
        const invite = await button(page, said.invites.invite)
        await invite.focus()
        await page.keyboard.press('Enter')
        await button(page, said.inviting.make)
        await page.keyboard.press('Escape')
        await page.waitForFunction(() => document.querySelector('[role=dialog]') === null)
        expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(said.invites.invite)
        const menu = sentence(said.menuOf, { name: 'Zoe' })
        await choose(page, menu, said.remove.action)
        await button(page, sentence(said.remove.confirm, { name: 'Zoe' }))
        await page.keyboard.press('Escape')
        await page.waitForFunction((name) => document.activeElement?.ariaLabel === name, {}, menu)
      },
      { prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ))

  test('says that the vault does not answer, and goes on when it does', () =>
    withTeam(
      async (page, world) => {
        await read(page, said.invites.none)
        await world.kill()
        await press(page, said.invites.invite)
        await press(page, said.inviting.make)
        await read(page, words.problems['no-answer'].happened)
        await world.start()
        await press(page, said.inviting.make)
        await read(page, '/pair#')
      },
      { process: true },
    ))

  test.each(['light', 'dark'])('has no serious accessibility flaw in the %s scheme', (scheme) =>
    withTeam(
      async (page) => {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
        await openBrowsers(page, 'Olive Owner', 2)
        await page.waitForSelector('[data-device]')
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.invites.invite)
        await button(page, said.inviting.make)
        expect(await flawsOf(page)).toEqual([])
        await press(page, said.inviting.make)
        await button(page, said.inviting.copyMessage)
        expect(await flawsOf(page)).toEqual([])
      },
      { prepare: (world) => world.owner.invite('agent', 'Zoe') },
    ),
  )

  test('speaks German and fits a narrow window', async () => {
    await using world = await given({ keys: [] })
    await world.owner.invite('light-agent', 'Bartholomäus Freiherr von Hohenstein-Wiesenthal')
    await linkOf(world, 'agent')
    const options: StageOptions = { args: ['--accept-lang=de'] }
    const own = await openStage(options)
    const page = await own.openExtensionPage(`pair.html#${hashOf(await linkOf(world))}`)
    await press(page, german.popup.pairing.pair)
    await read(page, german.pair.done)
    await page.goto(`chrome-extension://${own.extensionId}/options.html#/team`)
    await read(page, german.options.team.roleMeans.owner)
    for (const width of [360, 1_280]) {
      await page.setViewport({ width, height: 800 })
      expect([width, await misfits(page)]).toEqual([width, []])
    }
    await press(page, german.options.team.invites.invite)
    await press(page, german.options.team.inviting.make)
    await button(page, german.options.team.inviting.copyMessage)
    await page.setViewport({ width: 360, height: 800 })
    expect(await misfits(page)).toEqual([])
    await own.close()
  })
})

const hashOf = (link: string): string => {
  const [address = '', code = ''] = link.split('/pair#')
  return new URLSearchParams({ address, code }).toString()
}
