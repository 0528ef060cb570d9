import type { Page } from 'puppeteer'
import { exactAmount } from '../../../extension/ui/amounts.ts'
import type { Role } from '../../../shared/members.ts'
import { pico } from '../../../shared/money.ts'
import { PairingCodeAnswer } from '../../../shared/pairing.ts'
import { type Given, given, type World } from '../../world.ts'
import type { Stage } from '../chromium.ts'
import { fill, press, read, words } from '../surfaces.ts'

/** All digits, as the pages write them. */
export const exact = (amount: bigint): string => exactAmount(pico(amount), 'en-US')

const forget = async (popup: Page): Promise<void> => {
  await popup.evaluate(async () => {
    localStorage.clear()
    const { promise, resolve } = Promise.withResolvers<void>()
    const forgetting = indexedDB.deleteDatabase('ownkey')
    forgetting.onsuccess = () => resolve()
    await promise
  })
  await popup.reload()
}

/** Pairs the stage's browser with the world, as the owner or as a new member; what it kept before is forgotten. */
export const pair = async (stage: Stage, world: World, role?: Role): Promise<void> => {
  const asked = role === undefined ? { kind: 'device' } : { kind: 'invite', role }
  const { code } = await world.owner.change('POST', '/v1/pairing-codes', asked, PairingCodeAnswer)
  const popup = await stage.openExtensionPage('popup.html')
  await forget(popup)
  await fill(popup, words.popup.pairing.address, world.address())
  await fill(popup, words.popup.pairing.code, code)
  await press(popup, words.popup.pairing.pair)
  if (role !== undefined) {
    await fill(popup, words.popup.pairing.memberName, 'Aya Agent')
    await press(popup, words.popup.pairing.pair)
  }
  await read(popup, 'Acme Support')
  await popup.close()
}

/** What a test of a page is given, and where it begins. */
export type Visit = {
  readonly wish?: Given
  readonly route: string
  readonly prepare?: (world: World) => Promise<unknown>
  readonly act: (page: Page, world: World) => Promise<void>
}

/** A world with its owner's browser on a page of the options. */
export const visit = async (stage: Stage, { wish = {}, route, prepare, act }: Visit): Promise<void> => {
  await using world = await given(wish)
  await prepare?.(world)
  await pair(stage, world)
  const page = await stage.openOptions(route)
  try {
    await act(page, world)
  } finally {
    await page.close()
  }
}

export const threeDrafts = async (world: World): Promise<void> => {
  await world.owner.ask('Where is my parcel?')
  await world.owner.ask('I was charged twice in October.', { site: 'https://acme.zendesk.example' })
  await world.owner.ask('Thank you.')
}

/** The cells of rows as a person reads them. */
export const cellsOf = (page: Page, rows: string): Promise<string[][]> =>
  page.$$eval(rows, (found) => found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))

/** Changes the page's address as a person does who types it. */
export const goTo = (page: Page, hash: string): Promise<void> =>
  page.evaluate((to) => {
    location.hash = to
  }, hash)

/** Waits until so many elements are there. */
export const untilThereAre = async (page: Page, count: number, selector: string): Promise<void> => {
  await page.waitForFunction(
    (wanted, rows) => document.querySelectorAll(rows).length === wanted,
    { timeout: 60_000 },
    count,
    selector,
  )
}
