import type { Chunk, Line } from './lines.ts'
import { isMoment } from './moments.ts'
import { isDeliveryState, isHeadMark, isVerb, roleWords, withoutVerb } from './words.ts'

/** What stands around the words of a message, and the words themselves. */
export type Message = {
  readonly name: string | undefined
  readonly at: string | undefined
  /** Short words beside the name: "Agent", "Internal note", an address. */
  readonly labels: readonly string[]
  readonly body: readonly Line[]
}

type Kind = 'moment' | 'label' | 'mark' | 'name' | 'control' | 'body'
type Part = { readonly chunk: Chunk; readonly text: string; readonly kind: Kind }

const knownLabels: ReadonlySet<string> = new Set(Object.values(roleWords).flat())
const publicLabels =
  /^(public reply|public|reply|comment|öffentliche antwort|réponse publique|respuesta pública)$/i
const address = /^[(<]?[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}[)>]?$/i
const namedAddress = /^(.{2,60}?)\s*[<(][^\s@]+@[^\s@]+[>)]$/
const headParts = 14

/** Parts a message into head and body. `said`: a name that the page tells elsewhere, such as in the label of the whole message. */
export const messageOf = (lines: readonly Line[], said?: string): Message => {
  const rest = dropTail(lines)
  const head = headOf(rest, said)
  const named = head.find(({ kind }) => kind === 'name')
  const body = bodyAfter(rest, new Set(head.map(({ chunk }) => chunk)))
  const tail = lines.length > rest.length ? lines.slice(rest.length).flatMap(partsOf) : []
  const moment = [...head, ...tail].find(({ kind }) => kind === 'moment')
  return {
    name: nameIn(named?.text) ?? said,
    at: moment && momentOf(moment.chunk, moment.text),
    labels: head.filter(({ kind }) => kind === 'label').map(({ text }) => text),
    body,
  }
}

const headOf = (lines: readonly Line[], said: string | undefined): readonly Part[] => {
  const parts = lines.flatMap(partsOf).slice(0, headParts)
  const end = parts.findIndex((part, index) => !isHead(part, index, parts, said))
  const head = parts.slice(0, end === -1 ? parts.length : end)
  const wordsFollow = parts.length > head.length
  return wordsFollow ? head : head.filter(({ kind }) => kind !== 'name')
}

const partsOf = (line: Line): readonly Part[] =>
  line.chunks.flatMap((chunk) => {
    const text = chunk.text.trim()
    if (text === '') return []
    const whole = line.chunks.filter((each) => each.text.trim() !== '').length === 1
    return [{ chunk, text, kind: kindOf(chunk, text, whole) }]
  })

const kindOf = (chunk: Chunk, text: string, whole: boolean): Kind => {
  if (timeElementOf(chunk) !== null || isMoment(text)) return text.length <= 80 ? 'moment' : 'body'
  if (isHeadMark(text) || isVerb(text) || isDeliveryState(text)) return 'mark'
  if (isLabel(text)) return 'label'
  if (looksLikeName(text) && (isEmphasized(chunk.element) || whole || text.endsWith(':'))) return 'name'
  return chunk.control ? 'control' : 'body'
}

const isLabel = (text: string): boolean =>
  knownLabels.has(text.toLowerCase()) || publicLabels.test(text) || address.test(text)

/** A name is believed once, and only when the page marks it as one or tells a moment or a role beside it. */
const isHead = (part: Part, index: number, parts: readonly Part[], said: string | undefined): boolean => {
  if (part.kind === 'body') return false
  if (part.kind !== 'name') return true
  const before = parts.slice(0, index)
  if (before.some(({ kind }) => kind === 'name')) return isRecipient(part, before)
  if (nameIn(part.text) === said || part.text.endsWith(':') || namedAddress.test(part.text)) return true
  const beside = [parts[index - 1], parts[index + 1], parts[index + 2]]
  return isAuthorElement(part.chunk.element) || beside.some((each) => tells(each)) || before.some(tells)
}

const tells = (part: Part | undefined): boolean => part?.kind === 'moment' || part?.kind === 'label'

const isRecipient = ({ text }: Part, before: readonly Part[]): boolean =>
  /^(to|an|à|para|a|aan)\s/i.test(text) || /^(to|an|à|para|a|aan|cc):?$/i.test(before.at(-1)?.text ?? '')

const looksLikeName = (text: string): boolean => {
  const name = nameIn(text) ?? ''
  return name.length >= 2 && name.length <= 60 && name.split(' ').length <= 6 && isNameLike(name)
}

const isNameLike = (name: string): boolean =>
  /\p{L}/u.test(name) && !/[?!;…]$|\p{L}{4,}\.$|\d{4,}|:\/\//u.test(name)

const nameIn = (text: string | undefined): string | undefined => {
  const bare = withoutVerb((text ?? '').trim().replace(/\s*[:,·–—-]+$/u, ''))
  const name = namedAddress.exec(bare)?.[1]?.trim().replace(/^"|"$/g, '') ?? bare
  return name === '' ? undefined : name
}

const authorHint = /author|sender|from|user-?name|display-?name|actor|byline|poster/i

const isAuthorElement = (element: Element): boolean => {
  if (
    element.matches('[rel~=author], [itemprop=author], [itemprop=name], cite, address, [data-author-name]')
  ) {
    return true
  }
  const hints = [element, element.parentElement].map(
    (each) => `${each?.className} ${each?.getAttribute('data-testid')}`,
  )
  return hints.some((hint) => authorHint.test(hint))
}

const isEmphasized = (element: Element): boolean =>
  element.closest('strong, b, h1, h2, h3, h4, h5, h6, a, cite, address, button') !== null ||
  isAuthorElement(element) ||
  Number(element.ownerDocument.defaultView?.getComputedStyle(element).fontWeight) >= 600

const timeElementOf = ({ element }: Chunk): Element | null =>
  element.closest('time, relative-time, time-ago, [datetime]')

const momentOf = (chunk: Chunk, text: string): string =>
  timeElementOf(chunk)?.getAttribute('datetime')?.trim() || text.replace(/\s*[✓✔]+/gu, '')

/** Without moments and delivery states at the end, unless nothing else is there. */
const dropTail = (lines: readonly Line[]): readonly Line[] => {
  const last = lines.findLastIndex((line) => !partsOf(line).every(({ kind }) => isTail(kind)))
  return last < 0 ? lines : lines.slice(0, last + 1)
}

const isTail = (kind: Kind): boolean => kind === 'moment' || kind === 'mark' || kind === 'control'

const bodyAfter = (lines: readonly Line[], head: ReadonlySet<Chunk>): readonly Line[] =>
  lines.flatMap((line) => {
    const chunks = line.chunks.filter((chunk) => !head.has(chunk) && !chunk.control)
    return chunks.some(({ text }) => text.trim() !== '') ? [{ ...line, chunks }] : []
  })
