import { isElement, isText, shownChildren } from '../flat-tree.ts'

/** What stands below one element, in characters and pieces. */
export type Measure = {
  text: number
  linkText: number
  times: number
  fields: number
  /** Elements below that hold text themselves or further down, in the order in which they are shown. */
  readonly parts: readonly Element[]
}

/** Every shown element that holds text, with its measure. */
export type Survey = ReadonlyMap<Element, Measure>

const neverMeasured =
  'script, style, template, noscript, svg, canvas, video, audio, object, select, [hidden], [data-ownkey]'
const fields = 'input, textarea, [contenteditable]:not([contenteditable=false])'
const deepest = 400

/** Measures everything once, from the leaves up, so that later questions cost nothing. Nothing is written, so the page is laid out at most once. */
export const surveyOf = (root: Element): Survey => {
  const survey = new Map<Element, Measure>()
  measure(root, survey, 0, false)
  return survey
}

const measure = (
  element: Element,
  survey: Map<Element, Measure>,
  depth: number,
  linked: boolean,
): Measure | undefined => {
  if (depth > deepest || element.matches(neverMeasured) || !isShown(element)) return undefined
  if (element.matches(fields)) return { text: 0, linkText: 0, times: 0, fields: 1, parts: [] }
  const parts: Element[] = []
  const sum = {
    text: 0,
    linkText: 0,
    times: element.matches('time, relative-time, [datetime]') ? 1 : 0,
    fields: 0,
    parts,
  }
  const inLink = linked || element.localName === 'a'
  for (const child of shownChildren(element)) {
    if (isText(child)) addText(sum, child.data.trim().length, inLink)
    else if (isElement(child)) addPart(sum, parts, child, measure(child, survey, depth + 1, inLink))
  }
  if (sum.text > 0) survey.set(element, sum)
  return sum
}

const addText = (sum: Measure, characters: number, linked: boolean): void => {
  sum.text += characters
  if (linked) sum.linkText += characters
}

const addPart = (sum: Measure, parts: Element[], child: Element, part: Measure | undefined): void => {
  if (part === undefined) return
  sum.text += part.text
  sum.linkText += part.linkText
  sum.times += part.times
  sum.fields += part.fields
  if (part.text > 0) parts.push(child)
}

/** `display: contents` has no box of its own and yet shows its children. */
const isShown = (element: Element): boolean =>
  element.checkVisibility() ||
  element.ownerDocument.defaultView?.getComputedStyle(element).display === 'contents'
