import type { HoldRequest, Settlement } from '../../../server/domain/books/ledger.ts'
import { pico } from '../../../shared/money.ts'
import { answered, broken, failedFree } from '../../books/desk.ts'
import type { Step } from './steps.ts'
import { cents, type Table } from './table.ts'

type Ending = Extract<Step, { do: 'answer' | 'overcharge' | 'fail' | 'break' }>

/** Calls that nobody has told the end of, also those that a sweep has closed meanwhile; none of a receipt that was given up. */
const untold = ({ model }: Table): readonly string[] =>
  model
    .calls()
    .filter(({ standing, kept }) => kept && standing.state !== 'exact')
    .map(({ call }) => call.attempt)

/** One of them that is not taken yet; undefined when there is none. */
export const takeUntold = (
  table: Table,
  number: number,
  taken: ReadonlySet<string>,
): HoldRequest | undefined => {
  const free = untold(table).filter((attempt) => !taken.has(attempt))
  const attempt = free[number % Math.max(1, free.length)]
  return attempt === undefined ? undefined : table.requests.get(attempt)
}

/** Longer than any call can run. */
const CALL_MS = 3_600_000

/** A call that runs may fail and be followed by the next one; nobody waits for it longer than a call can run. */
export const mayFallBack = ({ model, books }: Table, { attempt }: HoldRequest): boolean => {
  const { call, standing } = model.find(attempt.id)
  return standing.state === 'open' && call.startedAt > books.clock.now - CALL_MS
}

/** What the provider's answer, or its silence, makes the vault write down. */
export const settlementOf = ({ model }: Table, step: Ending, request: HoldRequest): Settlement => {
  const { bill } = model.find(request.attempt.id).call
  if (step.do === 'fail') return failedFree(request)
  if (step.do === 'break') return broken(request)
  if (step.do === 'answer') return answered(request, pico(bill))
  return answered(request, pico(request.bound + cents(step.percent) + 1n))
}

/** Lets the model know what was told. */
export const noteEnd = ({ model }: Table, { attemptId, certainty, settled }: Settlement): void =>
  model.end(attemptId, certainty, settled)
