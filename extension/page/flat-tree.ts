/**
 * The document as it is shown: through open shadow roots, slots and same-origin frames. Elements may belong to another document than
 * ours, so nothing here or in its callers asks `instanceof`.
 */

export const isNode = (target: EventTarget): target is Node => 'nodeType' in target

export const isElement = (node: Node): node is Element => node.nodeType === Node.ELEMENT_NODE

export const isText = (node: Node): node is Text => node.nodeType === Node.TEXT_NODE

const htmlNamespace = 'http://www.w3.org/1999/xhtml'
/** Not SVG or MathML, whose elements have no `isContentEditable`. */
export const isHtml = (element: Element): element is HTMLElement => element.namespaceURI === htmlNamespace

const isFrame = (element: Element): element is HTMLIFrameElement => element.localName === 'iframe'

const isSlot = (element: Element): element is HTMLSlotElement =>
  element.localName === 'slot' && isHtml(element)

const isShadowRoot = (node: Node): node is ShadowRoot =>
  node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node

const isDocument = (node: Node): node is Document => node.nodeType === Node.DOCUMENT_NODE

/** The document in a frame, unless the frame belongs to another origin. */
export const documentIn = (element: Element): Document | undefined =>
  isFrame(element) ? (element.contentDocument ?? undefined) : undefined

/** What stands inside of the element as it is shown. */
export const shownChildren = (element: Element): Iterable<Node> => {
  const framed = documentIn(element)
  if (framed !== undefined) return framed.body === null ? [] : [framed.body]
  if (element.shadowRoot !== null) return element.shadowRoot.childNodes
  if (!isSlot(element)) return element.childNodes
  const assigned = element.assignedNodes({ flatten: true })
  return assigned.length > 0 ? assigned : element.childNodes
}

/** The element around this one as it is shown; undefined at the outermost root and at a frame of another origin. */
export const shownParent = (element: Element): Element | undefined => {
  const direct = element.assignedSlot ?? element.parentElement
  if (direct !== null) return direct
  const root = element.getRootNode()
  if (isShadowRoot(root)) return root.host
  return isDocument(root) ? (root.defaultView?.frameElement ?? undefined) : undefined
}

/** From the element itself up to the outermost root, across shadow roots and frames. */
export const withAncestors = (element: Element): readonly Element[] => {
  const chain: Element[] = []
  for (let each: Element | undefined = element; each !== undefined; each = shownParent(each)) chain.push(each)
  return chain
}

/** Every document and open shadow root below this one, itself first. */
export const rootsBelow = (root: Document | ShadowRoot): readonly (Document | ShadowRoot)[] => {
  const found: (Document | ShadowRoot)[] = [root]
  for (const element of root.querySelectorAll('*')) {
    const inner = element.shadowRoot ?? documentIn(element)
    if (inner !== undefined && inner !== null) found.push(...rootsBelow(inner))
  }
  return found
}
