import type { Side } from './side.ts'
import { codeWords, roleWords } from './words.ts'

type Voice = 'customer' | 'us' | 'note' | 'unknown'

/** What is known about who said a message, before the messages are compared with each other. */
type Speaker = {
  readonly name: string | undefined
  readonly labels: readonly string[]
  readonly block: Element
  readonly side: Side
}

const roles = ['note', 'us', 'customer'] as const
const telling =
  /^data-(?:[a-z]+-)*(?:author|sender|role|direction|side|type|kind|from|visibility|party|actor|channel)(?:-(?:type|role|kind))?$/
const denied = /^data-(?:is-?)?public$/
const affirmed = /^data-(?:is-?)?(?:internal|private|note)$/
const ourAddress = /^[(<]?(?:support|help|helpdesk|service|hello|info|team|no-?reply)@/i
const ourTeam =
  /\b(?:support|help ?desk|customer (?:service|care)|kundendienst|service client|atención al cliente)\b/i

/** Who speaks in each message: by what the page says, by the side, by the signed-in name, and then by who else speaks. */
export const voicesOf = (
  speakers: readonly Speaker[],
  ownNames: (name: string) => boolean,
): readonly Voice[] => {
  const said = speakers.map((speaker) => saidVoice(speaker, ownNames))
  const sides = new Set(speakers.map(({ side }) => side))
  const bubbles = sides.has('start') && sides.has('end')
  const placed = said.map((voice, index) =>
    voice === 'unknown' && bubbles ? bySide(speakers[index]) : voice,
  )
  return deduced(speakers, placed)
}

const bySide = (speaker: Speaker | undefined): Voice => {
  if (speaker?.side === 'end') return 'us'
  return speaker?.side === 'start' ? 'customer' : 'unknown'
}

const saidVoice = ({ name, labels, block }: Speaker, isOwn: (name: string) => boolean): Voice => {
  const byLabel = roles.find((role) => labels.some((label) => has(roleWords[role], label)))
  if (byLabel !== undefined) return byLabel
  const byCode = codedVoice(block)
  if (byCode !== undefined) return byCode
  if (labels.some((label) => ourAddress.test(label))) return 'us'
  if (name === undefined) return 'unknown'
  return has(roleWords.us, name) || ourTeam.test(name) || isOwn(name) ? 'us' : 'unknown'
}

const has = (words: readonly string[], word: string): boolean => words.includes(word.toLowerCase())

/** By class names and data attributes of the block and of what wraps only its words. */
export const codedVoice = (block: Element): Voice | undefined => {
  const around = [block, ...onlyChildren(block)]
  const attributes = around.flatMap((each) => [...each.attributes])
  if (attributes.some(isNoteFlag)) return 'note'
  const values = attributes.filter(({ name }) => telling.test(name)).flatMap(({ value }) => tokensOf(value))
  const labels = around
    .map((each) => each.getAttribute('aria-label') ?? '')
    .filter((label) => label.length < 60)
  return (
    roleIn(values) ??
    (values.includes('user') ? 'customer' : undefined) ??
    roleIn(around.flatMap((each) => [...each.classList].flatMap(tokensOf))) ??
    roles.find((role) => labels.some((label) => roleWords[role].some((word) => opens(label, word))))
  )
}

const isNoteFlag = ({ name, value }: Attr): boolean =>
  (denied.test(name) && value === 'false') || (affirmed.test(name) && value !== 'false')

const roleIn = (tokens: readonly string[]): Voice | undefined =>
  roles.find((role) => tokens.some((token) => has(codeWords[role], token)))

const opens = (label: string, word: string): boolean =>
  word.length > 3 && label.toLowerCase().startsWith(word)

const onlyChildren = (element: Element): readonly Element[] => {
  const [only, ...more] = element.children
  return only === undefined || more.length > 0 ? [] : [only, ...onlyChildren(only)]
}

const tokensOf = (code: string): readonly string[] =>
  code
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/end[-_ ]?user/g, 'enduser')
    .split(/[^\p{L}]+/u)

/** The same name is the same voice; a message without a name continues the one before; and where one side is known, others are the other. */
const deduced = (speakers: readonly Speaker[], voices: readonly Voice[]): readonly Voice[] => {
  const known = new Map<string, Voice>()
  speakers.forEach(({ name }, index) => {
    const voice = voices[index] ?? 'unknown'
    if (name !== undefined && (voice === 'us' || voice === 'customer')) known.set(name, voice)
  })
  const present = new Set(known.values())
  const other: Voice = present.size !== 1 ? 'unknown' : present.has('us') ? 'customer' : 'us'
  return speakers.map(({ name }, index) => {
    const voice = voices[index] ?? 'unknown'
    return voice !== 'unknown' || name === undefined ? voice : (known.get(name) ?? other)
  })
}
