import type { ElementHandle, Frame, Page } from 'puppeteer'
import { english as words } from '../../extension/ui/words/english/english.ts'

/** A page of the extension, or its frame in somebody's page. */
export type Surface = Page | Frame

/** Milliseconds that a surface may take to show something: two cores may be busy with other tests. */
const PATIENCE_MS = 60_000

type RoleName = 'textbox' | 'link' | 'radio' | 'menuitem' | 'progressbar' | 'heading'

const quoted = (name: string): string => name.replaceAll('"', '\\"')

const named = (role: RoleName, name: string): string => `::-p-aria([name="${quoted(name)}"][role="${role}"])`

/** The enabled button that a person would call by this name; keys that are drawn on it do not belong to its name. */
const enabledButton = (name: string): Element | undefined => {
  const nameOf = (button: Element): string => {
    const copy = button.cloneNode(true)
    if (copy instanceof Element)
      for (const key of copy.querySelectorAll('kbd, .mantine-Kbd-root')) key.remove()
    return (button.getAttribute('aria-label') ?? copy.textContent ?? '').trim()
  }
  const isEnabled = (button: Element): boolean =>
    !button.matches(':disabled, [aria-disabled="true"], [data-disabled="true"], [data-loading="true"]')
  return [...document.querySelectorAll('button, [role="button"], a[href]')].find(
    (button) => isEnabled(button) && button.checkVisibility() && nameOf(button) === name,
  )
}

/** Waits for an enabled button (or a link that looks like one) of this name. */
export const button = async (surface: Surface, name: string): Promise<ElementHandle<Element>> => {
  const found = await surface.waitForFunction(enabledButton, { timeout: PATIENCE_MS }, name)
  const element = found.asElement()
  if (element === null) throw new Error(`There is no button “${name}”`)
  return element as ElementHandle<Element>
}

/** The button was drawn anew between the look and the click; a person would not have noticed. */
const isDetached = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('detached from document')

/** Presses a button as a person does, once it is there and enabled. */
export const press = async (surface: Surface, name: string): Promise<void> => {
  const found = await button(surface, name)
  try {
    await found.click()
  } catch (error) {
    if (!isDetached(error)) throw error
    await press(surface, name)
  }
  await found.dispose()
}

/** Milliseconds: a button that spends or writes must have been really visible for 500, and its own observer may hear a round later. */
const ARMED_AFTER_MS = 700

/** Presses such a button once the browser has said for long enough that nothing covers it, if it can say that at all. */
export const pressArmed = async (surface: Surface, name: string): Promise<void> => {
  const found = await button(surface, name)
  await found.evaluate(
    (element, armedAfterMs) =>
      new Promise<void>((resolve) => {
        if (!('isVisible' in IntersectionObserverEntry.prototype)) return resolve()
        const options = { threshold: [1], trackVisibility: true, delay: 100 }
        const observer = new IntersectionObserver((entries) => {
          const entry = entries.at(-1)
          if (entry === undefined || !('isVisible' in entry) || entry.isVisible !== true) return
          observer.disconnect()
          setTimeout(resolve, armedAfterMs)
        }, options)
        observer.observe(element)
      }),
    ARMED_AFTER_MS,
  )
  await found.click()
  await found.dispose()
}

/** Types into the text box with that label, replacing what stands there. */
export const fill = async (surface: Surface, label: string, text: string): Promise<void> => {
  const box = await see(surface, 'textbox', label)
  await retype(box, text)
}

/** The same for a field that hides what is typed; Firefox gives such a field no role. */
const fillSecret = async (surface: Surface, label: string, text: string): Promise<void> => {
  const labeled = (wanted: string): Element | undefined =>
    [...document.querySelectorAll<HTMLInputElement>('input[type=password]')].find((field) =>
      [...(field.labels ?? [])].some((each) => each.textContent?.includes(wanted)),
    )
  const found = await surface.waitForFunction(labeled, { timeout: PATIENCE_MS }, label)
  const field = found.asElement()
  if (field === null) throw new Error(`There is no hidden field “${label}”`)
  await retype(field as ElementHandle<Element>, text)
}

const retype = async (box: ElementHandle<Element>, text: string): Promise<void> => {
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

/** Waits until the surface says something of this form, and gives it. */
export const readLike = async (surface: Surface, pattern: RegExp): Promise<string> => {
  const found = await surface.waitForFunction(
    // biome-ignore lint/performance/useDomNodeTextContent: what a person can read is meant, not what is hidden
    (source) => new RegExp(source).exec(document.body?.innerText ?? '')?.[0],
    { timeout: PATIENCE_MS },
    pattern.source,
  )
  return String(await found.jsonValue())
}

/** All that a person reads on the surface now, white space collapsed. */
export const textOf = (surface: Surface): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: what a person can read is meant, not what is hidden
  surface.evaluate(() => document.body.innerText.replaceAll(/\s+/g, ' ').trim())

/** The sentence with its placeholders filled, as the surfaces write it. */
export const sentence = (text: string, facts: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => facts[name] ?? '')

type PairingWords = {
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
  await fillSecret(popup, sentence(connect.key, { provider: name }), key)
  await press(popup, connect.verify)
  await read(popup, connect.done)
}

export { words }
