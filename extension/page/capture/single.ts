import { wordsOf } from './body.ts'
import type { Ground } from './conversation.ts'
import { messageOf } from './header.ts'
import { type Line, readLines } from './lines.ts'
import { captureBounds, type Turns } from './turns.ts'

const main = 'main, [role=main], article'
/** Less than this around the box is its label, not something to reply to. */
const fewCharacters = 40

/** Where no messages follow one another: the text around the box, else the main part of the page, as one turn. */
export const singleTurn = (page: Document, ground: Ground): Turns => {
  const { region, composer } = regionOf(page, ground)
  const { lines, leftOut } = readLines(region, captureBounds.turnText, composer)
  const { name, at, body } = messageOf(lines.filter((line) => !isTitle(line)))
  const text = wordsOf(body, false).slice(0, captureBounds.turnText)
  const turn = {
    author: 'unknown' as const,
    ...(name !== undefined && { name: name.slice(0, captureBounds.name) }),
    ...(at !== undefined && { at: at.slice(0, captureBounds.moment) }),
    text,
  }
  return { turns: text === '' ? [] : [turn], leftOut: { characters: leftOut, turns: 0 } }
}

/** The composer is what stands with the box inside of the region: its label and buttons, no words of a customer. */
const regionOf = (page: Document, { survey, path }: Ground) => {
  const level = path.findIndex((each, index) => index > 0 && (survey.get(each)?.text ?? 0) >= fewCharacters)
  const around = path[level]
  if (around !== undefined) return { region: around, composer: path[level - 1] }
  return {
    region: [...page.querySelectorAll(main)].find((each) => survey.has(each)) ?? page.body,
    composer: path[0],
  }
}

const isTitle = ({ chunks }: Line): boolean => chunks.every(({ element }) => element.closest('h1') !== null)
