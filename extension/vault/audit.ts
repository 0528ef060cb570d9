import { z } from 'zod'
import { AuditPage, AuditQuery } from '../../shared/audit.ts'
import { ChainList, type ChainState, ExportHeader, type Log } from '../../shared/chains.ts'
import { forgetHeads } from '../local/heads.ts'
import { type Answers, queryOf } from './answers.ts'
import { fileOf } from './books/files.ts'
import { type WatchedBook, watchBooks } from './books/watching.ts'
import { VaultProblem } from './problem.ts'
import type { Parts, Session } from './session.ts'
import { stored } from './storage.ts'

/** Both chains are walked from their first entry before the vault answers. */
const WALK_TIMEOUT_MS = 120_000

/** What a query may hold; pages are counted by the vault. */
export type AuditSearch = Partial<z.output<typeof AuditQuery>>

const SearchWire = z.object(AuditQuery.shape).extend({ limit: z.int() }).partial()

/** A log to take along, and when (ms since epoch) it was as it is there. */
export type ChainExport = { readonly content: Blob; readonly exportedAt: number }

/** More than the first line of an export can have. */
const HEADER_BYTES = 2_000

/** What was changed, and the chains that hold it. Owners and admins only; for everybody else the vault says `not-found`. */
export const auditCalls = (answers: Answers, session: Session, parts: Parts) => ({
  /** Newest first, a page at a time. */
  audit: (search: AuditSearch = {}): Promise<AuditPage> =>
    answers.answer(AuditPage, {
      method: 'GET',
      path: '/v1/audit',
      query: queryOf(z.encode(SearchWire, search)),
    }),

  /** Both chains, walked now. */
  chains: async (): Promise<readonly ChainState[]> =>
    (await answers.answer(ChainList, { method: 'GET', path: '/v1/chains', timeoutMs: WALK_TIMEOUT_MS }))
      .chains,

  /**
   * Holds both chains, as the vault signs them, against the newest heads that this browser saw, and keeps newer ones. For every member; it does
   * not walk them.
   */
  watchBooks: (): Promise<readonly WatchedBook[]> => watchBooks(answers, parts),

  /** Takes the vault's books as they are: what this browser saw before is forgotten. */
  acceptBooks: async (): Promise<void> => {
    await stored(() => forgetHeads(parts.local))
    await watchBooks(answers, parts)
  },

  /** A whole log as JSON Lines, as `ownkey verify` reads it. */
  exportChain: async (log: Log): Promise<ChainExport> => {
    const content = await fileOf(session, { path: `/v1/chains/${log}/export` }, 'application/jsonl')
    return { content, exportedAt: (await headerOf(content)).exportedAt }
  },
})

const headerOf = async (content: Blob): Promise<ExportHeader> => {
  const [line = ''] = (await content.slice(0, HEADER_BYTES).text()).split('\n', 1)
  try {
    return ExportHeader.parse(JSON.parse(line))
  } catch {
    throw new VaultProblem('not-a-vault')
  }
}
