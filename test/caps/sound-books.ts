import { expect, onTestFinished } from 'vitest'
import { checkBooks } from '../../server/commands/doctor/books.ts'
import { checkChains } from '../../server/commands/doctor/chains.ts'
import type { HoldOutcome, HoldRequest } from '../../server/domain/books/ledger.ts'
import type { AuditKind } from '../../shared/audit.ts'
import type { CapPlace } from '../../shared/cap.ts'
import { agree } from '../books/agreement.ts'
import { answered, type Books, givenBooks } from '../books/desk.ts'

/** Books that must add up in every place, and please the doctor, when the test is over. */
export const givenSoundBooks = async (): Promise<Books> => {
  const books = await givenBooks()
  const { database, workspace } = books
  onTestFinished(async () => {
    expect(await agree(books)).toBe(true)
    const found = [...(await checkBooks(database.db)), ...(await checkChains(database.db, [workspace]))]
    expect(found.filter(({ state }) => state !== 'good')).toEqual([])
    await database.close()
  })
  return books
}

export const isHeld = ({ held }: HoldOutcome): boolean => held
export const slugOf = (outcome: HoldOutcome) => ('slug' in outcome ? outcome.slug : undefined)

export const monthOf = (scope: CapPlace['scope'], id = ''): CapPlace => ({ scope, id, kind: 'month' })
export const dayOf = (scope: CapPlace['scope'], id = ''): CapPlace => ({ scope, id, kind: 'day' })

/** Holds and settles one call. */
export const spent = async ({ ledger }: Books, call: HoldRequest, cost = call.bound): Promise<void> => {
  expect(await ledger.hold(call)).toEqual({ held: true })
  await ledger.settle(answered(call, cost))
}

/** Does something while nothing can be written into the chains, as when a disk fails in the middle of it. */
export const withoutChains = async ({ database: { db } }: Books, work: () => Promise<void>) => {
  await db.schema.alterTable('events').renameTo('events_away').execute()
  await work()
  await db.schema.alterTable('events_away').renameTo('events').execute()
}

/** What the audit log says of a kind, oldest first. */
export const audited = async ({ audit, workspace }: Books, kind: AuditKind) =>
  (await audit.list(workspace, { limit: 50, kind })).entries.toReversed()
