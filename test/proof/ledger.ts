import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { link, walkStream } from '../../server/crypto/chain.ts'
import { chainEntries } from '../../server/store/books/events.ts'
import { sqlLedger } from '../../server/store/books/ledger.ts'
import { countedLines } from '../../server/store/checks/sums.ts'
import type { Database } from '../../server/store/database.ts'
import { pico } from '../../shared/money.ts'
import { answered, type Books, booksOver } from '../books/desk.ts'
import { complaintsAbout, watched } from './ledger/plans.ts'
import { seedLedger } from './ledger/seed.ts'
import { openedDatabase } from './opened.ts'
import type { Proof, Report } from './proof.ts'

const BOUND = pico(31_000_000_000n)
const SETTLED = pico(2_341_000_000n)
/** The rolling limit that a vault asks under. */
const HOUR_MS = 3_600_000
const DRAFTS_AN_HOUR = 200

/** A workspace with caps of a month, a day, a member and a model, and a ledger of so many events. */
const seeded = async (database: Database, events: number, report: Report): Promise<Books> => {
  const books = await booksOver(database, randomUUID)
  await books.setCapOf({ scope: 'workspace', id: '', kind: 'month' }, '1000000')
  await books.setCapOf({ scope: 'workspace', id: '', kind: 'day' }, '1000000')
  await books.setCapOf({ scope: 'member', id: books.member, kind: 'month' }, '1000000')
  await seedLedger(books, events, (written) => report(`${written} of ${events} events`))
  if (database.engine === 'postgres') await sql`vacuum analyze`.execute(database.db)
  return books
}

/** Holds and settles one draft as a vault does, and tells how long that took, in ms. */
const pair = async ({ ledger, request, clock }: Books): Promise<number> => {
  clock.now += 30_000
  const call = {
    ...request(BOUND),
    limit: { most: DRAFTS_AN_HOUR, since: clock.now - HOUR_MS },
  }
  const began = performance.now()
  const { held } = await ledger.hold(call)
  await ledger.settle(answered(call, SETTLED))
  if (!held) throw new Error('a hold was declined on a ledger with room for it')
  return performance.now() - began
}

const median = (figures: readonly number[]): number =>
  figures.toSorted((one, other) => one - other)[Math.floor(figures.length / 2)] ?? 0

/** In turns on both, so that whatever else the machine does meets both alike. */
const timed = async (small: Books, large: Books, pairs: number) => {
  const times: { readonly small: number[]; readonly large: number[] } = { small: [], large: [] }
  for (let done = 0; done < pairs; done += 1) {
    times.small.push(await pair(small))
    times.large.push(await pair(large))
  }
  return { small: median(times.small), large: median(times.large) }
}

/** By how much counters differ from their lines, and how many of them still hold. Throws where the chain is broken. */
const checked = async ({ database, workspace }: Books) => {
  const counters = await countedLines(database.db)
  const walked = await walkStream(
    chainEntries(database.db, { workspaceId: workspace, log: 'ledger' }, Number.MAX_SAFE_INTEGER),
  )
  if (!walked.whole) throw new Error(`the chain is broken at ${walked.seq}`)
  const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount)
  return {
    events: walked.length,
    leakedHolds: counters.filter(({ held, lines_held }) => held !== 0n || lines_held !== 0n).length,
    difference: counters.reduce((sum, one) => sum + size(one.settled - one.lines_settled), 0n),
  }
}

/** Sees how every statement of a hold and a settlement finds its rows; tells how many statements that are. */
const expectPlans = async (books: Books): Promise<number> => {
  const { database, clock, ids } = books
  const { database: open, seen } = watched(database)
  await pair({ ...books, ledger: sqlLedger(open, { now: () => clock.now, newId: ids, link }) })
  const complaints = await complaintsAbout(database, seen)
  if (complaints.length > 0) throw new Error(`statements read too much: ${complaints.join('; ')}`)
  return seen.length
}

/**
 * A hold and its settlement cost on a ledger of a million events what they cost on a thousand: measured as a ratio, which only says what this
 * machine did, and by the plan of every statement, which decides.
 */
export const proveLedger: Proof = async (engine, { ledger: { small, large, pairs } }, report) => {
  await using few = await openedDatabase(engine, 'file')
  await using many = await openedDatabase(engine, 'file')
  const [thousand, million] = [await seeded(few, small, report), await seeded(many, large, report)]
  const statements = await expectPlans(million)
  report('timing')
  await timed(thousand, million, Math.ceil(pairs / 10))
  const took = await timed(thousand, million, pairs)
  report('adding up')
  const { events, ...figures } = await checked(million)
  const ratio = (took.large / took.small).toFixed(2)
  const measured = `${ratio} × (${took.small.toFixed(2)} ms on ${small.toLocaleString('en-US')} events, ${took.large.toFixed(2)} ms on ${events.toLocaleString('en-US')}), ${statements} statements by index`
  return [
    { proof: 'hold + settle', engine, processes: 1, schedules: pairs, overshoot: null, ...figures, measured },
  ]
}
