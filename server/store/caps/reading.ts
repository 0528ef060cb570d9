import { z } from 'zod'
import { type CapPlace, CapScope, type PeriodKind, type ScopedCap } from '../../../shared/cap.ts'
import { LONGEST_LABEL } from '../../../shared/ids.ts'
import { zero } from '../../../shared/money.ts'
import { ProviderName } from '../../../shared/providers.ts'
import { capOf, type Scope } from '../../domain/books/caps.ts'
import { modelName } from '../../domain/prices/models.ts'
import { limitsOf, type SetLimit } from '../books/caps.ts'
import { dayAt, type MaybeStored, monthAt } from '../books/periods.ts'
import { Amount } from '../columns.ts'
import type { Executor } from '../database.ts'
import { namesOf } from '../names.ts'

const Row = z
  .object({ period_id: z.string(), scope: CapScope, scope_id: z.string(), settled: Amount, held: Amount })
  .transform(({ period_id, scope, scope_id, ...amounts }) => {
    return { name: `${period_id} ${scope} ${scope_id}`, ...amounts }
  })

type Counters = ReadonlyMap<string, Pick<ScopedCap, 'settled' | 'held'>>

/** The counters of some scopes in some periods, read at once. */
const countersIn = async (
  db: Executor,
  workspaceId: string,
  periods: readonly MaybeStored[],
): Promise<Counters> => {
  const ids = periods.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('counters')
    .select(['period_id', 'scope', 'scope_id', 'settled', 'held'])
    .where('workspace_id', '=', workspaceId)
    .where('period_id', 'in', ids)
    .execute()
  return new Map(rows.map((row) => Row.parse(row)).map(({ name, ...amounts }) => [name, amounts]))
}

type Names = { readonly member: ReadonlyMap<string, string>; readonly channel: ReadonlyMap<string, string> }

const none: ReadonlyMap<string, string> = new Map()

const namesFor = async (db: Executor, workspaceId: string, limits: readonly CapPlace[]): Promise<Names> => {
  const has = (scope: CapScope): boolean => limits.some((limit) => limit.scope === scope)
  return {
    member: has('member') ? await namesOf(db, 'members', workspaceId) : none,
    channel: has('channel') ? await namesOf(db, 'channels', workspaceId) : none,
  }
}

/** A model's name as people call it, of the id of its scope; cut where it is longer than a label. */
const nameOfModel = (id: string): string => {
  const [first = '', ...rest] = id.split('/')
  const provider = ProviderName.safeParse(first)
  const name = provider.success ? modelName(provider.data, rest.join('/')) : id
  return name.trim().slice(0, LONGEST_LABEL)
}

const nameOf = ({ scope, id }: CapPlace, names: Names): string | null => {
  if (scope === 'workspace' || scope === 'playground') return null
  return scope === 'model' ? nameOfModel(id) : (names[scope].get(id) ?? id)
}

/** The name of what a cap counts; null for the workspace and the playground. */
export const nameOfScope = async (
  db: Executor,
  workspaceId: string,
  place: CapPlace,
): Promise<string | null> => nameOf(place, await namesFor(db, workspaceId, [place]))

const order: readonly CapScope[] = CapScope.options

const byPlace = (one: ScopedCap, other: ScopedCap): number =>
  order.indexOf(one.scope) - order.indexOf(other.scope) ||
  (one.name ?? '').localeCompare(other.name ?? '') ||
  one.id.localeCompare(other.id) ||
  (one.kind === 'month' ? -1 : 1)

/** The caps of some scopes or of all as they stand at a moment, the workspace's first, then by name, the month before the day. */
export const readCaps = async (
  db: Executor,
  place: { readonly workspaceId: string; readonly timeZone: string; readonly at: number },
  scopes?: readonly Scope[],
): Promise<readonly ScopedCap[]> => {
  const { workspaceId, timeZone, at } = place
  const limits = await limitsOf(db, { workspaceId, at }, scopes)
  const month = await monthAt(db, workspaceId, timeZone, at)
  const periods: Record<PeriodKind, MaybeStored> = { month, day: await dayAt(db, workspaceId, month, at) }
  const counters = await countersIn(db, workspaceId, Object.values(periods))
  const names = await namesFor(db, workspaceId, limits)
  const capAt = (limit: SetLimit): ScopedCap => {
    const { scope, id, kind } = limit
    const { id: periodId, ...period } = periods[kind]
    const { settled, held } = counters.get(`${periodId} ${scope} ${id}`) ?? { settled: zero, held: zero }
    return { scope, id, kind, name: nameOf(limit, names), ...capOf(limit, settled, held, period) }
  }
  return limits.map(capAt).toSorted(byPlace)
}
