import type { CapPlace, Period } from '../../../shared/cap.ts'
import { mainScopes, type Scope, workspaceScope } from '../../domain/books/caps.ts'
import { countLines } from '../books/counters.ts'
import { openDay, openMonth, type StoredPeriod } from '../books/periods.ts'
import type { Executor } from '../database.ts'

/** A cap that is set at a moment (ms); `newId` makes the ids of its periods where they are not open yet. */
type Setting = {
  readonly workspaceId: string
  readonly timeZone: string
  readonly at: number
  readonly newId: () => string
}

/** The main scope by whose month the calls of a scope are found: that of the workspace, which every call has, or of the playground. */
const mainOf = ({ scope }: Scope): Scope => mainScopes.find((main) => main.scope === scope) ?? workspaceScope

/** The lines of a month in a main scope, one for each of its calls, of the calls that began within a period. */
const callsIn = (tx: Executor, workspaceId: string, main: Scope, month: StoredPeriod, within: Period) =>
  tx
    .selectFrom('hold_lines as every')
    .innerJoin('attempts', (join) =>
      join
        .onRef('attempts.workspace_id', '=', 'every.workspace_id')
        .onRef('attempts.id', '=', 'every.attempt_id'),
    )
    .innerJoin('receipts', (join) =>
      join
        .onRef('receipts.workspace_id', '=', 'attempts.workspace_id')
        .onRef('receipts.id', '=', 'attempts.receipt_id'),
    )
    .where('every.workspace_id', '=', workspaceId)
    .where('every.period_id', '=', month.id)
    .where('every.scope', '=', main.scope)
    .where('attempts.started_at', '>=', within.startsAt)
    .where('attempts.started_at', '<', within.endsAt)

/** Those of them that count under a scope. */
const countedBy = (
  calls: ReturnType<typeof callsIn>,
  { scope, id }: Pick<CapPlace, 'scope' | 'id'>,
): ReturnType<typeof callsIn> => {
  if (scope === 'workspace' || scope === 'playground') return calls
  if (scope === 'member') return calls.where('receipts.member_id', '=', id)
  if (scope === 'channel') return calls.where('receipts.channel_id', '=', id)
  const [provider = '', ...model] = id.split('/')
  return calls.where('attempts.provider', '=', provider).where('attempts.model', '=', model.join('/'))
}

/**
 * Lets a cap count what was spent in its period before it was set: each call gets the line that it would have had, as it stands, and the
 * counter becomes the sum of the lines. Holds write lines only for caps that are set, so that a draft pays for no cap that nobody wants;
 * instead setting one reads the calls of a month once. Lines that are there from an earlier time of the same cap stay as they are.
 */
export const countWhatWasSpent = async (
  tx: Executor,
  { workspaceId, timeZone, at, newId }: Setting,
  place: CapPlace,
): Promise<void> => {
  const month = await openMonth(tx, { workspaceId, timeZone, at, id: newId() })
  const period = place.kind === 'day' ? await openDay(tx, { workspaceId, at, id: newId() }, month) : month
  const calls = countedBy(callsIn(tx, workspaceId, mainOf(place), month, period), place)
  await tx
    .insertInto('hold_lines')
    .columns(['workspace_id', 'attempt_id', 'scope', 'scope_id', 'period_id', 'held', 'settled', 'open'])
    .expression(
      calls.select(({ val }) => [
        'every.workspace_id',
        'every.attempt_id',
        val(place.scope).as('scope'),
        val(place.id).as('scope_id'),
        val(period.id).as('period_id'),
        'every.held',
        'every.settled',
        'every.open',
      ]),
    )
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'attempt_id', 'scope', 'scope_id', 'period_id']).doNothing(),
    )
    .execute()
  const scope = { scope: place.scope, id: place.id }
  await countLines(tx, { workspaceId, periodId: period.id, scope })
}
