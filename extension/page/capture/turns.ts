import type { Turn } from '../../../shared/drafts.ts'
import { wordsOf } from './body.ts'
import type { Ground } from './conversation.ts'
import { type Message, messageOf } from './header.ts'
import { readLines } from './lines.ts'
import { orderOf, runsBackward } from './moments.ts'
import { saidNameOf } from './said-name.ts'
import { type Side, sideOf } from './side.ts'
import { codedVoice, voicesOf } from './voices.ts'

/** The turns that fit, oldest first, and what did not: characters and whole turns. */
export type Turns = {
  readonly turns: readonly Turn[]
  readonly leftOut: { characters: number; turns: number }
}

/** The same bounds as the vault's (`draftBounds`); a test compares them, since a page script cannot import the schema. */
export const captureBounds = {
  turns: 200,
  turnText: 20_000,
  allText: 120_000,
  name: 120,
  moment: 80,
} as const

type Spoken = {
  readonly block: Element
  readonly message: Message
  readonly words: string
  readonly side: Side
}

/** Reads blocks as turns. The newest are read first, so that in a thread without end the old is left out and not even looked at. */
export const turnsOf = (
  blocks: readonly Element[],
  ground: Ground,
  isOwn: (name: string) => boolean,
): Turns => {
  const ordered = oldestFirst(blocks, ground)
  const leftOut = { characters: 0, turns: 0 }
  const spoken: Spoken[] = []
  let room: number = captureBounds.allText
  for (const block of ordered.toReversed()) {
    if (room <= 0 || spoken.length >= captureBounds.turns) {
      leftOut.turns += 1
      leftOut.characters += ground.survey.get(block)?.text ?? 0
      continue
    }
    const { said, missing } = speak(block, ground, Math.min(room, captureBounds.turnText), blocks.length > 1)
    leftOut.characters += missing
    if (said === undefined) continue
    room -= said.words.length
    spoken.unshift(said)
  }
  return { turns: voiced(withNames(spoken), isOwn), leftOut }
}

const speak = (block: Element, { box, survey }: Ground, room: number, withoutQuotes: boolean) => {
  const { lines, leftOut } = readLines(block, room, box)
  const message = messageOf(lines, saidNameOf(block))
  const words = wordsOf(message.body, withoutQuotes).slice(0, room)
  return {
    said: words === '' ? undefined : { block, message, words, side: sideOf(block, survey) },
    missing: leftOut,
  }
}

/** Most pages show the oldest first. The moments of the first and last messages tell when it is the other way. */
const oldestFirst = (blocks: readonly Element[], { box }: Ground): readonly Element[] => {
  const sample = [...new Set([...blocks.slice(0, 6), ...blocks.slice(-6)])]
  const moments = sample.flatMap((block) => orderOf(messageOf(readLines(block, 600, box).lines).at) ?? [])
  return runsBackward(moments) ? blocks.toReversed() : blocks
}

/** In a run of bubbles only the first carries the name. */
const withNames = (spoken: readonly Spoken[]): readonly Spoken[] => {
  const named: Spoken[] = []
  for (const said of spoken) {
    const last = named.at(-1)
    const continues = said.message.name === undefined && last !== undefined && goesOn(last, said)
    named.push(continues ? { ...said, message: { ...said.message, name: last.message.name } } : said)
  }
  return named
}

const goesOn = (last: Spoken, said: Spoken): boolean =>
  last.block.localName === said.block.localName &&
  last.side === said.side &&
  codedVoice(last.block) === codedVoice(said.block)

const voiced = (spoken: readonly Spoken[], isOwn: (name: string) => boolean): readonly Turn[] => {
  const speakers = spoken.map(({ block, side, message: { name, labels } }) => ({ block, name, labels, side }))
  const voices = voicesOf(speakers, isOwn)
  return spoken.map(({ message: { name, at }, words }, index) => ({
    author: voices[index] ?? 'unknown',
    ...(name !== undefined && { name: name.slice(0, captureBounds.name) }),
    ...(at !== undefined && { at: at.slice(0, captureBounds.moment) }),
    text: words,
  }))
}
