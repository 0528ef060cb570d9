import type { Words } from '../../../extension/ui/words/words.ts'
import { PairingCodeAnswer } from '../../../shared/pairing.ts'
import { type Desk, openDesk } from '../../demo/desk.ts'
import { simulatorKeys, type World } from '../../world.ts'
import { openAsking } from '../asking.ts'
import type { Stage } from '../chromium.ts'
import { button, fill, press, pressArmed, read, type Surface, see, sentence } from '../surfaces.ts'

/** What a tour passes by, and what is done at each stop. */
export type Stop = (surface: Surface, name: string) => Promise<void>

type Tour = { readonly stage: Stage; readonly world: World; readonly words: Words; readonly stop: Stop }

const codeIn = async (world: World): Promise<string> =>
  (await world.owner.change('POST', '/v1/pairing-codes', { kind: 'device' }, PairingCodeAnswer)).code

/** The owner's further browser: pairing, home, a key, the cap, a code. Leaves the browser paired. */
const throughPopup = async ({ stage, world, words, stop }: Tour): Promise<void> => {
  const { pairing, keys, cap, device } = words.popup
  const popup = await stage.openExtensionPage('popup.html')
  await popup.setViewport({ width: 360, height: 600 })
  await see(popup, 'textbox', pairing.address)
  await stop(popup, 'popup-pairing')
  await fill(popup, pairing.address, world.address())
  await fill(popup, pairing.code, await codeIn(world))
  await press(popup, pairing.pair)
  await read(popup, 'Acme Support')
  await button(popup, keys.connect)
  await stop(popup, 'popup-home')
  await press(popup, sentence(keys.menu, { provider: words.providers.anthropic }))
  await see(popup, 'menuitem', keys.disconnect)
  await stop(popup, 'popup-menu')
  await (await see(popup, 'menuitem', keys.disconnect)).click()
  await button(popup, words.popup.disconnect.confirm)
  await stop(popup, 'popup-disconnect')
  await press(popup, words.common.back)
  await press(popup, keys.connect)
  await button(popup, words.common.back)
  await stop(popup, 'popup-connect')
  await press(popup, words.common.back)
  await press(popup, cap.change)
  await fill(popup, cap.label, '?')
  await press(popup, cap.save)
  await read(popup, cap.malformed)
  await stop(popup, 'popup-cap')
  await press(popup, words.common.back)
  await press(popup, device.add)
  await press(popup, device.makeCode)
  await read(popup, device.code)
  await stop(popup, 'popup-device')
  await popup.close()
}

const throughOptions = async ({ stage, world, words, stop }: Tour): Promise<void> => {
  const { spend, receipts, receipt, team, channels, audit, caps, alerts, keys, playground, settings } =
    words.options
  const [first] = await world.owner.receipts()
  const routes = [
    ['/spend', spend.thisMonth, 'options-spend'],
    ['/receipts', receipts.time, 'options-receipts'],
    [`/receipts/${first?.id}`, receipt.reserved, 'options-receipt'],
    ['/caps', caps.full.goesOn, 'options-caps'],
    ['/alerts', alerts.list.emptyTitle, 'options-alerts'],
    ['/keys', keys.version, 'options-keys'],
    ['/team', team.roleMeans.owner, 'options-team'],
    ['/channels', channels.honest, 'options-channels'],
    ['/playground', playground.empty, 'options-playground'],
    ['/audit', audit.intro, 'options-audit'],
    ['/settings', settings.workspace.retention, 'options-settings'],
    ['/nowhere', words.options.nowhere.title, 'options-nowhere'],
  ] as const
  for (const [route, sign, name] of routes) {
    const page = await stage.openOptions(route)
    await read(page, sign)
    await stop(page, name)
    await page.close()
  }
}

/** What is done with keys: another secret is rehearsed and takes over, and an endpoint of one's own is described. */
const throughKeys = async ({ stage, words, stop }: Tour): Promise<void> => {
  const { rotation, connecting } = words
  const page = await stage.openOptions('/keys')
  await press(page, words.popup.keys.replace)
  await (await page.waitForSelector('input[type=password]'))?.type(simulatorKeys.anthropic)
  await press(page, rotation.rehearse)
  await read(page, rotation.cost)
  await stop(page, 'keys-rehearsed')
  await press(page, rotation.switch)
  await read(page, rotation.inFlight)
  await stop(page, 'keys-switched')
  await press(page, rotation.ready)
  await button(page, rotation.former.return)
  await stop(page, 'keys-former')
  await press(page, words.popup.keys.connect)
  await (await page.waitForSelector('input[value=compatible]'))?.click()
  await read(page, connecting.priceHint)
  await stop(page, 'keys-endpoint')
  await page.close()
}

/** The page behind a pairing link, in a browser that is paired already. */
const throughPairing = async ({ stage, world, words, stop }: Tour): Promise<void> => {
  const said = new URLSearchParams({ address: world.address(), code: await codeIn(world) })
  const page = await stage.openExtensionPage(`pair.html#${said}`)
  await read(page, words.pair.earlierHint)
  await stop(page, 'pair')
  await page.close()
}

const throughPanel = async ({ stage, words, stop }: Tour, desk: Desk): Promise<void> => {
  const { sending, ask, insert } = words.assistant
  const page = await stage.open(desk.address)
  await page.focus('#reply')
  await stage.pressShortcut(page)
  const panel = await stage.panel(page)
  await read(panel, sending.title)
  await button(panel, ask.draft)
  await stop(panel, 'panel-before')
  await pressArmed(panel, ask.draft)
  await panel.waitForSelector('[data-receipt]')
  await button(panel, insert.insert)
  await stop(panel, 'panel-drafted')
  await pressArmed(panel, insert.insert)
  await read(panel, insert.inserted)
  await stop(panel, 'panel-inserted')
  await page.close()
}

/** The window in which Insert asks where a browser cannot tell what covers the panel, also as narrow as a person may make it. */
const throughAsking = async ({ stage, words, stop }: Tour): Promise<void> => {
  const site = `https://${'a-long-name-of-a-desk.'.repeat(4)}example`
  const asking = await openAsking(stage, { text: '¿Dónde está?', site })
  await read(asking.window, words.assistant.confirm.title)
  await stop(asking.window, 'asking')
  await asking.window.setViewport({ width: 300, height: 400 })
  await stop(asking.window, 'asking-narrow')
  await asking.close()
}

/** Walks through popup, options and panel as the owner, and stops wherever there is something new to see. */
export const walk = async (tour: Tour): Promise<void> => {
  const desk = await openDesk()
  try {
    await throughPopup(tour)
    await throughOptions(tour)
    await throughKeys(tour)
    await throughPairing(tour)
    await throughPanel(tour, desk)
    await throughAsking(tour)
  } finally {
    await desk.close()
  }
}
