import type { Surface } from '../surfaces.ts'

/** What has the focus: its name as a person would call it, and whether they see that it has it. */
export type Focus = { readonly name: string; readonly isLost: boolean; readonly isSeen: boolean }

/**
 * Looks at what has the focus. It is seen by its outline, or by what its like beside it, or the like of what surrounds it, does not
 * have: another edge, shadow or ground.
 */
export const focusIn = (surface: Surface): Promise<Focus> =>
  surface.evaluate(async () => {
    const changing = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.allSettled(changing.map(({ finished }) => finished))
    const SURROUNDINGS = 3
    const element = document.activeElement
    if (element === null || element === document.body) return { name: '', isLost: true, isSeen: false }

    const withoutKeys = (part: Element): string => {
      const copy = part.cloneNode(true)
      if (!(copy instanceof Element)) return ''
      for (const key of copy.querySelectorAll('kbd, .mantine-Kbd-root, [aria-hidden=true]')) key.remove()
      return (copy.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
    }
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : []
    const labelText = labels.map((label) => (label instanceof Element ? withoutKeys(label) : '')).join(' ')
    const name = element.getAttribute('aria-label') ?? (labelText || withoutKeys(element))

    const look = (part: Element): string => {
      const { borderColor, boxShadow, backgroundColor } = getComputedStyle(part)
      return [borderColor, boxShadow, backgroundColor].join()
    }
    const looksUnlikeItsLike = (part: Element): boolean => {
      const like = part.cloneNode(true)
      if (!(like instanceof HTMLElement) || part.parentElement === null) return false
      like.style.transition = 'none'
      for (const named of [like, ...like.querySelectorAll('[name], [id]')]) {
        named.removeAttribute('name')
        named.removeAttribute('id')
      }
      part.after(like)
      const differs = look(like) !== look(part)
      like.remove()
      return differs
    }
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const isOutlined =
      outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0 && outlineColor !== 'rgba(0, 0, 0, 0)'
    const around: Element[] = []
    for (
      let part: Element | null = element;
      part !== null && around.length < SURROUNDINGS;
      part = part.parentElement
    )
      around.push(part)
    return { name, isLost: false, isSeen: isOutlined || around.some(looksUnlikeItsLike) }
  })
