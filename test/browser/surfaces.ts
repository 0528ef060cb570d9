import type { Frame, Page } from 'puppeteer'
import { english as words } from '../../extension/ui/words/english/english.ts'

/** A page of the extension, or its frame in somebody's page. */
export type Surface = Page | Frame

/** Milliseconds that a surface may take to show something: two cores may be busy with other tests. */
const PATIENCE_MS = 60_000

type RoleName = 'button' | 'textbox' | 'link' | 'radio' | 'menuitem' | 'progressbar'

const quoted = (name: string): string => name.replaceAll('"', '\\"')

const named = (role: RoleName, name: string): string => `::-p-aria([name="${quoted(name)}"][role="${role}"])`

/** Presses a button as a person does, once it is there, at rest and enabled. */
export const press = (surface: Surface, name: string): Promise<void> =>
  surface.locator(named('button', name)).setTimeout(PATIENCE_MS).click()

/** Types into the text box with that label, replacing what stands there. */
export const fill = async (surface: Surface, label: string, text: string): Promise<void> => {
  const box = await see(surface, 'textbox', label)
  await box.click({ count: 3 })
  await box.press('Backspace')
  await box.type(text)
  await box.dispose()
}

/** Waits until something with this role and name is there. */
export const see = async (surface: Surface, role: RoleName, name: string) => {
  const found = await surface.waitForSelector(named(role, name), { timeout: PATIENCE_MS })
  if (found === null) throw new Error(`There is no ${role} “${name}”`)
  return found
}

/** Waits until the surface says this text somewhere. */
export const read = async (surface: Surface, text: string): Promise<void> => {
  await surface.waitForFunction(
    // biome-ignore lint/performance/useDomNodeTextContent: what a person can read is meant, not what is hidden
    (wanted) => document.body?.innerText.replaceAll(/\s+/g, ' ').includes(wanted),
    { timeout: PATIENCE_MS },
    text,
  )
}

/** All that a person reads on the surface now, white space collapsed. */
export const textOf = (surface: Surface): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: what a person can read is meant, not what is hidden
  surface.evaluate(() => document.body.innerText.replaceAll(/\s+/g, ' ').trim())

/** The sentence with its placeholders filled, as the surfaces write it. */
export const sentence = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '')

export type PairingWords = {
  readonly address: string
  readonly code: string
  readonly memberName: string
  readonly workspaceName: string
}

/** Pairs through the popup: address and code first, the names when the vault asks for them. Ends at the popup's home. */
export const pairByPopup = async (popup: Page, typed: PairingWords): Promise<void> => {
  const { pairing } = words.popup
  await fill(popup, pairing.address, typed.address)
  await fill(popup, pairing.code, typed.code)
  await press(popup, pairing.pair)
  await fill(popup, pairing.memberName, typed.memberName)
  await fill(popup, pairing.workspaceName, typed.workspaceName)
  await press(popup, pairing.pair)
  await read(popup, typed.workspaceName)
}

/** Connects a key through the popup's home and ends at “Verified and saved”. */
export const connectKeyByPopup = async (
  popup: Page,
  provider: keyof typeof words.providers,
  key: string,
): Promise<void> => {
  const { keys, connect } = words.popup
  const name = words.providers[provider]
  await press(popup, keys.connect)
  await fill(popup, sentence(connect.key, { provider: name }), key)
  await press(popup, connect.verify)
  await read(popup, connect.done)
}

export { words }
