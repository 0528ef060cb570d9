import type { Surface } from '../surfaces.ts'

/** What sticks out of the window at a side, or is cut off inside a button, as a person would point at it. */
export const misfits = (surface: Surface): Promise<string[]> =>
  surface.evaluate(() => {
    const SLACK = 1
    const root = document.documentElement
    const scrolls = (element: Element): boolean => getComputedStyle(element).overflowX !== 'visible'
    const isClipped = (element: Element): boolean => {
      for (let above = element.parentElement; above !== null && above !== root; above = above.parentElement)
        if (above !== document.body && scrolls(above)) return true
      return false
    }
    const isOutside = (element: Element): boolean => {
      const { left, right, width } = element.getBoundingClientRect()
      return width > SLACK && (left < -SLACK || right > root.clientWidth + SLACK)
    }
    const isCut = (element: Element): boolean =>
      element.matches('button, button *, th, label, kbd') &&
      scrolls(element) &&
      getComputedStyle(element).textOverflow !== 'ellipsis' &&
      element.scrollWidth > element.clientWidth + SLACK
    const nameOf = (element: Element): string =>
      `${element.tagName.toLowerCase()} “${(element.textContent ?? '').trim().slice(0, 60)}”`
    const seen = [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility())
    const found = [
      ...seen
        .filter((element) => isOutside(element) && !isClipped(element))
        .map((it) => `outside: ${nameOf(it)}`),
      ...seen.filter(isCut).map((it) => `cut: ${nameOf(it)}`),
    ]
    const wider = root.scrollWidth > root.clientWidth
    return wider ? [`the page is ${root.scrollWidth} wide in ${root.clientWidth}`, ...found] : found
  })

/**
 * Everything that a surface says: texts that can be seen, and the names, titles and hints of what is there. Left out are other
 * people's words, which stand in elements of their own direction, what is typed, and keys.
 */
export const sayings = (surface: Surface): Promise<string[]> =>
  surface.evaluate(() => {
    const others = '[dir="auto"], script, style, textarea, kbd, [aria-hidden="true"] textarea'
    const names = ['aria-label', 'title', 'placeholder', 'alt']
    const said: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const holder = node.parentElement
      if (holder !== null && holder.closest(others) === null && holder.checkVisibility())
        said.push(node.nodeValue ?? '')
    }
    for (const element of document.body.querySelectorAll('*:not([aria-hidden="true"])'))
      for (const name of names) said.push(element.getAttribute(name) ?? '')
    return said.map((text) => text.trim()).filter((text) => text !== '')
  })
