import { z } from 'zod'
import { Id, Moment } from './ids.ts'

/** The two chains of a workspace. */
export const Log = z.enum(['ledger', 'audit'])
export type Log = z.infer<typeof Log>

/** What is wrong at the first place where a chain does not hold. `missing`: the entry with this number is not there. `reordered`: another entry stands in its place. */
export const ChainFault = z.enum(['changed', 'missing', 'reordered'])
export type ChainFault = z.infer<typeof ChainFault>

/** The public half of a workspace's bookkeeping key; `kid` is its RFC 7638 thumbprint, by which people compare it. */
export const BookKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().max(100),
  y: z.string().max(100),
  kid: z.string().max(100),
})
export type BookKey = z.infer<typeof BookKey>

/** What the vault signs: where a chain ended at `at` (ms since the epoch). */
export const SignedHead = z.object({
  workspace: Id,
  log: Log,
  length: z.int().min(0),
  head: z.string().max(100).nullable(),
  at: z.int(),
})
export type SignedHead = z.infer<typeof SignedHead>

/** A `SignedHead` as a compact JWS (RFC 7515), ES256, with the public key in its header. */
export const SignedText = z.string().max(2_000)

/** A chain, walked from its first entry at `checkedAt`. `head` is the hash of its last entry, null while it is empty. */
export const ChainState = z.object({
  log: Log,
  length: z.int(),
  head: z.string().nullable(),
  checkedAt: Moment,
  broken: z.object({ seq: z.int(), fault: ChainFault }).nullable(),
  signed: SignedText.nullable().default(null),
})
export type ChainState = z.infer<typeof ChainState>

/** Answer of `GET /v1/chains`, for owners and admins: both chains, walked now, and whose key signed them. */
export const ChainList = z.object({ chains: z.array(ChainState), key: BookKey.nullable().default(null) })
export type ChainList = z.infer<typeof ChainList>

const SeenLength = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional()

/** Query of `GET /v1/heads`: how long each chain was when this browser last saw it. */
export const HeadsQuery = z.strictObject({ ledger: SeenLength, audit: SeenLength })
export type HeadsQuery = z.infer<typeof HeadsQuery>

/**
 * Answer of `GET /v1/heads`, for every member: where both chains end, signed and not walked. `standing` is the hash that now stands at the length
 * that was asked about; null when nothing was asked, or nothing stands there.
 */
export const Heads = z.object({
  heads: z.array(z.object({ log: Log, signed: SignedText, standing: z.string().max(100).nullable() })),
})
export type Heads = z.infer<typeof Heads>

/**
 * `GET /v1/chains/:log/export`, for owners and admins: JSON Lines, this header first, then every entry in order as `ExportedEntry`,
 * at last `ExportedHead`; only files of version 1 end without it. `ownkey verify FILE` walks it without a vault.
 */
export const ExportHeader = z.strictObject({
  ownkey: z.literal('chain'),
  v: z.union([z.literal(1), z.literal(2)]),
  workspace: z.string(),
  log: Log,
  exportedAt: Moment,
})
export type ExportHeader = z.infer<typeof ExportHeader>

/** The exact bytes that were hashed (RFC 8785, as text), and their SHA-256, base64url. */
export const ExportedEntry = z.strictObject({ seq: z.int(), bytes: z.string(), hash: z.string() })
export type ExportedEntry = z.infer<typeof ExportedEntry>

/** Where the chain ended when it was taken along, signed: what shows that nothing was cut off. */
export const ExportedHead = z.strictObject({ signed: SignedText })
export type ExportedHead = z.infer<typeof ExportedHead>
