import { type CapPlace, CapScope } from '../../../shared/cap.ts'
import { Usd } from '../../../shared/money.ts'
import type { EventFacts } from '../../domain/books/events.ts'
import type { CapStore } from '../../domain/caps.ts'
import type { AppendAudit } from '../books/audit.ts'
import { deleteLimit, isMonthOfAll, limitOf, writeLimit } from '../books/caps.ts'
import type { Database, Executor } from '../database.ts'
import { countWhatWasSpent } from './counting.ts'
import { nameOfScope, readCaps } from './reading.ts'

type CapParts = {
  readonly appendAudit: AppendAudit
  readonly now: () => number
  readonly newId: () => string
}

const living = async (
  tx: Executor,
  table: 'members' | 'channels',
  workspaceId: string,
  id: string,
): Promise<boolean> =>
  (await tx
    .selectFrom(table)
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()) !== undefined

/** Whether there is what a cap would count. What a model is called is judged by the domain. */
const exists = (tx: Executor, workspaceId: string, { scope, id }: CapPlace): Promise<boolean> => {
  if (scope === CapScope.enum.member) return living(tx, 'members', workspaceId, id)
  if (scope === CapScope.enum.channel) return living(tx, 'channels', workspaceId, id)
  return Promise.resolve(true)
}

/** Which cap it is, for the audit log; the workspace's month, which every workspace has, is told without. */
const placeFacts = (place: CapPlace, name: string | null): EventFacts => {
  if (isMonthOfAll(place)) return {}
  const { scope, id, kind } = place
  return scope === 'workspace' ? { scope, period: kind } : { scope, scopeId: id, name, period: kind }
}

const usdOrNone = (limit: Parameters<typeof Usd.encode>[0] | undefined): string | null =>
  limit === undefined ? null : Usd.encode(limit)

/** The caps of every scope, over the tables of the books. */
export const sqlCaps = (database: Database, { appendAudit, now, newId }: CapParts): CapStore => ({
  list: (workspaceId, timeZone) => readCaps(database.db, { workspaceId, timeZone, at: now() }),
  set: ({ workspaceId, timeZone, by }, { limit, ...place }) =>
    database.transaction(workspaceId, async (tx) => {
      if (!(await exists(tx, workspaceId, place))) return false
      const at = now()
      const before = await limitOf(tx, workspaceId, place)
      if (before === undefined) await countWhatWasSpent(tx, { workspaceId, timeZone, at, newId }, place)
      await writeLimit(tx, { workspaceId, place, limit, at })
      const name = await nameOfScope(tx, workspaceId, place)
      const facts = { ...placeFacts(place, name), before: usdOrNone(before), after: Usd.encode(limit) }
      await appendAudit(tx, { workspaceId, kind: 'cap-changed', memberId: by, facts })
      return true
    }),
  remove: ({ workspaceId, by }, place) =>
    database.transaction(workspaceId, async (tx) => {
      const before = await limitOf(tx, workspaceId, place)
      if (before === undefined) return false
      await deleteLimit(tx, workspaceId, place)
      const name = await nameOfScope(tx, workspaceId, place)
      const facts = { ...placeFacts(place, name), before: Usd.encode(before), after: null }
      await appendAudit(tx, { workspaceId, kind: 'cap-changed', memberId: by, facts })
      return true
    }),
})
