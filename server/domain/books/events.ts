import type { Log } from '../../../shared/chains.ts'

/** Facts of an event: amounts are decimal dollars as strings. No secret and no customer's words. */
export type EventFacts = Readonly<Record<string, string | number | boolean | null>>

/** What is hashed. `seq` begins at 1 without gaps; `prev` is the hash of the entry before, null for the first. */
export type ChainEntry = {
  readonly v: 1
  readonly workspace: string
  readonly log: Log
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly kind: string
  readonly facts: EventFacts
  readonly prev: string | null
}

/** An entry as it is stored: the exact bytes that were hashed, and their hash. */
type Linked = { readonly bytes: string; readonly hash: string }

/** Turns an entry into its bytes and hash; pure. */
export type Link = (entry: ChainEntry) => Linked
