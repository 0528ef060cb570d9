import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { z } from 'zod'
import type { ChainEntry, Link } from '../domain/books/events.ts'

const hashOf = (bytes: string): string => createHash('sha256').update(bytes, 'utf8').digest('base64url')

/** The RFC 8785 bytes of an entry and their SHA-256, base64url. Throws on text that is not well-formed Unicode. */
export const link: Link = (entry) => {
  const bytes = canonicalize(entry)
  if (bytes === undefined) throw new Error('an event has no canonical form')
  return { bytes, hash: hashOf(bytes) }
}

/** A stored entry as an auditor reads it: the place it is filed under, its bytes and its hash. */
export type StoredLink = { readonly seq: number; readonly bytes: string; readonly hash: string }

/** The first place where a chain does not hold. `missing`: the entry with this number is not there. `reordered`: another entry stands in its place. */
type Break = { readonly seq: number; readonly fault: 'changed' | 'missing' | 'reordered' }

type Walk =
  | { readonly whole: true; readonly length: number; readonly head: string | null }
  | ({ readonly whole: false } & Break)

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

const faultAt = (entry: StoredLink, seq: number, prev: string | null): Break['fault'] | undefined => {
  if (entry.seq !== seq) return 'missing'
  if (hashOf(entry.bytes) !== entry.hash) return 'changed'
  const place = placeIn(entry.bytes)
  if (place === undefined) return 'changed'
  if (place.seq !== seq) return 'reordered'
  return place.prev === prev ? undefined : 'changed'
}

/**
 * Checks a whole chain, in the order of `seq`, from its first entry. A removed end is not seen by the chain alone: compare `length` and `head`
 * with an anchor that was kept elsewhere. A changed entry whose hash was recomputed shows at the entry after it.
 */
export const walk = (entries: Iterable<StoredLink>): Walk => {
  let length = 0
  let head: string | null = null
  for (const entry of entries) {
    const seq = length + 1
    const fault = faultAt(entry, seq, head)
    if (fault !== undefined) return { whole: false, seq, fault }
    length = seq
    head = entry.hash
  }
  return { whole: true, length, head }
}
