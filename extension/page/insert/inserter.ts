import type { InsertOutcome, ToPage } from '../../messages.ts'
import type { BoxMemory } from '../box-memory.ts'
import { placeOf } from '../place.ts'
import { insertInto } from './insertion.ts'

type Request = Extract<ToPage, { type: 'insert' }>

/** Inserts for one panel, one request at a time, and only where the panel read, unless the person wants it elsewhere. */
export const inserter = (boxes: BoxMemory): ((request: Request) => Promise<InsertOutcome>) => {
  let last: { readonly box: Element; readonly text: string } | undefined
  let busy = false

  const insert = async ({ text, place, anywhere }: Request): Promise<InsertOutcome> => {
    const box = boxes.forInsert(anywhere)
    if (box === 'gone' || (!anywhere && placeOf(document) !== place)) return 'moved'
    if (box === undefined) return 'no-box'
    const previous = last?.box === box.element ? last.text : undefined
    const outcome = await insertInto(box, text, boxes.caret(), previous)
    if (outcome === 'inserted') last = { box: box.element, text }
    return outcome
  }
  return async (request) => {
    if (busy) return 'blocked'
    busy = true
    try {
      return await insert(request)
    } finally {
      busy = false
    }
  }
}
