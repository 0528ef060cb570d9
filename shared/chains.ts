import { z } from 'zod'
import { Moment } from './ids.ts'

/** The two chains of a workspace. */
export const Log = z.enum(['ledger', 'audit'])
export type Log = z.infer<typeof Log>

/** What is wrong at the first place where a chain does not hold. `missing`: the entry with this number is not there. `reordered`: another entry stands in its place. */
export const ChainFault = z.enum(['changed', 'missing', 'reordered'])
export type ChainFault = z.infer<typeof ChainFault>

/** A chain, walked from its first entry at `checkedAt`. `head` is the hash of its last entry, null while it is empty. */
export const ChainState = z.object({
  log: Log,
  length: z.int(),
  head: z.string().nullable(),
  checkedAt: Moment,
  broken: z.object({ seq: z.int(), fault: ChainFault }).nullable(),
})
export type ChainState = z.infer<typeof ChainState>

/** Answer of `GET /v1/chains`, for owners and admins: both chains, walked now. */
export const ChainList = z.object({ chains: z.array(ChainState) })

/**
 * `GET /v1/chains/:log/export`, for owners and admins: JSON Lines, this header first, then every entry in order as `ExportedEntry`.
 * `ownkey verify FILE` walks it without a vault.
 */
export const ExportHeader = z.strictObject({
  ownkey: z.literal('chain'),
  v: z.literal(1),
  workspace: z.string(),
  log: Log,
  exportedAt: Moment,
})
export type ExportHeader = z.infer<typeof ExportHeader>

/** The exact bytes that were hashed (RFC 8785, as text), and their SHA-256, base64url. */
export const ExportedEntry = z.strictObject({ seq: z.int(), bytes: z.string(), hash: z.string() })
export type ExportedEntry = z.infer<typeof ExportedEntry>
