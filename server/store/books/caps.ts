import { z } from 'zod'
import { type Cap, type CapPlace, CapScope, PeriodKind } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import { capOf, defaultCap, type Scope, workspaceScope } from '../../domain/books/caps.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'
import { readCounter } from './counters.ts'
import { monthAt } from './periods.ts'

/** A cap as it is set: which it is, and its limit. */
export type SetLimit = CapPlace & { readonly limit: Picodollars }

const Row = z
  .object({ scope: CapScope, scope_id: z.string(), kind: PeriodKind, limit_pico: Amount })
  .transform(({ scope, scope_id, kind, limit_pico }): SetLimit => {
    return { scope, id: scope_id, kind, limit: limit_pico }
  })

/** The cap that every workspace has: that of its month. */
export const monthPlace: CapPlace = { ...workspaceScope, kind: 'month' }

/** Gives a new workspace its first cap. Belongs into the transaction that creates the workspace. */
export const insertDefaultCap = (tx: Executor, workspaceId: string, at: number): Promise<void> =>
  writeLimit(tx, { workspaceId, place: monthPlace, limit: defaultCap, at })

const isSame = (one: CapPlace, other: CapPlace): boolean =>
  one.scope === other.scope && one.id === other.id && one.kind === other.kind

/** Whether it is the cap that every workspace has. */
export const isMonthOfAll = (place: CapPlace): boolean => isSame(place, monthPlace)

/** The workspace's month is always among the limits: where none is set, nothing may be spent. */
const withMonth = (limits: readonly SetLimit[]): readonly SetLimit[] =>
  limits.some(isMonthOfAll) ? limits : [{ ...monthPlace, limit: zero }, ...limits]

/** The limits that are set, of all scopes or of the workspace and some others. */
export const limitsOf = async (
  db: Executor,
  workspaceId: string,
  scopes?: readonly Scope[],
): Promise<readonly SetLimit[]> => {
  const rows = await db
    .selectFrom('caps')
    .select(['scope', 'scope_id', 'kind', 'limit_pico'])
    .where('workspace_id', '=', workspaceId)
    .$if(scopes !== undefined, (query) =>
      query.where(({ or, and, eb }) =>
        or((scopes ?? []).map(({ scope, id }) => and([eb('scope', '=', scope), eb('scope_id', '=', id)]))),
      ),
    )
    .execute()
  return withMonth(rows.map((row) => Row.parse(row)))
}

/** The limit of one cap; undefined when it is not set. */
export const limitOf = async (
  db: Executor,
  workspaceId: string,
  place: CapPlace,
): Promise<Picodollars | undefined> =>
  (await limitsOf(db, workspaceId, [workspaceScope, place])).find((limit) => isSame(limit, place))?.limit

/** Sets a limit, whether there was one or not. */
export const writeLimit = async (
  tx: Executor,
  change: {
    readonly workspaceId: string
    readonly place: CapPlace
    readonly limit: Picodollars
    readonly at: number
  },
): Promise<void> => {
  const { workspaceId, place, limit, at } = change
  const { scope, id, kind } = place
  await tx
    .insertInto('caps')
    .values({ workspace_id: workspaceId, scope, scope_id: id, kind, limit_pico: limit, changed_at: at })
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'scope', 'scope_id', 'kind'])
        .doUpdateSet({ limit_pico: limit, changed_at: at }),
    )
    .execute()
}

/** Takes a cap away. What it has counted stays counted. */
export const deleteLimit = async (
  tx: Executor,
  workspaceId: string,
  { scope, id, kind }: CapPlace,
): Promise<void> => {
  await tx
    .deleteFrom('caps')
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', scope)
    .where('scope_id', '=', id)
    .where('kind', '=', kind)
    .execute()
}

/** The workspace's month as it stands at a moment. Without a limit nothing may be spent. */
export const readCap = async (
  db: Executor,
  place: { readonly workspaceId: string; readonly timeZone: string; readonly at: number },
): Promise<Cap> => {
  const { workspaceId, timeZone, at } = place
  const { id, ...period } = await monthAt(db, workspaceId, timeZone, at)
  const limit = (await limitOf(db, workspaceId, monthPlace)) ?? zero
  if (id === undefined) return capOf(limit, zero, zero, period)
  const { settled, held } = await readCounter(db, { workspaceId, periodId: id, scope: workspaceScope })
  return capOf(limit, settled, held, period)
}
