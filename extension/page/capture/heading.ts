import { shownParent, withAncestors } from '../flat-tree.ts'

const headings = 'h1, h2, [role=heading]'
const longest = 300

/**
 * What the conversation is about: the heading nearest above it, outside of its messages; without one, the title of the page without
 * counters and the site's name.
 */
export const subjectOf = (page: Document, blocks: readonly Element[]): string | null => {
  const [first] = blocks
  const heading = first === undefined ? headingsIn(page)[0] : nearestHeading(first, blocks)
  const words = wordsIn(heading) || steadyTitle(page.title)
  return words === '' ? null : words.slice(0, longest)
}

const headingsIn = (root: ParentNode): readonly Element[] =>
  [...root.querySelectorAll(headings)].filter((each) => each.checkVisibility() && wordsIn(each).length > 1)

const nearestHeading = (first: Element, blocks: readonly Element[]): Element | undefined => {
  for (const around of withAncestors(shownParent(first) ?? first)) {
    const above = headingsIn(around).filter(
      (heading) => precedes(heading, first) && !isInside(heading, blocks),
    )
    const best = above.findLast(({ localName }) => localName === 'h1') ?? above.at(-1)
    if (best !== undefined) return best
  }
  return undefined
}

const precedes = (one: Element, other: Element): boolean =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0

const isInside = (element: Element, blocks: readonly Element[]): boolean =>
  blocks.some((block) => block.contains(element))

const wordsIn = (element: Element | undefined): string =>
  (element?.textContent ?? '').replace(/\s+/g, ' ').trim()

const steadyTitle = (title: string): string =>
  title
    .replace(/^\(\d+\+?\)\s*/, '')
    .split(/ [|–—·] /)[0]
    ?.trim() ?? ''
