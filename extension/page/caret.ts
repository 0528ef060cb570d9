import type { Box } from './box.ts'

/** Where typing would go, or what it would replace. Fields keep theirs; an editable region loses it when something else is selected. */
export type Caret = { readonly range: Range | undefined }

/** Where typing would go in the box now; it stays when the focus leaves. */
export const caretIn = (box: Box): Caret => {
  if (box.kind === 'field') return { range: undefined }
  return { range: selectedRange(box.element)?.cloneRange() }
}

/** Gives the box the focus and its old caret; without one the caret goes to the end. */
export const returnCaret = (box: Box, caret: Caret): void => {
  box.element.focus({ preventScroll: true })
  if (box.kind === 'field' || selectedRange(box.element) !== undefined) return
  const selection = selectionFor(box.element)
  selection?.removeAllRanges()
  selection?.addRange(usable(caret.range, box.element) ?? endOf(box.element))
}

/**
 * Ends the browser's present step of undo in an editable region, so that what comes next is not undone together with what the person
 * had typed: a selection that is set anew does that.
 */
export const beginUndoStep = (element: Element): void => {
  const range = selectedRange(element)?.cloneRange()
  const selection = selectionFor(element)
  if (range === undefined || selection === undefined) return
  selection.removeAllRanges()
  selection.addRange(range)
}

/** The text that typing into this editable region would replace. */
export const selectedIn = (element: Element): string => selectedRange(element)?.toString() ?? ''

const usable = (range: Range | undefined, element: Element): Range | undefined =>
  range !== undefined && element.contains(range.commonAncestorContainer) ? range : undefined

const endOf = (element: Element): Range => {
  const range = element.ownerDocument.createRange()
  range.selectNodeContents(element)
  range.collapse(false)
  return range
}

const selectedRange = (element: Element): Range | undefined => {
  const selection = selectionFor(element)
  if (selection === undefined || selection.rangeCount === 0) return undefined
  return usable(selection.getRangeAt(0), element)
}

type WithSelection = { getSelection: () => Selection | null }

/** Chromium keeps a selection of its own in each shadow root and offers it there; elsewhere the document's is the only one. */
const hasSelection = (root: Node): root is Node & WithSelection => 'getSelection' in root

const selectionFor = (element: Element): Selection | undefined => {
  const root = element.getRootNode()
  const own = hasSelection(root) ? root.getSelection() : element.ownerDocument.getSelection()
  return own ?? undefined
}
