import { documentIn, isHtml, rootsBelow } from './flat-tree.ts'

/** A plain field of a form. */
export type Field = HTMLInputElement | HTMLTextAreaElement

/** A place to type a reply: a plain field, or the root of an editable region with whatever editor is behind it. */
export type Box =
  | { readonly kind: 'field'; readonly element: Field }
  | { readonly kind: 'editable'; readonly element: HTMLElement }

const typedAsText = new Set(['text', 'url', 'tel'])
const notForReplies =
  '[type=search], [role=searchbox], [role=combobox], [role=search] *, [aria-autocomplete=list]'

const isField = (element: Element): element is Field =>
  element.localName === 'textarea' || element.localName === 'input'

const takesReply = (field: Field): boolean => {
  if (field.disabled || field.readOnly || field.matches(notForReplies)) return false
  return field.localName === 'textarea' || typedAsText.has(field.type)
}

/** The box that this element is, or is inside of. */
export const boxAt = (element: Element): Box | undefined => {
  if (isField(element)) return takesReply(element) ? { kind: 'field', element } : undefined
  if (!isHtml(element)) return undefined
  if (element.ownerDocument.designMode === 'on') return editable(element.ownerDocument.body)
  return element.isContentEditable ? editable(editingRoot(element)) : undefined
}

const editable = (element: HTMLElement): Box => ({ kind: 'editable', element })

const editingRoot = (element: HTMLElement): HTMLElement => {
  const parent = element.parentElement
  return parent?.isContentEditable === true ? editingRoot(parent) : element
}

/** The element that really has the focus, through open shadow roots and same-origin frames. */
const deepActiveElement = (root: Document | ShadowRoot): Element | undefined => {
  const active = root.activeElement
  if (active === null) return undefined
  const inner = active.shadowRoot ?? documentIn(active)
  return (inner === undefined || inner === null ? undefined : deepActiveElement(inner)) ?? active
}

/** The box that has the focus, if any has. */
export const focusedBox = (root: Document): Box | undefined => {
  const active = deepActiveElement(root)
  return active === undefined ? undefined : boxAt(active)
}

/** Where a reply most likely goes when nothing has the focus: the largest box that can be seen. */
export const largestBox = (root: Document): Box | undefined => {
  const seen = rootsBelow(root)
    .flatMap((each) => [...each.querySelectorAll('textarea, [contenteditable]:not([contenteditable=false])')])
    .flatMap((element) => boxAt(element) ?? [])
    .filter(({ element }) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .map((box) => ({ box, area: areaOf(box.element) }))
    .filter(({ area }) => area > 0)
  return seen.reduce<(typeof seen)[number] | undefined>(larger, undefined)?.box
}

const larger = <Sized extends { area: number }>(one: Sized | undefined, other: Sized): Sized =>
  one === undefined || other.area > one.area ? other : one

const areaOf = (element: Element): number => {
  const { width, height } = element.getBoundingClientRect()
  return width * height
}

/** The box's rectangle in the coordinates of the topmost document, through frames. */
export const rectangleOf = (element: Element): DOMRect => {
  const { x, y, width, height } = element.getBoundingClientRect()
  const frame = element.ownerDocument.defaultView?.frameElement
  if (frame === null || frame === undefined) return new DOMRect(x, y, width, height)
  const outer = rectangleOf(frame)
  return new DOMRect(outer.x + frame.clientLeft + x, outer.y + frame.clientTop + y, width, height)
}
