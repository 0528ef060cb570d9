import assert from 'node:assert/strict'
import { SILENCE_MS } from '../../../server/domain/books/vaults.ts'
import type { CapPlace } from '../../../shared/cap.ts'
import { pico, Usd } from '../../../shared/money.ts'
import { monthOfAll } from './model.ts'
import type { Step } from './steps.ts'
import { cents, chosen, type Table, wakeAll, zones } from './table.ts'

type Change = Extract<Step, { do: 'limit' | 'remove' | 'raise' | 'reserve' }>

/** A change of a cap: of which one, what the books are asked, and what the model is told when they have done it. */
type CapChange = { readonly place: CapPlace; ask(): Promise<unknown>; note(): void }

const limiting = ({ books, model }: Table, place: CapPlace, amount: bigint): CapChange => ({
  place,
  ask: () => books.setCapOf(place, Usd.encode(pico(amount))),
  note: () => {
    if (!model.isSet(place)) model.open(books.clock.now, books.clock.timeZone)
    model.setLimit(place, amount)
  },
})

const raising = (table: Table, place: CapPlace, step: Extract<Change, { do: 'raise' }>): CapChange => {
  const { model, caps, deed, books } = table
  const limit = (model.ownLimit(place) ?? 0n) + cents(step.cents) + 1n
  const until = books.clock.now + Math.max(1, step.minutes) * 60_000
  return {
    place,
    ask: () => caps.raise(deed(), { ...place, limit: pico(limit), until }),
    note: () => model.raise(place, limit, until),
  }
}

/** What a step changes; undefined when it has nothing to change: the month of all is never taken away. */
export const capChange = (table: Table, step: Change): CapChange | undefined => {
  const { books, model, caps, deed } = table
  if (step.do === 'reserve') {
    const amount = cents(step.cents)
    return {
      place: monthOfAll,
      ask: () => caps.setReserve(deed(), pico(amount)),
      note: () => model.setReserve(amount),
    }
  }
  const place = chosen(table.places, step.place)
  if (step.do === 'limit') return limiting(table, place, cents(step.cents))
  if (step.do === 'raise') return raising(table, model.isSet(place) ? place : monthOfAll, step)
  if (!model.isSet(place) || place === monthOfAll) return undefined
  return {
    place,
    ask: () => books.removeCapOf(place),
    note: () => model.removeLimit(place),
  }
}

/** What a sweep at this moment has to close: what expired, and what belongs to a vault that fell silent. */
export const abandoned = ({ books, model, beats }: Table): readonly string[] => {
  const { now } = books.clock
  const gone = (vault: string): boolean => (beats.get(vault) ?? 0) < now - SILENCE_MS
  return model
    .calls()
    .filter(({ call, standing }) => standing.state === 'open' && (call.expiresAt <= now || gone(call.vault)))
    .map(({ call }) => call.attempt)
}

/** Sweeps, and sees that exactly what was abandoned is closed, at its bound. */
export const sweep = async (table: Table): Promise<void> => {
  const { books, model } = table
  const expected = abandoned(table)
  assert.equal(await books.ledger.sweep(), expected.length, 'a sweep took up another number of holds')
  for (const attempt of expected) model.end(attempt, 'estimated', model.find(attempt).call.bound)
}

/** A vault is killed: it falls silent, the others live on and sweep, and later it is back. */
const crash = async (table: Table, killed: string): Promise<void> => {
  const { books, vaults, beats } = table
  books.clock.now += SILENCE_MS + 1
  for (const vault of vaults) {
    if (vault === killed) continue
    await books.vaults.heartbeat(vault)
    beats.set(vault, books.clock.now)
  }
  await sweep(table)
  await wakeAll(table)
}

const moveClock = async (table: Table, to: number): Promise<void> => {
  table.books.clock.now = Math.max(to, table.books.clock.now)
  await wakeAll(table)
}

/** When a day, the month or a raise ends, as people see it; the next day at this hour where a day's cap is not set. */
const endOf = async ({ books }: Table, end: Extract<Step, { do: 'reach' }>['end']): Promise<number> => {
  const caps = await books.caps()
  const [raise] = caps.flatMap(({ raised }) => raised?.until ?? [])
  const kind = end === 'raise' ? 'day' : end
  const period = caps.find((cap) => cap.kind === kind)?.period.endsAt
  return (end === 'raise' ? raise : undefined) ?? period ?? books.clock.now + 86_400_000
}

/** Goes to shortly before, to, or shortly after such an end. */
const reach = async (table: Table, { end, by }: Extract<Step, { do: 'reach' }>): Promise<void> =>
  moveClock(table, (await endOf(table, end)) + by)

const KEPT_MS = 40 * 86_400_000

/** Gives up what is older than the retention, and sees that exactly that is gone. */
const prune = async ({ books, model, retention }: Table): Promise<void> => {
  const before = books.clock.now - KEPT_MS
  const overdue = Map.groupBy(
    model.calls().filter(({ kept }) => kept),
    ({ call }) => call.receipt,
  )
  const given = [...overdue].filter(
    ([, calls]) =>
      calls.every(({ standing }) => standing.state !== 'open') &&
      Math.min(...calls.map(({ call }) => call.startedAt)) < before,
  )
  const count = await retention.prune({ workspaceId: books.workspace, days: 40 }, before)
  assert.equal(count, given.length, 'another number of receipts was given up')
  for (const [receipt] of given) model.forget(receipt)
}

/** Does what nothing else happens beside. */
export const playAlone = async (table: Table, step: Step): Promise<void> => {
  if (step.do === 'crash') return crash(table, chosen(table.vaults, step.vault))
  if (step.do === 'pass') return moveClock(table, table.books.clock.now + step.minutes * 60_000)
  if (step.do === 'nap') table.books.clock.now += step.seconds * 1_000
  if (step.do === 'reach') return reach(table, step)
  if (step.do === 'prune') return prune(table)
  if (step.do === 'move') table.books.clock.timeZone = chosen(zones, step.zone)
}
