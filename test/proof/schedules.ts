import fc from 'fast-check'
import { SILENCE_MS } from '../../server/domain/books/vaults.ts'
import type { Database } from '../../server/store/database.ts'
import { countedIds } from '../books/desk.ts'
import type { Engine } from '../engine.ts'
import { openedDatabase } from './opened.ts'
import { holds, type Proof, type Report, type Row } from './proof.ts'
import { sweep } from './schedules/acts.ts'
import { playAtOnce } from './schedules/at-once.ts'
import { expectFigures } from './schedules/figures.ts'
import { type Found, nothingFound } from './schedules/found.ts'
import { playInOrder } from './schedules/in-order.ts'
import { judge } from './schedules/judge.ts'
import { type Schedule, schedules } from './schedules/steps.ts'
import { laidTable } from './schedules/table.ts'
import type { Sizes } from './sizes.ts'

type Play = typeof playInOrder

/** Plays one schedule, in a workspace of its own, on books of its own and judges them. What it has found counts, also when it ends early. */
const playOne = async (
  database: Database,
  ids: () => string,
  schedule: Schedule,
  play: Play,
  worst: Found,
) => {
  const found = nothingFound()
  const table = await laidTable(database, ids, schedule)
  const { books } = table
  try {
    await play(table, found, schedule.steps)
    books.clock.now += SILENCE_MS + 1
    await sweep(table)
    await expectFigures(table)
    await judge(table, found)
  } finally {
    books.clock.now += SILENCE_MS + 1
    await books.ledger.sweep()
    worst.add(found)
  }
}

type Kind = { readonly name: string; readonly play: Play; readonly count: number }

const PROGRESS_EVERY = 100

const messageOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

const rowOf = async (
  { name, play, count }: Kind,
  engine: Engine,
  { seed, schedules: { steps } }: Sizes,
  report: Report,
): Promise<Row> => {
  await using database = await openedDatabase(engine)
  const ids = countedIds()
  const worst = nothingFound()
  let played = 0
  const property = fc.asyncProperty(schedules(steps), async (schedule) => {
    await playOne(database, ids, schedule, play, worst)
    played += 1
    if (played % PROGRESS_EVERY === 0 && played <= count) report(`${played} of ${count} schedules, ${name}`)
  })
  const details = await fc.check(property, { numRuns: count, ...(seed !== undefined && { seed }) })
  const { granted, declined } = worst.asked()
  const measured = `${granted} holds granted, ${declined} declined`
  const row = {
    proof: `schedules, ${name}`,
    engine,
    processes: 1,
    schedules: count,
    ...worst.figures(),
    measured,
  }
  if (!details.failed) return row
  report(`${fc.defaultReportMessage(details)}\n${messageOf(details.errorInstance)}`)
  if (holds(row)) throw new Error(`a schedule, ${name}, is not as the model says (seed ${details.seed})`)
  return row
}

/**
 * Any schedule of holds, endings, crashes, sweeps, caps, raises, reserves, trials, periods, zones, fallbacks and given up receipts, one step after
 * the other, against a model with an arithmetic of its own that says exactly which hold is granted.
 */
export const proveSchedules: Proof = async (engine, sizes, report) => {
  const kind = { name: 'in order', play: playInOrder, count: sizes.schedules.inOrder }
  return [await rowOf(kind, engine, sizes, report)]
}

/** The same with all steps at once that lie between two moves of the clock: every grant is judged by its place in the chain. */
export const proveSchedulesAtOnce: Proof = async (engine, sizes, report) => {
  const kind = { name: 'at once', play: playAtOnce, count: sizes.schedules.atOnce }
  return [await rowOf(kind, engine, sizes, report)]
}
