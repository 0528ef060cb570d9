import assert from 'node:assert/strict'
import type { HoldOutcome } from '../../../server/domain/books/ledger.ts'
import { capChange, playAlone, sweep } from './acts.ts'
import { mayFallBack, noteEnd, settlementOf, takeUntold } from './ending.ts'
import { expectFigures } from './figures.ts'
import type { Found } from './found.ts'
import { nameOf } from './model.ts'
import { isAlone, type Step } from './steps.ts'
import { type Attempt, firstAttempt, nextAttempt, type Table } from './table.ts'

const none: ReadonlySet<string> = new Set()

/** The cap that a refusal names stands as the model says, and is one under which the call does not fit. */
const expectRightRefusal = (table: Table, { call }: Attempt, outcome: HoldOutcome): void => {
  assert.ok('facts' in outcome, 'a hold was declined without naming a cap')
  const { scope, id, kind, limit, settled, held, needed } = outcome.facts
  const name = nameOf({ scope, id, kind })
  const figures = table.model.figures(call.startedAt, table.books.clock.timeZone).get(name)
  assert.deepEqual({ ...figures, limit, settled, held }, figures, `the refusal by ${name}`)
  assert.equal(needed, call.bound)
  assert.ok(
    table.model.overAt(name, call, table.books.clock.timeZone) > 0n,
    `${name} declined what fits under it`,
  )
}

/** Asks for a hold, and sees that it is granted exactly when it fits under every cap that applies. */
const hold = async (table: Table, found: Found, attempt: Attempt): Promise<void> => {
  const { books, model, requests } = table
  const { request, call } = attempt
  const zone = books.clock.timeZone
  const over = model.over(call, zone)
  const outcome = await books.ledger.hold(request)
  model.open(call.startedAt, zone)
  if (!outcome.held) {
    assert.ok(over !== undefined && over > 0n, 'a hold was declined that fits under every cap')
    found.decline()
    return expectRightRefusal(table, attempt, outcome)
  }
  found.grant(over ?? 0n)
  model.begin(call, zone)
  requests.set(call.attempt, request)
}

const fallBack = async (table: Table, found: Found, step: Extract<Step, { do: 'fall-back' }>) => {
  const request = takeUntold(table, step.which, none)
  if (request === undefined || !mayFallBack(table, request)) return
  await end(table, { do: step.unknown ? 'break' : 'fail', which: step.which, percent: 0 })
  await hold(table, found, nextAttempt(table, step, request))
}

const end = async (table: Table, step: Parameters<typeof settlementOf>[1]): Promise<void> => {
  const request = takeUntold(table, step.which, none)
  if (request === undefined) return
  const settlement = settlementOf(table, step, request)
  await table.books.ledger.settle(settlement)
  noteEnd(table, settlement)
}

const act = async (table: Table, found: Found, step: Step): Promise<void> => {
  if (isAlone(step)) return playAlone(table, step)
  if (step.do === 'hold') return hold(table, found, firstAttempt(table, step))
  if (step.do === 'fall-back') return fallBack(table, found, step)
  if (step.do === 'sweep') return sweep(table)
  if (step.do === 'limit' || step.do === 'remove' || step.do === 'raise' || step.do === 'reserve') {
    const change = capChange(table, step)
    await change?.ask()
    change?.note()
    return
  }
  if ('which' in step) await end(table, step)
}

/** Plays one step after the other; after each, every cap shows what the model says. */
export const playInOrder = async (table: Table, found: Found, steps: readonly Step[]): Promise<void> => {
  for (const step of steps) {
    await act(table, found, step)
    await expectFigures(table)
  }
}
