import type { AlertSubject, Threshold } from '../../../shared/books/alerts.ts'
import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import type { ForeignUse } from '../../../shared/spend.ts'
import type { NewAlert } from './alerts.ts'
import { crossingsOf, newlyCrossed, type RaiseEnded, type ToldThreshold } from './thresholds.ts'

/** A call that cost more than was held for it. */
export type OverHold = { readonly attemptId: string } & Omit<
  Extract<AlertSubject, { readonly kind: 'over-hold' }>,
  'kind'
>

/** What there is to see in a workspace at one moment. */
export type Sight = {
  readonly caps: readonly ScopedCap[]
  readonly thresholds: readonly Threshold[]
  readonly raiseEnded: RaiseEnded
  /** What was told already of the thresholds that are named. */
  told(abouts: readonly string[]): Promise<ReadonlyMap<string, ToldThreshold>>
  /** Uses of our keys outside Ownkey that were found lately, told or not. */
  readonly foreignUse: readonly ForeignUse[]
  readonly overHolds: readonly OverHold[]
  /** The number of the ledger's event up to which this sight goes, and whether there are further ones. */
  readonly seq: number
  readonly more: boolean
}

/** Decides what of a sight is to be told. */
type Judge = (sight: Sight) => Promise<readonly NewAlert[]>

/** How a workspace is watched. */
export type WatchStore = {
  /**
   * Looks, without holding anybody up; and only when there is something to tell, again in a transaction that tells it. Gives what was told and
   * whether there is more to see. `since` (ms) bounds how far back uses of keys outside Ownkey are looked for.
   */
  watch(
    workspaceId: string,
    judge: Judge,
    since: number,
  ): Promise<{ readonly told: readonly NewAlert[]; readonly more: boolean }>
  /** Workspaces in which something has happened that nobody has looked at. */
  unwatched(): Promise<readonly string[]>
}

/** Tells whoever measures the vault. Must not throw. */
export type TellAlert = (kind: AlertSubject['kind']) => void

type WatchParts = {
  readonly watched: WatchStore
  readonly tellAlert: TellAlert
  readonly now: () => number
}

/** How far back a use of a key outside Ownkey is still told of, once a comparison finds it. */
const FOREIGN_SINCE_MS = 7 * 86_400_000

const foreignUseAlert = ({ keyId, ...use }: ForeignUse): NewAlert => {
  const { provider, keyLabel, model, day, amount } = use
  return {
    about: JSON.stringify(['foreign-use', provider, keyId, model, day]),
    number: 1,
    subject: { kind: 'foreign-use', provider, keyLabel, model, day, amount },
  }
}

const overHoldAlert = ({ attemptId, ...over }: OverHold): NewAlert => ({
  about: JSON.stringify(['over-hold', attemptId]),
  number: 1,
  subject: { kind: 'over-hold', ...over },
})

const judgeWith =
  (refusing: readonly CapPlace[]): Judge =>
  async ({ caps, thresholds, raiseEnded, told, foreignUse, overHolds }) => {
    const crossings = crossingsOf(caps, thresholds, refusing)
    const once = [...foreignUse.map(foreignUseAlert), ...overHolds.map(overHoldAlert)]
    const before = await told([...crossings, ...once].map(({ about }) => about))
    return [...newlyCrossed(crossings, before, raiseEnded), ...once.filter(({ about }) => !before.has(about))]
  }

/** Watches the caps of workspaces in which something has happened, away from whatever happened there. */
export type Watcher = {
  /** Says that something has happened in a workspace, or that a cap of it refused a draft. Neither waits nor throws. */
  mark(workspaceId: string, refusing?: CapPlace): void
  /** Marks the workspaces that nobody has looked at: what happened on a vault that was killed, and what ends by time. */
  markUnwatched(): Promise<void>
  /** Looks at every workspace that is marked, one after the other. */
  watchMarked(): Promise<void>
}

/**
 * However often a workspace is marked meanwhile, it is looked at once. A workspace that cannot be looked at does not keep the others from it;
 * it is looked at again when it is marked the next time.
 */
export const watcher = ({ watched, tellAlert, now }: WatchParts): Watcher => {
  const marked = new Map<string, readonly CapPlace[]>()
  let busy = false
  const mark: Watcher['mark'] = (workspaceId, refusing) => {
    const before = marked.get(workspaceId) ?? []
    const known = before.some((place) => JSON.stringify(place) === JSON.stringify(refusing))
    marked.set(workspaceId, refusing === undefined || known ? before : [...before, refusing])
  }
  const watchNext = async (workspaceId: string, refusing: readonly CapPlace[]): Promise<void> => {
    const { told, more } = await watched.watch(workspaceId, judgeWith(refusing), now() - FOREIGN_SINCE_MS)
    for (const { subject } of told) tellAlert(subject.kind)
    if (more) mark(workspaceId)
  }
  const watchAll = async (): Promise<void> => {
    const failures: unknown[] = []
    for (const [workspaceId, refusing] of marked) {
      marked.delete(workspaceId)
      await watchNext(workspaceId, refusing).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    mark,
    markUnwatched: async () => {
      for (const workspaceId of await watched.unwatched()) mark(workspaceId)
    },
    watchMarked: async () => {
      if (busy) return
      busy = true
      await watchAll().finally(() => {
        busy = false
      })
    },
  }
}
