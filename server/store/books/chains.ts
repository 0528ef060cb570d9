import type { ChainEnd, Chains } from '../../domain/books/chains.ts'
import type { Database } from '../database.ts'
import type { AppendAudit } from './audit.ts'
import { chainEntries, hashAt, headOf } from './events.ts'

const endOf = (head: Awaited<ReturnType<typeof headOf>>): ChainEnd => ({
  length: head?.seq ?? 0,
  head: head?.hash ?? null,
})

/** The chains in the database. */
export const sqlChains = ({ db, transaction }: Database, audit: AppendAudit): Chains => ({
  end: async (workspaceId, log) => endOf(await headOf(db, workspaceId, log)),
  entries: (workspaceId, log, length) => chainEntries(db, { workspaceId, log }, length),
  hashAt: (workspaceId, log, seq) => hashAt(db, { workspaceId, log }, seq),
  noteExport: (workspaceId, log, memberId) =>
    transaction(workspaceId, async (tx) => {
      const end = endOf(await headOf(tx, workspaceId, log))
      await audit(tx, { workspaceId, kind: 'chain-exported', memberId, facts: { log, ...end } })
      return end
    }),
})
