import { z } from 'zod'
import { type Cap, type CapPlace, CapScope, PeriodKind } from '../../../shared/cap.ts'
import { type Picodollars, zero } from '../../../shared/money.ts'
import {
  capOf,
  defaultCap,
  type LimitNow,
  limitAt,
  type Scope,
  workspaceScope,
} from '../../domain/books/caps.ts'
import { Amount, Count } from '../columns.ts'
import type { Executor } from '../database.ts'
import { readCounter } from './counters.ts'
import { monthAt } from './periods.ts'

/** A cap that is set: which it is, and what holds of its limit at the moment of reading. */
export type SetLimit = CapPlace & LimitNow

const Row = z.object({
  scope: CapScope,
  scope_id: z.string(),
  kind: PeriodKind,
  limit_pico: Amount,
  raised_pico: Amount.nullable(),
  raised_until: Count.nullable(),
  reserve_pico: Amount,
})

const setLimitOf = (row: z.infer<typeof Row>, at: number): SetLimit => {
  const { scope, scope_id: id, kind, limit_pico: own, reserve_pico: reserve } = row
  const [limit, until] = [row.raised_pico, row.raised_until]
  const raise = limit === null || until === null ? null : { limit, until }
  return { scope, id, kind, ...limitAt({ own, raise, reserve }, at) }
}

/** The cap that every workspace has: that of its month. */
export const monthPlace: CapPlace = { ...workspaceScope, kind: 'month' }

/** Gives a new workspace its first cap. Belongs into the transaction that creates the workspace. */
export const insertDefaultCap = (tx: Executor, workspaceId: string, at: number): Promise<void> =>
  writeLimit(tx, { workspaceId, place: monthPlace, limit: defaultCap, at })

const isSame = (one: CapPlace, other: CapPlace): boolean =>
  one.scope === other.scope && one.id === other.id && one.kind === other.kind

/** Whether it is the cap that every workspace has. */
export const isMonthOfAll = (place: CapPlace): boolean => isSame(place, monthPlace)

const nothing: SetLimit = { ...monthPlace, limit: zero, reserve: zero, raised: null }

/** The workspace's month is always among the limits: where none is set, nothing may be spent. */
const withMonth = (limits: readonly SetLimit[]): readonly SetLimit[] =>
  limits.some(isMonthOfAll) ? limits : [nothing, ...limits]

const hasWorkspace = (scopes: readonly Scope[]): boolean =>
  scopes.some(({ scope }) => scope === workspaceScope.scope)

/** In which workspace limits are read or changed, and the moment (ms): a temporary raise ends by itself. */
export type CapsAt = { readonly workspaceId: string; readonly at: number }

/** The limits that are set, of all scopes or of some. */
export const limitsOf = async (
  db: Executor,
  { workspaceId, at }: CapsAt,
  scopes?: readonly Scope[],
): Promise<readonly SetLimit[]> => {
  const rows = await db
    .selectFrom('caps')
    .select(Row.keyof().options)
    .where('workspace_id', '=', workspaceId)
    .$if(scopes !== undefined, (query) =>
      query.where(({ or, and, eb }) =>
        or((scopes ?? []).map(({ scope, id }) => and([eb('scope', '=', scope), eb('scope_id', '=', id)]))),
      ),
    )
    .execute()
  const limits = rows.map((row) => setLimitOf(Row.parse(row), at))
  return scopes === undefined || hasWorkspace(scopes) ? withMonth(limits) : limits
}

/** The limit of one cap; undefined when it is not set. */
export const limitOf = async (db: Executor, asked: CapsAt, place: CapPlace): Promise<SetLimit | undefined> =>
  (await limitsOf(db, asked, [place])).find((limit) => isSame(limit, place))

/** A raise or its end, or the reserve. */
type TermsChange =
  | { readonly raised_pico: Picodollars; readonly raised_until: number }
  | { readonly raised_pico: null; readonly raised_until: null }
  | { readonly reserve_pico: Picodollars }

/** Sets a limit, whether there was one or not; a raise of it is over. */
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
        .doUpdateSet({ limit_pico: limit, changed_at: at, raised_pico: null, raised_until: null }),
    )
    .execute()
}

/** Changes something else of a cap that is set. */
export const changeTerms = async (
  tx: Executor,
  { workspaceId, at }: CapsAt,
  { scope, id, kind }: CapPlace,
  terms: TermsChange,
): Promise<void> => {
  const { numUpdatedRows } = await tx
    .updateTable('caps')
    .set({ ...terms, changed_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('scope', '=', scope)
    .where('scope_id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Error(`no ${kind} of ${scope} is set that could be changed`)
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
  const limit = (await limitOf(db, { workspaceId, at }, monthPlace)) ?? nothing
  if (id === undefined) return capOf(limit, zero, zero, period)
  const { settled, held } = await readCounter(db, { workspaceId, periodId: id, scope: workspaceScope })
  return capOf(limit, settled, held, period)
}
