import type { Turn } from '../../../shared/drafts.ts'
import { captureBounds, type Turns } from './turns.ts'

/** What the person selected on the page, unless it stands in the box: it is all that they want to answer. */
export const selectedTurns = (page: Document, box: Element | undefined): Turns | undefined => {
  const selection = page.getSelection()
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const around = selection.getRangeAt(0).commonAncestorContainer
  if (
    box?.contains(around) === true ||
    around.contains(page.activeElement?.closest('input, textarea') ?? null)
  ) {
    return undefined
  }
  const words = selection
    .toString()
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  if (words.length < 2) return undefined
  const text = words.slice(0, captureBounds.turnText)
  const turns: readonly Turn[] = [{ author: 'unknown', text }]
  return { turns, leftOut: { characters: words.length - text.length, turns: 0 } }
}
