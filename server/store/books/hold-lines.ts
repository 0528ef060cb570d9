import { z } from 'zod'
import { CapScope } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import { Amount, Flag } from '../columns.ts'
import type { Executor } from '../database.ts'
import { type CounterPlace, moveCounter } from './counters.ts'

const Row = z.object({
  scope: CapScope,
  scope_id: z.string(),
  period_id: z.string(),
  held: Amount,
  settled: Amount,
  open: Flag,
})
type Line = z.infer<typeof Row>

/** Writes down under which scope and in which period an attempt's hold counts. */
export const insertLine = async (
  tx: Executor,
  attemptId: string,
  { workspaceId, periodId, scope }: CounterPlace,
  held: Picodollars,
): Promise<void> => {
  await tx
    .insertInto('hold_lines')
    .values({
      workspace_id: workspaceId,
      attempt_id: attemptId,
      scope: scope.scope,
      scope_id: scope.id,
      period_id: periodId,
      held,
      settled: 0n,
      open: 1,
    })
    .execute()
}

const linesOf = async (tx: Executor, workspaceId: string, attemptId: string): Promise<readonly Line[]> => {
  const rows = await tx
    .selectFrom('hold_lines')
    .select(['scope', 'scope_id', 'period_id', 'held', 'settled', 'open'])
    .where('workspace_id', '=', workspaceId)
    .where('attempt_id', '=', attemptId)
    .execute()
  return rows.map((row) => Row.parse(row))
}

const settleLine = async (
  tx: Executor,
  workspaceId: string,
  attemptId: string,
  line: Line,
  settled: Picodollars,
): Promise<void> => {
  await tx
    .updateTable('hold_lines')
    .set({ settled, open: 0 })
    .where('workspace_id', '=', workspaceId)
    .where('attempt_id', '=', attemptId)
    .where('scope', '=', line.scope)
    .where('scope_id', '=', line.scope_id)
    .where('period_id', '=', line.period_id)
    .execute()
}

/** Closes an attempt's hold at `settled`, or corrects a closed one; counters move by the difference, each in the period of its line. */
export const settleLines = async (
  tx: Executor,
  workspaceId: string,
  attemptId: string,
  settled: Picodollars,
): Promise<void> => {
  for (const line of await linesOf(tx, workspaceId, attemptId)) {
    const place = {
      workspaceId,
      periodId: line.period_id,
      scope: { scope: line.scope, id: line.scope_id },
    }
    await moveCounter(tx, place, { settled: settled - line.settled, released: line.open ? line.held : 0n })
    await settleLine(tx, workspaceId, attemptId, line, settled)
  }
}
