import { type Box, boxAt, focusedBox, largestBox } from './box.ts'
import { type Caret, caretIn, returnCaret } from './caret.ts'
import { documentIn, isElement, isNode } from './flat-tree.ts'

const atEnd: Caret = { range: undefined }

/**
 * Which box the reply belongs to while the panel has the focus: the one that had it last, else the largest that can be seen.
 * A box that has left the document is `gone`; another one takes its place only when the person asks for that.
 */
export type BoxMemory = {
  readonly current: () => Box | undefined
  readonly caret: () => Caret
  readonly forInsert: (anywhere: boolean) => Box | 'gone' | undefined
  /** A new gesture: what has the focus now is the box, if it is one. */
  readonly lookAgain: () => void
  readonly returnFocus: () => void
}

export const boxMemory = (signal: AbortSignal): BoxMemory => {
  let box: Box | undefined
  let caret = atEnd

  const remember = (found: Box | undefined) => {
    box = found
    caret = found === undefined ? atEnd : caretIn(found)
  }
  const lookAgain = () => remember(focusedBox(document) ?? inDocument(box) ?? largestBox(document))
  const noticeFocus = (event: Event) => {
    const found = boxOfEvent(event)
    if (found !== undefined) remember(found)
  }
  const noticeCaret = () => {
    const now = box && caretIn(box)
    if (now?.range !== undefined) caret = now
  }
  const listenIn = (page: Document) =>
    page.addEventListener('focusin', noticeFocus, { signal, capture: true })
  const current = () => {
    if (inDocument(box) === undefined) lookAgain()
    return box
  }

  lookAgain()
  for (const page of [document, ...framedDocuments()]) listenIn(page)
  document.addEventListener('selectionchange', noticeCaret, { signal })
  return {
    current,
    caret: () => caret,
    forInsert: (anywhere) =>
      box !== undefined && !box.element.isConnected && !anywhere ? 'gone' : current(),
    lookAgain,
    returnFocus: () => {
      if (box?.element.isConnected === true) returnCaret(box, caret)
    },
  }
}

const inDocument = (box: Box | undefined): Box | undefined =>
  box?.element.isConnected === true ? box : undefined

/** A document is not told of the focus inside of its frames. */
const framedDocuments = (): readonly Document[] =>
  [...document.querySelectorAll('iframe')].flatMap((frame) => documentIn(frame) ?? [])

const boxOfEvent = (event: Event): Box | undefined => {
  const [target] = event.composedPath()
  return target !== undefined && isNode(target) && isElement(target) ? boxAt(target) : undefined
}
