import assert from 'node:assert/strict'
import { z } from 'zod'
import type { Settlement } from '../../../server/domain/books/ledger.ts'
import { Usd } from '../../../shared/money.ts'
import { capChange, playAlone } from './acts.ts'
import { mayFallBack, settlementOf, takeUntold } from './ending.ts'
import { expectFigures } from './figures.ts'
import type { Found } from './found.ts'
import { nameOf } from './model.ts'
import { isAlone, type Step } from './steps.ts'
import { type Attempt, firstAttempt, nextAttempt, type Table } from './table.ts'

/** What is under way at the same time, and what it wants to write. */
type Rush = {
  readonly found: Found
  readonly asked: Map<string, Attempt>
  readonly told: Map<string, Settlement>
  readonly changed: Map<string, () => void>
}

type Work = () => Promise<unknown>

const holding = ({ books }: Table, { asked, found }: Rush, attempt: Attempt): Work => {
  asked.set(attempt.call.attempt, attempt)
  return async () => {
    if (!(await books.ledger.hold(attempt.request)).held) found.decline()
  }
}

const telling = ({ books }: Table, { told }: Rush, settlement: Settlement): Work => {
  told.set(settlement.attemptId, settlement)
  return () => books.ledger.settle(settlement)
}

const fallingBack = (
  table: Table,
  rush: Rush,
  step: Extract<Step, { do: 'fall-back' }>,
): Work | undefined => {
  const request = takeUntold(table, step.which, new Set(rush.told.keys()))
  if (request === undefined || !mayFallBack(table, request)) return undefined
  const how = { do: step.unknown ? 'break' : 'fail', which: 0, percent: 0 } as const
  const first = telling(table, rush, settlementOf(table, how, request))
  const then = holding(table, rush, nextAttempt(table, step, request))
  return async () => {
    await first()
    await then()
  }
}

type Change = Parameters<typeof capChange>[1]

/** Of two changes of one cap at the same time nobody could say which was last. */
const changing = (table: Table, { changed }: Rush, step: Change): Work | undefined => {
  const change = capChange(table, step)
  if (change === undefined || changed.has(nameOf(change.place))) return undefined
  changed.set(nameOf(change.place), change.note)
  return change.ask
}

const workOf = (table: Table, rush: Rush, step: Step): Work | undefined => {
  if (step.do === 'hold') return holding(table, rush, firstAttempt(table, step))
  if (step.do === 'fall-back') return fallingBack(table, rush, step)
  if (step.do === 'sweep') return () => table.books.ledger.sweep()
  if (step.do === 'limit' || step.do === 'remove' || step.do === 'raise' || step.do === 'reserve')
    return changing(table, rush, step)
  if (!('which' in step)) return undefined
  const request = takeUntold(table, step.which, new Set(rush.told.keys()))
  return request && telling(table, rush, settlementOf(table, step, request))
}

const Happened = z.object({
  kind: z.string(),
  facts: z.object({
    attempt: z.string(),
    outcome: z.string().optional(),
    certainty: z.enum(['exact', 'estimated']).optional(),
    settled: Usd.optional(),
  }),
})

/** What was written since number `after`, in the order in which it was. */
const happenedSince = async ({ books }: Table, after: number) => {
  const rows = await books.database.db
    .selectFrom('events')
    .select('bytes')
    .where('workspace_id', '=', books.workspace)
    .where('log', '=', 'ledger')
    .where('kind', '!=', 'pruned-up-to')
    .where('seq', '>', after)
    .orderBy('seq')
    .execute()
  return rows.map(({ bytes }) => Happened.parse(JSON.parse(bytes)))
}

const lastEvent = async ({ books }: Table): Promise<number> => {
  const { last } = await books.database.db
    .selectFrom('events')
    .select(({ fn }) => fn.max('seq').as('last'))
    .where('workspace_id', '=', books.workspace)
    .where('log', '=', 'ledger')
    .executeTakeFirstOrThrow()
  return Number(last ?? 0)
}

/** Goes through what was written in its order: each grant must have fitted at its moment, and each ending must be one that was told. */
const follow = async (table: Table, { asked, told, changed, found }: Rush, after: number) => {
  const { model, books, requests } = table
  const zone = books.clock.timeZone
  for (const { kind, facts } of await happenedSince(table, after)) {
    const { attempt: id, outcome, certainty, settled } = facts
    const attempt = asked.get(id)
    if (kind === 'held' && attempt !== undefined) {
      found.grant(model.over(attempt.call, zone, new Set(changed.keys())) ?? 0n)
      model.begin(attempt.call, zone)
      requests.set(id, attempt.request)
      continue
    }
    const expected = outcome === 'lost' ? model.find(id).call.bound : told.get(id)?.settled
    assert.ok(certainty !== undefined && settled !== undefined, `${kind} without an amount`)
    assert.equal(settled, expected, 'something was settled that nobody told')
    model.end(id, certainty, settled)
  }
}

const rushOf = async (table: Table, found: Found, steps: readonly Step[]): Promise<void> => {
  const rush: Rush = { found, asked: new Map(), told: new Map(), changed: new Map() }
  const after = await lastEvent(table)
  const works = steps.flatMap((step) => workOf(table, rush, step) ?? [])
  await Promise.all(works.map((work) => work()))
  if (rush.asked.size > 0) table.model.open(table.books.clock.now, table.books.clock.timeZone)
  await follow(table, rush, after)
  for (const note of rush.changed.values()) note()
  await expectFigures(table)
}

/** Plays everything at once that lies between two moves of the clock; then every cap shows what the model says. */
export const playAtOnce = async (table: Table, found: Found, steps: readonly Step[]): Promise<void> => {
  let rush: Step[] = []
  for (const step of steps) {
    if (!isAlone(step)) {
      rush.push(step)
      continue
    }
    await rushOf(table, found, rush)
    rush = []
    await playAlone(table, step)
  }
  await rushOf(table, found, rush)
}
