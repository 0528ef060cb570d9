import {
  type ChainFault,
  type ChainList,
  type ChainState,
  type Heads,
  type HeadsQuery,
  Log,
} from '../../../shared/chains.ts'
import type { SignEnd } from '../bookkeeping.ts'
import type { Caller } from '../identity/caller.ts'

/** A stored entry as an auditor reads it: the place it is filed under, its bytes and its hash. */
export type StoredLink = { readonly seq: number; readonly bytes: string; readonly hash: string }

/** The first place where a chain does not hold. */
type Break = { readonly seq: number; readonly fault: ChainFault }

/** What walking a chain comes to. */
export type Walk =
  | { readonly whole: true; readonly length: number; readonly head: string | null }
  | ({ readonly whole: false } & Break)

/** Checks a chain that comes entry by entry, from its first one; holds one entry at a time. */
export type WalkChain = (entries: AsyncIterable<StoredLink>) => Promise<Walk>

/** Where a chain ends: the number and the hash of its last entry. `length` is 0 and `head` null while it is empty. */
export type ChainEnd = { readonly length: number; readonly head: string | null }

/** The chains of every workspace, as they are stored. */
export type Chains = {
  end(workspaceId: string, log: Log): Promise<ChainEnd>
  /** The entries in order up to number `length`, read page by page; others are served between two pages. What comes later is not in it. */
  entries(workspaceId: string, log: Log, length: number): AsyncIterable<StoredLink>
  /** Writes down that a member takes the chain along as it ends now, and tells where that is. */
  noteExport(workspaceId: string, log: Log, memberId: string): Promise<ChainEnd>
  /** The hash that stands under a number; undefined when nothing does. */
  hashAt(workspaceId: string, log: Log, seq: number): Promise<string | undefined>
}

type ChainParts = {
  readonly chains: Chains
  readonly signEnd: SignEnd
  readonly walkChain: WalkChain
  readonly now: () => number
}

const stateOf = async (parts: ChainParts, workspaceId: string, log: Log) => {
  const { chains, walkChain, signEnd, now } = parts
  const checkedAt = now()
  const end = await chains.end(workspaceId, log)
  const walked = await walkChain(chains.entries(workspaceId, log, end.length))
  const broken = walked.whole ? null : { seq: walked.seq, fault: walked.fault }
  const { signed, key } = await signEnd(workspaceId, log, end)
  return { state: { log, ...end, checkedAt, broken, signed } satisfies ChainState, key }
}

/** Both chains of a workspace, walked now from their first entries, one after the other, and the key that signed their ends. */
export type ReadChains = (workspaceId: string) => Promise<ChainList>

export const readChains =
  (parts: ChainParts): ReadChains =>
  async (workspaceId) => {
    const ledger = await stateOf(parts, workspaceId, 'ledger')
    const audit = await stateOf(parts, workspaceId, 'audit')
    return { chains: [ledger.state, audit.state], key: audit.key }
  }

/** Where both chains of a workspace end, signed, without walking them, and what stands at the lengths that somebody has seen. */
export type ReadHeads = (workspaceId: string, seen: HeadsQuery) => Promise<Heads>

export const readHeads =
  ({ chains, signEnd }: Pick<ChainParts, 'chains' | 'signEnd'>): ReadHeads =>
  async (workspaceId, seen) => {
    const heads: Heads['heads'] = []
    for (const log of Log.options) {
      const { signed } = await signEnd(workspaceId, log, await chains.end(workspaceId, log))
      const length = seen[log]
      const standing = length === undefined ? undefined : await chains.hashAt(workspaceId, log, length)
      heads.push({ log, signed, standing: standing ?? null })
    }
    return { heads }
  }

/** A chain as it is taken along: the entries that there were at `exportedAt` (ms), in order. */
type ChainExport = {
  readonly exportedAt: number
  readonly entries: AsyncIterable<StoredLink>
  /** Where it ends, signed. */
  readonly signed: string
}

/** Takes a chain along. The audit log says who did and where the chain ended then; of the audit log itself that entry comes after its end. */
export type ExportChain = (caller: Pick<Caller, 'workspaceId' | 'memberId'>, log: Log) => Promise<ChainExport>

export const exportChain =
  ({ chains, signEnd, now }: Omit<ChainParts, 'walkChain'>): ExportChain =>
  async ({ workspaceId, memberId }, log) => {
    const exportedAt = now()
    const end = await chains.noteExport(workspaceId, log, memberId)
    const { signed } = await signEnd(workspaceId, log, end)
    return { exportedAt, entries: chains.entries(workspaceId, log, end.length), signed }
  }
