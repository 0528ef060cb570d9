import type { Capture } from '../../messages.ts'
import type { Box } from '../box.ts'
import { placeOf } from '../place.ts'
import { wordsOf } from './body.ts'
import { conversationIn, groundOf } from './conversation.ts'
import { subjectOf } from './heading.ts'
import { readLines } from './lines.ts'
import { ownNames } from './own-name.ts'
import { selectedTurns } from './selection.ts'
import { singleTurn } from './single.ts'
import { surveyOf } from './survey.ts'
import { captureBounds, turnsOf } from './turns.ts'

/** Reads the page around the box. Nothing is written to the page, and nothing it holds is changed or announced. */
export const capture = (box: Box | undefined): Capture => {
  const page = document
  const ground = groundOf(surveyOf(page.body), box?.element)
  const blocks = conversationIn(ground)
  const selected = selectedTurns(page, box?.element)
  const read =
    selected ?? (blocks.length > 0 ? turnsOf(blocks, ground, ownNames(page)) : singleTurn(page, ground))
  return {
    site: page.location.origin,
    title: page.title.slice(0, 300),
    subject: subjectOf(page, blocks),
    turns: [...read.turns],
    begun: begunIn(box),
    fromSelection: selected !== undefined,
    language: languageOf(page, blocks[0]),
    box: box?.kind ?? 'none',
    place: placeOf(page),
    leftOut: read.leftOut,
  }
}

/** What already stands in the box, without the earlier mail that mail programs put below a reply. */
const begunIn = (box: Box | undefined): string => {
  if (box === undefined) return ''
  if (box.kind === 'field') return box.element.value.slice(0, captureBounds.turnText)
  return wordsOf(readLines(box.element, captureBounds.turnText).lines, true)
}

const languageOf = (page: Document, block: Element | undefined): string | null => {
  const tag = (block?.closest('[lang]') ?? page.documentElement).getAttribute('lang')?.trim() ?? ''
  return /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag) ? tag.slice(0, 35) : null
}
