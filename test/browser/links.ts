import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'
import type { Role } from '../../shared/members.ts'
import { PairingCodeAnswer } from '../../shared/pairing.ts'
import { writePairingLink } from '../../shared/pairing-link.ts'
import type { World } from '../world.ts'
import type { Stage } from './chromium.ts'
import { fill, press, read, words } from './surfaces.ts'

/** A pairing link that the owner made: for a browser of their own, or for a new member of this role. */
export const linkOf = async (world: World, role?: Exclude<Role, 'owner'>): Promise<string> => {
  const asked = role === undefined ? { kind: 'device' } : { kind: 'invite', role }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  return writePairingLink({ address: world.address(), code })
}

/** The extension's pairing page of a link, reached by the vault's page as a person does. */
export const openPairing = async (stage: Stage, link: string): Promise<Page> => {
  const page = await stage.open(link)
  const open = await page.waitForSelector('#open', { visible: true })
  await Promise.all([page.waitForNavigation(), open?.click()])
  return page
}

/** Pairs the stage's browser by a link and ends on the page that says so; a name is typed where it is for a new member. */
export const pairByLink = async (stage: Stage, link: string, memberName?: string): Promise<Page> => {
  const page = await openPairing(stage, link)
  await press(page, words.popup.pairing.pair)
  if (memberName !== undefined) {
    await fill(page, words.popup.pairing.memberName, memberName)
    await press(page, words.popup.pairing.pair)
  }
  await read(page, words.pair.done)
  return page
}

/** The stage's browser as one that was never paired, without an open page of the extension. */
export const forgetPairing = async (stage: Stage): Promise<void> => {
  const pages = await stage.browser.pages()
  const ours = pages.filter((page) => page.url().startsWith('chrome-extension:'))
  await Promise.all(ours.map((page) => page.close()))
  const page = await stage.openExtensionPage('pair.html')
  await page.evaluate(async () => {
    localStorage.clear()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const forgetting = indexedDB.deleteDatabase('ownkey')
    forgetting.onsuccess = () => resolve()
    forgetting.onerror = () => reject(forgetting.error)
    await promise
  })
  await page.close()
}

/** The serious flaws that axe finds, each with its place. */
export const flawsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxePuppeteer(page).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
