import { type ChainFault, type ChainState, Log } from '../../../shared/chains.ts'
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
}

type ChainParts = {
  readonly chains: Chains
  readonly walkChain: WalkChain
  readonly now: () => number
}

const stateOf = async ({ chains, walkChain, now }: ChainParts, workspaceId: string, log: Log) => {
  const checkedAt = now()
  const end = await chains.end(workspaceId, log)
  const walked = await walkChain(chains.entries(workspaceId, log, end.length))
  const broken = walked.whole ? null : { seq: walked.seq, fault: walked.fault }
  return { log, ...end, checkedAt, broken } satisfies ChainState
}

/** Both chains of a workspace, walked now from their first entries, one after the other. */
export type ReadChains = (workspaceId: string) => Promise<readonly ChainState[]>

export const readChains =
  (parts: ChainParts): ReadChains =>
  async (workspaceId) => {
    const states: ChainState[] = []
    for (const log of Log.options) states.push(await stateOf(parts, workspaceId, log))
    return states
  }

/** A chain as it is taken along: the entries that there were at `exportedAt` (ms), in order. */
type ChainExport = { readonly exportedAt: number; readonly entries: AsyncIterable<StoredLink> }

/** Takes a chain along. The audit log says who did and where the chain ended then; of the audit log itself that entry comes after its end. */
export type ExportChain = (caller: Pick<Caller, 'workspaceId' | 'memberId'>, log: Log) => Promise<ChainExport>

export const exportChain =
  ({ chains, now }: Omit<ChainParts, 'walkChain'>): ExportChain =>
  async ({ workspaceId, memberId }, log) => {
    const exportedAt = now()
    const { length } = await chains.noteExport(workspaceId, log, memberId)
    return { exportedAt, entries: chains.entries(workspaceId, log, length) }
  }
