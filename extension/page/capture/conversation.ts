import { shownParent, withAncestors } from '../flat-tree.ts'
import { type Message, messageOf } from './header.ts'
import { readLines } from './lines.ts'
import { saidNameOf } from './said-name.ts'
import { sideOf } from './side.ts'
import type { Measure, Survey } from './survey.ts'

/** Where to look: everything measured, and the box, which no message contains. */
export type Ground = {
  readonly survey: Survey
  readonly box: Element | undefined
  readonly path: readonly Element[]
}

type Candidate = {
  readonly container: Element
  readonly blocks: readonly Element[]
  readonly score: number
}

const landmarks =
  'nav, aside, footer, menu, [role=navigation], [role=complementary], [role=banner], [role=contentinfo], [role=menu], [role=toolbar], [role=tablist], [role=search]'
const messageRoles =
  'article, [role=article], [role=comment], [itemtype*=Message], [itemtype*=Comment], [itemtype*=Answer]'
/** Below this nothing on the page looks like messages one after another. Found by trying the pages of test/browser. */
const threshold = 12
/** A list inside or beside the best one belongs to the same conversation when it is about as convincing. */
const kinship = 6
const considered = 1_500
const examined = 14
const sampleCharacters = 600

export const groundOf = (survey: Survey, box: Element | undefined): Ground => ({
  survey,
  box,
  path: box === undefined ? [] : withAncestors(box),
})

/** The blocks that are messages, in the order in which they are shown; empty when the page shows no conversation. */
export const conversationIn = (ground: Ground): readonly Element[] => {
  const promising = largestOf(ground.survey)
    .flatMap((container) => candidateAt(container, ground) ?? [])
    .toSorted((one, other) => other.score - one.score)
    .slice(0, examined)
  const judged = promising.map((each) => ({ ...each, score: each.score + evidenceIn(each, ground) }))
  const [best] = judged.toSorted((one, other) => other.score - one.score)
  if (best === undefined || best.score < threshold) return []
  const kin = judged.filter(({ score }) => score >= Math.max(threshold, best.score - kinship))
  return gather(best, kin, ground)
}

/** With the most text first: a conversation is never among the smallest parts of a page, and a page can have any number of those. */
const largestOf = (survey: Survey): readonly Element[] =>
  [...survey]
    .filter(([, { parts }]) => parts.length > 0)
    .toSorted(([, one], [, other]) => other.text - one.text)
    .slice(0, considered)
    .map(([element]) => element)

const byPosition = ([one]: readonly Element[], [other]: readonly Element[]): number => {
  if (one === undefined || other === undefined) return 0
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING ? 1 : -1
}

const candidateAt = (container: Element, ground: Ground): Candidate | undefined => {
  if (container.matches(landmarks) || container.closest(landmarks) !== null) return undefined
  const blocks = messagesUnder(container, ground)
  if (blocks.length === 0) return undefined
  const measures = blocks.flatMap((block) => ground.survey.get(block) ?? [])
  return {
    container,
    blocks,
    score: looksOf(container, blocks, measures) - 0.5 * distanceTo(container, ground),
  }
}

const messagesUnder = (container: Element, { survey, path }: Ground): readonly Element[] => {
  const parts = survey.get(container)?.parts ?? []
  return parts.filter((part) => {
    const { text, linkText, fields } = survey.get(part) ?? { text: 0, linkText: 0, fields: 0 }
    return !path.includes(part) && !part.matches(landmarks) && fields < 3 && linkText <= text * 0.6
  })
}

const total = (measures: readonly Measure[], of: (measure: Measure) => number): number =>
  measures.reduce((sum, each) => sum + of(each), 0)

const looksOf = (container: Element, blocks: readonly Element[], measures: readonly Measure[]): number => {
  const text = total(measures, (each) => each.text)
  const withTime = measures.filter(({ times }) => times > 0).length / blocks.length
  const crowded = measures.filter(({ times }) => times > 2).length / blocks.length
  const leaves = measures.filter(({ parts }) => parts.length === 0).length / blocks.length
  return (
    2 * Math.log2(1 + Math.min(blocks.length, 30)) +
    Math.min(6, 1.5 * Math.log2(1 + text / blocks.length / 15)) +
    meaningOf(container, blocks) +
    3 * withTime -
    3 * crowded -
    5 * leaves -
    8 * (total(measures, (each) => each.linkText) / text)
  )
}

const meaningOf = (container: Element, blocks: readonly Element[]): number => {
  const articles = blocks.filter((block) => block.matches(messageRoles)).length / blocks.length
  const rows =
    blocks.filter((block) => block.matches('li, tr, [role=listitem], [role=row]')).length / blocks.length
  const live = container.matches('[role=log], [role=feed]') ? 5 : 0
  return live + 5 * articles + 1.5 * rows - (blocks.some(isPageSection) ? 6 : 0)
}

const isPageSection = (block: Element): boolean =>
  block.querySelector('h1, nav, main, header[role=banner]') !== null

const distanceTo = (container: Element, { path }: Ground): number => {
  if (path.length === 0) return 0
  const meeting = withAncestors(container).findIndex((each) => path.includes(each))
  const shared = withAncestors(container)[meeting]
  return shared === undefined ? 20 : Math.min(20, path.indexOf(shared) + meeting)
}

/** Reads a few of the blocks as messages: names, moments and two sides are what tells a conversation from a list of anything. */
const evidenceIn = ({ blocks }: Candidate, ground: Ground): number => {
  const sample = [...new Set([...blocks.slice(0, 2), ...blocks.slice(-4)])]
  const read = sample.map((block) => sampleOf(block, ground))
  const share = (holds: (message: Message) => boolean) => read.filter(holds).length / read.length
  const dressed = 6 * share(({ at }) => at !== undefined) + 5 * share(({ name }) => name !== undefined)
  return dressed + (hasTwoSides(blocks, ground) ? 7 : 0) - 6 * share(({ body }) => body.length === 0)
}

const sampleOf = (block: Element, { box }: Ground): Message =>
  messageOf(readLines(block, sampleCharacters, box).lines, saidNameOf(block))

/** Whether bubbles stand on both sides of their container. */
const hasTwoSides = (blocks: readonly Element[], { survey }: Ground): boolean => {
  const sides = new Set(blocks.slice(-12).map((block) => sideOf(block, survey)))
  return sides.has('start') && sides.has('end')
}

/** From the best list to the whole conversation: groups by day are opened, and what stands before or after it in the same column joins. */
const gather = (best: Candidate, kin: readonly Candidate[], ground: Ground): readonly Element[] => {
  const inner = kin.find((each) => each !== best && isMostOf(each, best, ground))
  if (inner !== undefined)
    return gather(
      inner,
      kin.filter((each) => each !== best),
      ground,
    )
  const groups = [best.blocks.flatMap((block) => opened(block, kin)), ...besideOf(best, kin, ground)]
  return groups.toSorted(byPosition).flat()
}

/** The list is a wrapper, and nearly all of its text is in another list inside one of its blocks. */
const isMostOf = (inner: Candidate, outer: Candidate, { survey }: Ground): boolean =>
  inner.blocks.length > 1 &&
  outer.blocks.some((block) => block.contains(inner.container)) &&
  (survey.get(inner.container)?.text ?? 0) >= 0.8 * (survey.get(outer.container)?.text ?? 0)

const opened = (block: Element, kin: readonly Candidate[]): readonly Element[] => {
  const group = kin.find(({ container, blocks }) => blocks.length > 1 && block.contains(container))
  return group === undefined ? [block] : group.blocks
}

const levelsUp = 3

const besideOf = (best: Candidate, kin: readonly Candidate[], ground: Ground): (readonly Element[])[] => {
  const found: (readonly Element[])[] = []
  let current = best.container
  for (let level = 0; level < levelsUp; level += 1) {
    const parent = shownParent(current)
    if (parent === undefined || current.matches('main, [role=main], body')) break
    const others = messagesUnder(parent, ground).filter(
      (each) => each !== current && sharesColumn(each, best.container),
    )
    found.push(
      ...others.map((other) => besideMessages(other, kin, ground)).filter((group) => group.length > 0),
    )
    current = parent
  }
  return found
}

const besideMessages = (other: Element, kin: readonly Candidate[], ground: Ground): readonly Element[] => {
  const list = kin.find(({ container }) => other.contains(container))
  if (list !== undefined) return list.blocks
  const { name, at, body } = sampleOf(other, ground)
  return name !== undefined && at !== undefined && body.length > 0 ? [other] : []
}

const sharesColumn = (one: Element, other: Element): boolean => {
  const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
  const overlap = Math.min(a.right, b.right) - Math.max(a.left, b.left)
  return overlap > 0.5 * Math.min(a.width, b.width)
}
