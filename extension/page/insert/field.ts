import type { Field } from '../box.ts'
import type { Insertion } from './insertion.ts'
import { pause } from './patience.ts'

/** Long enough for a framework to put its own value back if it does not accept ours. */
const settlingMs = 60

/** Into a plain field, as typing would: at the caret, over the selection, or over what was inserted before. */
export const insertIntoField = async (
  field: Field,
  text: string,
  previous: string | undefined,
): Promise<Insertion> => {
  const typed = fitting(field, text)
  if (previous !== undefined) selectPrevious(field, fitting(field, previous))
  const expected = valueWith(field, typed)
  if (field.maxLength >= 0 && expected.length > field.maxLength) return 'blocked'
  if (!typeIn(field, typed)) field.setRangeText(typed, ...range(field), 'end')
  await pause(settlingMs)
  return field.value === expected ? 'inserted' : 'blocked'
}

/** A one-line field takes no line breaks. */
const fitting = (field: Field, text: string): string =>
  field.localName === 'input' ? text.replace(/\s*\n\s*/g, ' ') : text

const range = (field: Field): [number, number] => {
  const end = field.value.length
  return [field.selectionStart ?? end, field.selectionEnd ?? end]
}

const valueWith = (field: Field, typed: string): string => {
  const [start, end] = range(field)
  return field.value.slice(0, start) + typed + field.value.slice(end)
}

const selectPrevious = (field: Field, previous: string): void => {
  if (previous === '' || field.selectionStart !== field.selectionEnd) return
  const at = field.value.indexOf(previous)
  if (at < 0 || field.value.indexOf(previous, at + 1) >= 0) return
  field.setSelectionRange(at, at + previous.length)
}

/**
 * Types by the browser's own editing command, which keeps the undo history. False only when nothing at all happened: once the page
 * has been told of an input, a second way could double the text.
 */
const typeIn = (field: Field, typed: string): boolean => {
  const before = field.value
  const heard = new AbortController()
  let told = false
  const listen = { capture: true, signal: heard.signal }
  const note = () => {
    told = true
  }
  field.addEventListener('beforeinput', note, listen)
  field.addEventListener('input', note, listen)
  const done = field.ownerDocument.execCommand('insertText', false, typed)
  heard.abort()
  return done || told || field.value !== before
}
