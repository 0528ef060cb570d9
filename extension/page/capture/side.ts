import { shownParent } from '../flat-tree.ts'
import type { Survey } from './survey.ts'

/** `none`: the words take the whole width, or stand in the middle. */
export type Side = 'start' | 'end' | 'none'

/** On which side of its row the words of a block stand, by the direction of the page. */
export const sideOf = (block: Element, survey: Survey): Side => {
  const row = (shownParent(block) ?? block).getBoundingClientRect()
  const bubble = bubbleIn(block, survey).getBoundingClientRect()
  const before = bubble.left - row.left
  const after = row.right - bubble.right
  if (Math.abs(before - after) < row.width * 0.15) return 'none'
  const rightToLeft = block.ownerDocument.defaultView?.getComputedStyle(block).direction === 'rtl'
  return before > after === rightToLeft ? 'start' : 'end'
}

const bubbleIn = (element: Element, survey: Survey): Element => {
  const { text, parts } = survey.get(element) ?? { text: 0, parts: [] }
  const main = parts.find((part) => (survey.get(part)?.text ?? 0) >= text * 0.8)
  return main === undefined || isLine(main) ? element : bubbleIn(main, survey)
}

const isLine = (element: Element): boolean =>
  element.ownerDocument.defaultView?.getComputedStyle(element).display === 'inline'
