import { sql } from 'kysely'
import { z } from 'zod'
import { pico } from '../../../shared/money.ts'
import { answered, type Books } from '../../books/desk.ts'
import type { Cells } from '../inserting.ts'

const Cell = z.union([z.string(), z.bigint(), z.number(), z.null()])
const Row: z.ZodType<Cells> = z.record(z.string(), Cell)

const Event = z.object({
  kind: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
})

/** What one answered draft leaves in the books, as the ledger itself wrote it. */
export type Pattern = {
  readonly receipt: Cells
  readonly attempt: Cells
  readonly lines: readonly Cells[]
  readonly events: readonly z.infer<typeof Event>[]
  readonly settled: bigint
}

/** What each draft of a pattern costs and holds. */
const SETTLED = pico(2_341_000_000n)
const BOUND = pico(31_000_000_000n)

/** Holds and settles one draft for real, and reads what that wrote. */
export const writtenPattern = async ({
  database,
  ledger,
  request,
  workspace,
  clock,
}: Books): Promise<Pattern> => {
  const call = request(BOUND)
  await ledger.hold(call)
  clock.now += 2_000
  await ledger.settle(answered(call, SETTLED))
  const read = async (table: string, column: string, id: string): Promise<readonly Cells[]> => {
    const own = sql`workspace_id = ${workspace} and ${sql.ref(column)} = ${id}`
    const { rows } = await sql`select * from ${sql.table(table)} where ${own}`.execute(database.db)
    return rows.map((row) => Row.parse(row))
  }
  const [receipt] = await read('receipts', 'id', call.receipt.id)
  const [attempt] = await read('attempts', 'id', call.attempt.id)
  const lines = await read('hold_lines', 'attempt_id', call.attempt.id)
  const events = (await read('events', 'log', 'ledger')).map(({ bytes }) =>
    Event.parse(JSON.parse(String(bytes))),
  )
  if (receipt === undefined || attempt === undefined) throw new Error('the books have not written a draft')
  return { receipt, attempt, lines, events, settled: SETTLED }
}
