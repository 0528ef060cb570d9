import { zero } from '../../../shared/money.ts'
import type { Link } from '../../domain/books/events.ts'
import type { Ledger } from '../../domain/books/ledger.ts'
import { changeLimit } from '../caps/changing.ts'
import { readCaps } from '../caps/reading.ts'
import type { Database } from '../database.ts'
import { abandonedAttempts, isAbandoned, lost } from './abandoned.ts'
import { auditAppender } from './audit.ts'
import { monthPlace, readCap } from './caps.ts'
import { type AppendEvent, eventAppender } from './events.ts'
import { holdIn } from './hold.ts'
import { draftsSince, knownRequest } from './receipt-rows.ts'
import { settleIn } from './settle.ts'

type LedgerParts = {
  readonly now: () => number
  readonly newId: () => string
  readonly link: Link
}

/** Lets requests through between two pieces of work: awaits on SQLite alone never do. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const sweep = async (database: Database, append: AppendEvent, now: () => number): Promise<number> => {
  let swept = 0
  for (const attempt of await abandonedAttempts(database.db, now())) {
    await breathe()
    const taken = await database.transaction(attempt.workspace_id, async (tx) => {
      if (!(await isAbandoned(tx, attempt, now()))) return false
      await settleIn(tx, append, lost(attempt), now())
      return true
    })
    if (taken) swept += 1
  }
  return swept
}

const setCap = (database: Database, { now, link }: LedgerParts): Ledger['setCap'] => {
  const appendAudit = auditAppender({ now, link })
  return (workspaceId, limit, by) =>
    database.transaction(workspaceId, async (tx) => {
      const changing = { workspaceId, by, at: now(), appendAudit }
      const before = (await changeLimit(tx, changing, monthPlace, limit)) ?? zero
      return { before, after: limit }
    })
}

/** The books in a database that several vaults may share. */
export const sqlLedger = (database: Database, parts: LedgerParts): Ledger => {
  const { now, newId, link } = parts
  const { db, transaction } = database
  const append = eventAppender(link)
  return {
    hold: (request) =>
      transaction(request.workspaceId, (tx) => holdIn(tx, { newId, append }, request, now())),
    settle: (settlement) =>
      transaction(settlement.workspaceId, (tx) => settleIn(tx, append, settlement, now())),
    sweep: () => sweep(database, append, now),
    known: (workspaceId, memberId, idempotencyKey) =>
      knownRequest(db, { workspaceId, memberId, idempotencyKey }, now()),
    cap: (workspaceId, timeZone) => readCap(db, { workspaceId, timeZone, at: now() }),
    caps: (workspaceId, timeZone, scopes) => readCaps(db, { workspaceId, timeZone, at: now() }, scopes),
    setCap: setCap(database, parts),
    draftsSince: (workspaceId, since) => draftsSince(db, workspaceId, since),
  }
}
