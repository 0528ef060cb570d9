import type { CapPlace } from '../../../shared/cap.ts'
import { type Picodollars, Usd, zero } from '../../../shared/money.ts'
import { ownLimit, type Scope } from '../../domain/books/caps.ts'
import type { EventFacts } from '../../domain/books/events.ts'
import { armThresholds } from '../alerts/arming.ts'
import type { AppendAudit } from '../books/audit.ts'
import {
  changeTerms,
  deleteLimit,
  isMonthOfAll,
  limitOf,
  limitsOf,
  monthPlace,
  type SetLimit,
  writeLimit,
} from '../books/caps.ts'
import type { Executor } from '../database.ts'
import { nameOfScope } from './reading.ts'

/** Who changes a cap at a moment (ms). Everything here belongs into a transaction about the workspace, and writes its own audit record. */
export type Changing = {
  readonly workspaceId: string
  readonly by: string
  readonly at: number
  readonly appendAudit: AppendAudit
}

/** Which cap it is, for the audit log; the workspace's month, which every workspace has, is told without. */
const placeFacts = async (tx: Executor, workspaceId: string, place: CapPlace): Promise<EventFacts> => {
  if (isMonthOfAll(place)) return {}
  const { scope, id, kind } = place
  if (id === '') return { scope, period: kind }
  return { scope, scopeId: id, name: await nameOfScope(tx, workspaceId, place), period: kind }
}

type Written = { readonly kind: 'cap-changed' | 'cap-raised' | 'reserve-changed'; readonly facts: EventFacts }

const write = async (
  tx: Executor,
  { workspaceId, by, appendAudit }: Changing,
  place: CapPlace,
  { kind, facts }: Written,
): Promise<void> => {
  const all = { ...(await placeFacts(tx, workspaceId, place)), ...facts }
  await appendAudit(tx, { workspaceId, kind, memberId: by, facts: all })
}

const raiseFacts = (before: Picodollars, after: Picodollars, until: number | null): EventFacts => ({
  before: Usd.encode(before),
  after: Usd.encode(after),
  until: until && new Date(until).toISOString(),
})

/** Writes down that a raise was ended before its time; nothing where none holds. */
const tellRaiseEnded = async (tx: Executor, changing: Changing, set: SetLimit | undefined): Promise<void> => {
  if (set === undefined || set.raised === null) return
  const facts = raiseFacts(set.limit, set.raised.base, null)
  await write(tx, changing, set, { kind: 'cap-raised', facts })
}

/** The cap as it is set at this moment; undefined when it is not. */
export const setCapAt = (
  tx: Executor,
  { workspaceId, at }: Changing,
  place: CapPlace,
): Promise<SetLimit | undefined> => limitOf(tx, { workspaceId, at }, place)

/** Sets a limit, which ends a raise; tells the limit before, undefined when there was none. */
export const changeLimit = async (
  tx: Executor,
  changing: Changing,
  place: CapPlace,
  limit: Picodollars,
): Promise<Picodollars | undefined> => {
  const { workspaceId, at } = changing
  const set = await setCapAt(tx, changing, place)
  await writeLimit(tx, { workspaceId, place, limit, at })
  await armThresholds(tx, changing, place)
  await tellRaiseEnded(tx, changing, set)
  const before = set && ownLimit(set)
  const facts = { before: before === undefined ? null : Usd.encode(before), after: Usd.encode(limit) }
  await write(tx, changing, place, { kind: 'cap-changed', facts })
  return before
}

/** Takes a cap away. */
export const takeAway = async (tx: Executor, changing: Changing, set: SetLimit): Promise<void> => {
  await deleteLimit(tx, changing.workspaceId, set)
  await tellRaiseEnded(tx, changing, set)
  const facts = { before: Usd.encode(ownLimit(set)), after: null }
  await write(tx, changing, set, { kind: 'cap-changed', facts })
}

/** Takes every cap of somebody or something away that is removed: what counts nothing any more is not listed for ever. */
export const takeAwayAllOf = async (tx: Executor, changing: Changing, scope: Scope): Promise<void> => {
  const { workspaceId, at } = changing
  for (const set of await limitsOf(tx, { workspaceId, at }, [scope])) await takeAway(tx, changing, set)
}

/** Raises a limit that is set until a moment (ms), in the place of a raise that holds. */
export const raiseLimit = async (
  tx: Executor,
  changing: Changing,
  set: SetLimit,
  { limit, until }: { readonly limit: Picodollars; readonly until: number },
): Promise<void> => {
  await changeTerms(tx, changing, set, { raised_pico: limit, raised_until: until })
  await armThresholds(tx, changing, set)
  await write(tx, changing, set, { kind: 'cap-raised', facts: raiseFacts(set.limit, limit, until) })
}

/** Ends a raise before its time. */
export const endRaise = async (tx: Executor, changing: Changing, set: SetLimit): Promise<void> => {
  await changeTerms(tx, changing, set, { raised_pico: null, raised_until: null })
  await armThresholds(tx, changing, set)
  await tellRaiseEnded(tx, changing, set)
}

/** Says how much of the end of the workspace's month is kept for urgent drafts. */
export const changeReserve = async (
  tx: Executor,
  changing: Changing,
  reserve: Picodollars,
): Promise<void> => {
  const before = (await setCapAt(tx, changing, monthPlace))?.reserve ?? zero
  await changeTerms(tx, changing, monthPlace, { reserve_pico: reserve })
  const facts = { before: Usd.encode(before), after: Usd.encode(reserve) }
  await write(tx, changing, monthPlace, { kind: 'reserve-changed', facts })
}
