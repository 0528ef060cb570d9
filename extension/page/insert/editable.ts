import type { Insertion } from './insertion.ts'
import { comesTrue } from './patience.ts'

/** Editors that paste asynchronously do so within this time. */
const reactionMs = 200
/** How long an editor may go on rendering before what it shows is believed. */
const renderingMs = 600

/**
 * Into an editable region: first as a paste of plain text, which editors with a model of their own understand; if nobody took it,
 * by the browser's editing command. An editor that took it and shows nothing is not asked again.
 */
export const insertIntoEditable = async (
  element: HTMLElement,
  text: string,
  replaced: string,
): Promise<Insertion> => {
  const before = bare(shownText(element))
  const wanted = occurrences(before, text) - occurrences(bare(replaced), text) + 1
  const untaken = element.dispatchEvent(pasteOf(text))
  const changed = await comesTrue(() => bare(shownText(element)) !== before, reactionMs)
  if (!changed && untaken) element.ownerDocument.execCommand('insertText', false, text)
  const arrived = await comesTrue(() => occurrences(bare(shownText(element)), text) === wanted, renderingMs)
  return arrived ? 'inserted' : 'blocked'
}

/** Firefox drops `clipboardData` of a made event and fills it from `data` instead. */
const pasteOf = (text: string): ClipboardEvent => {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  const init = {
    clipboardData,
    dataType: 'text/plain',
    data: text,
    bubbles: true,
    cancelable: true,
    composed: true,
  }
  return new ClipboardEvent('paste', init)
}

const occurrences = (shown: string, text: string): number => {
  const sought = bare(text)
  return sought === '' ? 0 : shown.split(sought).length - 1
}

/** Editors differ in spaces, invisible marks and typographic quotes; the words must be the same. */
const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]+/gu, '')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟]/g, '"')

/** Some editors show an emoji as a picture with the emoji as its alternative text. */
const shownText = (node: Node): string => {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? ''
  if (isPicture(node)) return node.alt
  return [...node.childNodes].map(shownText).join('')
}

const isPicture = (node: Node): node is HTMLImageElement => node.nodeName === 'IMG'
