import fc from 'fast-check'
import { SILENCE_MS } from '../../server/domain/books/vaults.ts'
import { type Database, migrate } from '../../server/store/database.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { countedIds } from '../books/desk.ts'
import { type Engine, freshDatabase } from '../engine.ts'
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

/** All schedules of a run share a database, each with a workspace of its own. */
const opened = async (engine: Engine): Promise<Database & AsyncDisposable> => {
  const fresh = await freshDatabase('migrated', engine)
  const database = engine === 'sqlite' ? openSqlite(':memory:') : fresh.open()
  await migrate(database)
  return {
    ...database,
    [Symbol.asyncDispose]: async () => {
      await database.close()
      await fresh.remove()
    },
  }
}

/** Plays one schedule on books of its own and judges them. What it has found counts, also when it ends early. */
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

const rowOf = async (
  { name, play, count }: Kind,
  engine: Engine,
  { seed, schedules: { steps } }: Sizes,
  report: Report,
): Promise<Row> => {
  await using database = await opened(engine)
  const ids = countedIds()
  const worst = nothingFound()
  let played = 0
  const property = fc.asyncProperty(schedules(steps), async (schedule) => {
    await playOne(database, ids, schedule, play, worst)
    played += 1
    if (played % PROGRESS_EVERY === 0) report(`${played} of ${count} schedules, ${name}`)
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
  report(fc.defaultReportMessage(details) ?? 'failed')
  if (holds(row)) throw new Error(`a schedule, ${name}, is not as the model says (seed ${details.seed})`)
  return row
}

/**
 * Any schedule of holds, endings, crashes, sweeps, caps, raises, reserves, trials, periods, zones, fallbacks and given up receipts, against a
 * model with an arithmetic of its own. In order it says exactly which hold is granted; at once every grant is judged by its place in the chain.
 */
export const proveSchedules: Proof = async (engine, sizes, report) => {
  const { inOrder, atOnce } = sizes.schedules
  return [
    await rowOf({ name: 'in order', play: playInOrder, count: inOrder }, engine, sizes, report),
    await rowOf({ name: 'at once', play: playAtOnce, count: atOnce }, engine, sizes, report),
  ]
}
