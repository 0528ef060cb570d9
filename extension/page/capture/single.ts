import { wordsOf } from './body.ts'
import type { Ground } from './conversation.ts'
import { messageOf } from './header.ts'
import { readLines } from './lines.ts'
import { captureBounds, type Turns } from './turns.ts'

const main = 'main, [role=main], article'
/** Less than this around the box is its label, not something to reply to. */
const fewCharacters = 40

/** Where no messages follow one another: the text around the box, else the main part of the page, as one turn. */
export const singleTurn = (page: Document, ground: Ground): Turns => {
  const region = regionOf(page, ground)
  const { lines, leftOut } = readLines(region, captureBounds.turnText, ground.box)
  const { name, at, body } = messageOf(lines)
  const text = wordsOf(body, false).slice(0, captureBounds.turnText)
  const turn = {
    author: 'unknown' as const,
    ...(name !== undefined && { name: name.slice(0, captureBounds.name) }),
    ...(at !== undefined && { at: at.slice(0, captureBounds.moment) }),
    text,
  }
  return { turns: text === '' ? [] : [turn], leftOut: { characters: leftOut, turns: 0 } }
}

const regionOf = (page: Document, { survey, path }: Ground): Element => {
  const around = path.slice(1).find((each) => (survey.get(each)?.text ?? 0) >= fewCharacters)
  return around ?? [...page.querySelectorAll(main)].find((each) => survey.has(each)) ?? page.body
}
