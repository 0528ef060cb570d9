import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import type { ChainFault } from '../../shared/chains.ts'
import type { StoredLink, Walk, WalkChain } from '../domain/books/chains.ts'
import type { ChainEntry, Link } from '../domain/books/events.ts'

const hashOf = (bytes: string): string => createHash('sha256').update(bytes, 'utf8').digest('base64url')

/** The RFC 8785 bytes of an entry and their SHA-256, base64url. Throws on text that is not well-formed Unicode. */
export const link: Link = (entry) => {
  const bytes = canonicalize(entry)
  if (bytes === undefined) throw new Error('an event has no canonical form')
  return { bytes, hash: hashOf(bytes) }
}

const Place: z.ZodType<Pick<ChainEntry, 'seq' | 'prev'>> = z.object({
  seq: z.int(),
  prev: z.string().nullable(),
})

const placeIn = (bytes: string): Pick<ChainEntry, 'seq' | 'prev'> | undefined => {
  try {
    return Place.safeParse(JSON.parse(bytes)).data
  } catch {
    return undefined
  }
}

const faultAt = (entry: StoredLink, seq: number, prev: string | null): ChainFault | undefined => {
  if (entry.seq !== seq) return 'missing'
  if (hashOf(entry.bytes) !== entry.hash) return 'changed'
  const place = placeIn(entry.bytes)
  if (place === undefined) return 'changed'
  if (place.seq !== seq) return 'reordered'
  return place.prev === prev ? undefined : 'changed'
}

/** A chain before its first entry. */
const nothingYet = (): Walk => ({ whole: true, length: 0, head: null })

/** One entry further. A chain that is broken stays broken where it first was. */
const step = (walked: Walk, entry: StoredLink): Walk => {
  if (!walked.whole) return walked
  const seq = walked.length + 1
  const fault = faultAt(entry, seq, walked.head)
  return fault === undefined ? { whole: true, length: seq, head: entry.hash } : { whole: false, seq, fault }
}

/**
 * Checks a whole chain, in the order of `seq`, from its first entry. A removed end is not seen by the chain alone: compare `length` and `head`
 * with an anchor that was kept elsewhere. A changed entry whose hash was recomputed shows at the entry after it.
 */
export const walk = (entries: Iterable<StoredLink>): Walk => {
  let walked = nothingYet()
  for (const entry of entries) {
    walked = step(walked, entry)
    if (!walked.whole) break
  }
  return walked
}

/** The same for a chain that is too long to be held: entries come one by one, and none after the first fault is asked for. */
export const walkStream: WalkChain = async (entries) => {
  let walked = nothingYet()
  for await (const entry of entries) {
    walked = step(walked, entry)
    if (!walked.whole) break
  }
  return walked
}
