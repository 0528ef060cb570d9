import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'puppeteer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { german } from '../../extension/ui/words/german/german.ts'
import { pairWords } from '../../server/http/pair/words.ts'
import { Team } from '../../shared/members.ts'
import { caughtIn } from '../canaries.ts'
import { type Given, given, type World } from '../world.ts'
import { openStage, type Stage, type StageOptions } from './chromium.ts'
import { misfits } from './languages/looks.ts'
import { flawsOf, forgetPairing, linkOf, openPairing, pairByLink } from './links.ts'
import { button, fill, press, read, see, sentence, textOf, words } from './surfaces.ts'

const { pair: said, popup } = words

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
})

afterAll(() => stage.close())

/** A world, and a browser that was never paired. */
const browsing = async (act: (world: World) => Promise<void>, wish: Given = {}): Promise<void> => {
  await using world = await given({ keys: [], ...wish })
  await forgetPairing(stage)
  await act(world)
}

/** The same with a browser of its own. */
const browsingApart = async (
  options: StageOptions,
  act: (own: Stage, world: World) => Promise<void>,
): Promise<void> => {
  await using world = await given({ keys: [] })
  const own = await openStage(options)
  try {
    await act(own, world)
  } finally {
    await own.close()
  }
}

/** A page of somebody on the web, at this name. */
const onTheWeb = async (
  host: string,
  html: string,
  act: (address: string) => Promise<void>,
): Promise<void> => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end(html)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await act(`http://${host}:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const codeIn = (link: string): string => link.split('#')[1] ?? ''
const secretIn = (link: string): string[] => {
  const [, ...groups] = codeIn(link).split('-')
  return [groups.join('-'), groups.join('')]
}

const typedIn = async (page: Page, label: string): Promise<string> =>
  (await see(page, 'textbox', label)).evaluate((box) => ('value' in box ? String(box.value) : ''))

/** The addresses that a tab's own history holds now. */
const backAndForth = async (page: Page): Promise<string[]> => {
  const client = await page.createCDPSession()
  const { entries } = await client.send('Page.getNavigationHistory')
  await client.detach()
  return entries.map(({ url }) => url)
}

describe('a pairing link', () => {
  test('brings in a member who types nothing but their name', () =>
    browsing(async (world) => {
      const link = await linkOf(world, 'agent')
      const page = await openPairing(stage, link)
      expect(await typedIn(page, popup.pairing.address)).toBe(world.address())
      expect(await typedIn(page, popup.pairing.code)).toBe(codeIn(link))
      expect(await textOf(page)).toContain(said.whose)
      await press(page, popup.pairing.pair)
      await fill(page, popup.pairing.memberName, 'Aya Agent')
      expect(await textOf(page)).not.toContain(popup.pairing.workspaceName)
      await press(page, popup.pairing.pair)
      await read(page, said.done)
      await read(page, sentence(said.role, { role: words.roles.agent }))
      const { members } = await world.owner.read('/v1/members', Team)
      expect(members.map(({ name, role }) => [name, role])).toEqual([
        ['Olive Owner', 'owner'],
        ['Aya Agent', 'agent'],
      ])
    }))

  test('leaves its code in no address that can be gone back to, and sends it to no vault', () =>
    browsing(
      async (world) => {
        const link = await linkOf(world)
        const explained = await stage.open(link)
        await explained.waitForSelector('#open', { visible: true })
        expect(explained.url()).toBe(`${world.address()}/pair`)
        const page = await pairByLink(stage, link)
        expect(page.url()).toBe(`chrome-extension://${stage.extensionId}/pair.html`)
        const secrets = secretIn(link).map((text) => ({ name: 'code', text }))
        expect(caughtIn((await backAndForth(page)).join('\n'), secrets)).toEqual([])
        expect(caughtIn((await backAndForth(explained)).join('\n'), secrets)).toEqual([])
        expect(world.output()).toContain('/pair')
        expect(caughtIn(world.output(), secrets)).toEqual([])
        expect(caughtIn(await world.stored(), secrets)).toEqual([])
      },
      { process: true, settings: { OWNKEY_LOG: 'debug' } },
    ))

  test('fills in the popup when it is pasted into either field', () =>
    browsing(async (world) => {
      for (const field of [popup.pairing.address, popup.pairing.code]) {
        const link = await linkOf(world)
        const page = await stage.openExtensionPage('popup.html')
        const box = await see(page, 'textbox', field)
        await box.focus()
        await page.keyboard.sendCharacter(`<${link}>`)
        expect(await typedIn(page, popup.pairing.address)).toBe(world.address())
        expect(await typedIn(page, popup.pairing.code)).toBe(codeIn(link))
        await page.evaluate(() => localStorage.clear())
        await page.close()
      }
    }))

  test('says what is wrong when it was used before', () =>
    browsing(async (world) => {
      const link = await linkOf(world, 'agent')
      await (await pairByLink(stage, link, 'Aya Agent')).close()
      const again = await openPairing(stage, link)
      await (await again.waitForSelector('input[type=checkbox]'))?.click()
      await press(again, popup.pairing.pair)
      await read(again, words.problems['pairing-refused'].happened)
    }))
})

describe('the page of the vault behind a link', () => {
  const { en } = pairWords

  test('offers by hand what it cannot open: link, address and code to copy', () =>
    browsingApart({}, async (own, world) => {
      const link = await linkOf(world)
      const context = own.browser.defaultBrowserContext()
      await context.setPermission(world.address(), {
        permission: { name: 'clipboard-write' },
        state: 'granted',
      })
      await context.setPermission(world.address(), {
        permission: { name: 'clipboard-read' },
        state: 'granted',
      })
      await own.browser.uninstallExtension(own.extensionId)
      const page = await own.open(link)
      await read(page, en.install)
      expect(await page.$eval('#installed', (part) => part.checkVisibility())).toBe(false)
      await page.bringToFront()
      for (const [name, text] of [
        [en.copyLink, link],
        [en.copyAddress, world.address()],
        [en.copyCode, codeIn(link)],
      ] as const) {
        await press(page, name)
        await read(page, en.copied)
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
        await button(page, name)
      }
    }))

  test('says what is missing when it is opened without its code', () =>
    browsing(async (world) => {
      for (const hash of ['', '#', '#7F3K9Q', '#<img src=x onerror=alert(1)>']) {
        const page = await stage.open(`${world.address()}/pair${hash}`)
        await read(page, en.noCode)
        expect(await textOf(page)).not.toContain(en.paste)
        await page.close()
      }
    }))
})

describe('the pairing page of the extension', () => {
  test('shows nothing in a frame, where a click could be stolen', () => {
    const hash = 'address=https%3A%2F%2Fevil.example&code=7F3K9Q-AAAA-BBBB-CCCC-DDDD'
    const framing = `<iframe src="chrome-extension://${stage.extensionId}/pair.html#${hash}"></iframe>`
    return onTheWeb('127.0.0.1', framing, async (address) => {
      const page = await stage.open(address)
      const frame = await page.waitForFrame((one) => one.url().includes('/pair.html'))
      await frame.waitForFunction(() => document.readyState === 'complete' && location.hash === '')
      const itself = await stage.openExtensionPage('pair.html')
      await see(itself, 'textbox', popup.pairing.address)
      await itself.close()
      expect(await frame.evaluate(() => document.getElementById('root')?.childElementCount)).toBe(0)
      await page.close()
    })
  })

  test('cannot be reached from a page that could not be a vault', () => {
    const luring = `<a href="chrome-extension://${stage.extensionId}/pair.html">Win a prize</a>`
    return onTheWeb('prizes.test', luring, async (address) => {
      const page = await stage.open(address)
      await page.click('a')
      await page.waitForFunction(() => location.protocol === 'chrome-error:')
      await page.close()
    })
  })

  test('takes no click that comes with its appearing', () =>
    browsing(async (world) => {
      const link = await linkOf(world, 'agent')
      const page = await openPairing(stage, link)
      const submit = await page.waitForSelector('button[type=submit]')
      expect(await submit?.evaluate((element) => element.matches(':disabled'))).toBe(true)
      await button(page, popup.pairing.pair)
    }))

  test('believes no address that is none of a vault', () =>
    browsing(async () => {
      for (const [address, code] of [
        ['javascript:alert(1)', '7F3K9Q-AAAA-BBBB-CCCC-DDDD'],
        ['https://vault.example', '<script>'],
        ['', ''],
      ] as const) {
        const page = await stage.openExtensionPage(`pair.html#${new URLSearchParams({ address, code })}`)
        expect(await typedIn(page, popup.pairing.address)).toBe('')
        expect(await typedIn(page, popup.pairing.code)).toBe('')
        await page.close()
      }
    }))

  test('says whose browser this is, and forgets that only when the person says so', () =>
    browsing(async (world) => {
      await (await pairByLink(stage, await linkOf(world, 'agent'), 'Aya Agent')).close()
      const page = await openPairing(stage, await linkOf(world))
      await read(page, sentence(said.earlier, { workspace: 'Acme Support', address: world.address() }))
      await new Promise((resolve) => setTimeout(resolve, 1_500))
      const submit = await page.waitForSelector('button[type=submit]')
      expect(await submit?.evaluate((element) => element.matches(':disabled'))).toBe(true)
      await (await page.waitForSelector('input[type=checkbox]'))?.click()
      await press(page, popup.pairing.pair)
      await read(page, said.done)
      await read(page, sentence(said.role, { role: words.roles.owner }))
    }))
})

describe('both pages of pairing', () => {
  test.each(['light', 'dark'])('have no serious accessibility flaw in the %s scheme', (scheme) =>
    browsing(async (world) => {
      const link = await linkOf(world, 'agent')
      const explained = await stage.open(link)
      await explained.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await explained.waitForSelector('#open', { visible: true })
      expect(await flawsOf(explained)).toEqual([])
      const page = await openPairing(stage, link)
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await button(page, popup.pairing.pair)
      expect(await flawsOf(page)).toEqual([])
      await press(page, popup.pairing.pair)
      await fill(page, popup.pairing.memberName, 'Aya Agent')
      await press(page, popup.pairing.pair)
      await read(page, words.pair.next)
      expect(await flawsOf(page)).toEqual([])
      const again = await openPairing(stage, await linkOf(world))
      await again.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await read(again, words.pair.earlierHint)
      expect(await flawsOf(again)).toEqual([])
    }),
  )

  test('speak German and fit a narrow window', () =>
    browsingApart({ args: ['--accept-lang=de'] }, async (own, world) => {
      const explained = await own.open(await linkOf(world, 'agent'))
      await explained.setViewport({ width: 340, height: 800 })
      await read(explained, pairWords.de.lead)
      await explained.waitForSelector('#open', { visible: true })
      expect(await misfits(explained)).toEqual([])
      await Promise.all([explained.waitForNavigation(), explained.click('#open')])
      await read(explained, german.pair.whose)
      expect(await misfits(explained)).toEqual([])
    }))
})
