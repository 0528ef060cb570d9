import type { Box } from '../box.ts'
import { beginUndoStep, type Caret, returnCaret, selectedIn } from '../caret.ts'
import { insertIntoEditable } from './editable.ts'
import { insertIntoField } from './field.ts'

/** `blocked`: it did not arrive, or not as it was; nothing is tried a second time. */
export type Insertion = 'inserted' | 'blocked'

/**
 * Puts the text into the box once, at the caret or over the selection, as one step of the page's own undo. `previous` is what was
 * inserted there before: in a field that still holds it unchanged, it is replaced instead of doubled.
 */
export const insertInto = (
  box: Box,
  text: string,
  caret: Caret,
  previous: string | undefined,
): Promise<Insertion> => {
  const lines = text.replace(/\r\n?/g, '\n')
  returnCaret(box, caret)
  if (box.kind === 'field') return insertIntoField(box.element, lines, previous)
  beginUndoStep(box.element)
  return insertIntoEditable(box.element, lines, selectedIn(box.element))
}
