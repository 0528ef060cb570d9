import { isElement, isText, shownChildren } from '../flat-tree.ts'
import { type Backdrop, backdropUnder, isHidden, pageBackdrop, styleOf } from './hidden.ts'
import { LineWriter } from './line-writer.ts'

/** A run of text in one element. `control`: the words of a button or menu, which are no part of a message. */
export type Chunk = { readonly text: string; readonly element: Element; readonly control: boolean }

/** One line as shown. `gap`: a blank line or a paragraph's distance stands before it. `quoted`: inside a quotation of earlier mail. */
export type Line = { readonly chunks: readonly Chunk[]; readonly gap: boolean; readonly quoted: boolean }

/** What was read, and how many characters did not fit. */
export type Reading = { readonly lines: readonly Line[]; readonly leftOut: number }

const neverText =
  'script, style, template, noscript, svg, canvas, video, audio, object, select, input, textarea, option, [hidden], [data-ownkey], dialog:not([open])'
const controls =
  'button, nav, [role=button], [role=menu], [role=menuitem], [role=tab], [role=toolbar], [role=tooltip], [role=switch]'
const quotations = 'blockquote[type=cite], .gmail_quote, .yahoo_quoted, .moz-cite-prefix, [data-quoted]'
/** A button with more words than this is a whole message that can be clicked. */
const controlCharacters = 80

type Context = {
  readonly element: Element
  readonly pre: boolean
  readonly quoted: boolean
  readonly control: boolean
  readonly backdrop: Backdrop
}

/** Reads what a person can see in the element, line by line, up to `budget` characters and without anything in `without`. */
export const readLines = (root: Element, budget: number, without?: Element): Reading => {
  const writer = new LineWriter(budget)
  const above = { element: root, pre: false, quoted: false, control: false, backdrop: pageBackdrop }
  readElement(root, above, { writer, without })
  return writer.finish()
}

type Task = { readonly writer: LineWriter; readonly without: Element | undefined }

const readElement = (element: Element, above: Context, task: Task): void => {
  if (element === task.without || element.matches(neverText)) return
  if (task.writer.isFull) task.writer.leave(element.textContent ?? '')
  else if (element.localName === 'br') task.writer.breakLine()
  else if (element.localName === 'img') readPicture(element, above, task)
  else readShown(element, above, task)
}

const readShown = (element: Element, above: Context, task: Task): void => {
  const style = styleOf(element)
  if (style === undefined || isHidden(style, above.backdrop) || isIcon(element)) return
  const context = contextIn(element, style, above)
  const gap = blockGap(element, style)
  if (gap !== undefined) task.writer.boundary(gap)
  const bullet = bulletOf(element)
  if (bullet !== '') task.writer.add(bullet, context)
  for (const child of shownChildren(element)) readNode(child, context, task)
  if (gap !== undefined) task.writer.boundary(gap)
  else if (style.display !== 'inline') task.writer.space()
}

const readNode = (node: Node, context: Context, task: Task): void => {
  if (isText(node)) task.writer.add(node.data, context)
  else if (isElement(node)) readElement(node, context, task)
}

const readPicture = (element: Element, context: Context, { writer }: Task): void => {
  const words = element.getAttribute('alt') ?? ''
  if (/\p{Extended_Pictographic}/u.test(words) && words.length < 12) writer.add(words, context)
}

const contextIn = (element: Element, style: CSSStyleDeclaration, above: Context): Context => ({
  element,
  pre: /^(preserve|break-spaces)/.test(style.whiteSpaceCollapse),
  quoted: above.quoted || element.matches(quotations),
  control: above.control || isControl(element),
  backdrop: backdropUnder(style, above.backdrop),
})

const isControl = (element: Element): boolean =>
  element.matches(controls) && (element.textContent ?? '').trim().length < controlCharacters

/** Icon fonts put the name of the picture into the text. */
const isIcon = (element: Element): boolean =>
  element.getAttribute('aria-hidden') === 'true' && /^\s*\S{0,30}\s*$/.test(element.textContent ?? '')

/** Undefined for what runs along in the line; otherwise whether a distance is shown before and after it. */
const blockGap = (element: Element, { display, marginTop, marginBottom }: CSSStyleDeclaration) => {
  if (/^(inline|contents|ruby|table-cell)/.test(display)) return undefined
  if (element.localName === 'li') return false
  return Number.parseFloat(marginTop) >= 6 || Number.parseFloat(marginBottom) >= 6
}

const bulletOf = (element: Element): string => {
  const list = element.localName === 'li' ? element.parentElement : null
  if (list === null || styleOf(list)?.listStyleType === 'none') return ''
  if (list.localName === 'ol') return `${[...list.children].indexOf(element) + 1}. `
  return list.localName === 'ul' ? '- ' : ''
}
