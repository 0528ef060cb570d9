import { type CapPlace, CapScope } from '../../../shared/cap.ts'
import { ownLimit } from '../../domain/books/caps.ts'
import { type CapDeed, type CapStore, refuseRaise } from '../../domain/caps.ts'
import type { AppendAudit } from '../books/audit.ts'
import type { Database, Executor } from '../database.ts'
import {
  type Changing,
  changeLimit,
  changeReserve,
  endRaise,
  raiseLimit,
  setCapAt,
  takeAway,
} from './changing.ts'
import { countWhatWasSpent } from './counting.ts'
import { readCaps } from './reading.ts'

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

/** The caps of every scope, over the tables of the books. */
export const sqlCaps = (database: Database, { appendAudit, now, newId }: CapParts): CapStore => {
  /** Runs in a transaction about the deed's workspace, at one moment. */
  const change = <T>(deed: CapDeed, work: (tx: Executor, changing: Changing) => Promise<T>): Promise<T> =>
    database.transaction(deed.workspaceId, (tx) => work(tx, { ...deed, at: now(), appendAudit }))
  return {
    list: (workspaceId, timeZone) => readCaps(database.db, { workspaceId, timeZone, at: now() }),
    set: (deed, { limit, ...place }) =>
      change(deed, async (tx, changing) => {
        if (!(await exists(tx, deed.workspaceId, place))) return false
        const { at } = changing
        const before = await setCapAt(tx, changing, place)
        if (before === undefined) await countWhatWasSpent(tx, { ...deed, at, newId }, place)
        await changeLimit(tx, changing, place, limit)
        return true
      }),
    remove: (deed, place) =>
      change(deed, async (tx, changing) => {
        const set = await setCapAt(tx, changing, place)
        if (set !== undefined) await takeAway(tx, changing, set)
        return set !== undefined
      }),
    raise: (deed, { limit, until, ...place }) =>
      change(deed, async (tx, changing) => {
        const set = await setCapAt(tx, changing, place)
        if (set === undefined) return false
        refuseRaise(ownLimit(set), { limit, until }, changing.at)
        await raiseLimit(tx, changing, set, { limit, until })
        return true
      }),
    endRaise: (deed, place) =>
      change(deed, async (tx, changing) => {
        const set = await setCapAt(tx, changing, place)
        if (set === undefined || set.raised === null) return false
        await endRaise(tx, changing, set)
        return true
      }),
    setReserve: (deed, reserve) => change(deed, (tx, changing) => changeReserve(tx, changing, reserve)),
  }
}
