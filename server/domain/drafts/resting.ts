import type { FailureReason } from '../../../shared/providers.ts'
import type { Candidate } from './attempts.ts'
import { restingScope } from './failing.ts'

/** For how long the draft that tries whether somebody is well again is alone with it. */
const TRIAL_MS = 60_000

/** Who rests: a key, or an endpoint with all keys that are sent there. */
export type RestScope = 'key' | 'provider'
type RestPlace = { readonly scope: RestScope; readonly scopeId: string }

/**
 * That somebody rests after `failures` in a row. From `untilAt` on one draft may try whether all is well again; while it does, until
 * `trialUntil`, the others go elsewhere. Moments are milliseconds since the epoch.
 */
export type Rest = RestPlace & {
  readonly untilAt: number
  readonly failures: number
  readonly reason: FailureReason
  readonly trialUntil: number | null
  /** Counts the changes, so that nobody changes what somebody else has changed since. */
  readonly revision: number
}

/** Where rests are written down, for all vaults. */
export type RestStore = {
  list(workspaceId: string): Promise<readonly Rest[]>
  /** Writes the revision that follows the one that was read, 1 where there was none. Does nothing when somebody else was faster. */
  put(workspaceId: string, rest: Rest, at: number): Promise<void>
  /** Marks all of them as tried until then. False, and nothing is marked, when one was changed since it was read. */
  claim(workspaceId: string, rests: readonly Rest[], trialUntil: number): Promise<boolean>
  /** Ends a rest, unless it was changed since it was read. */
  remove(workspaceId: string, rest: Rest): Promise<void>
}

export type RestParts = {
  readonly resting: RestStore
  /** Milliseconds to rest after so many failures in a row, by chance around an exponential curve. */
  readonly restAfter: (failures: number) => number
  readonly now: () => number
}

/** A key as far as its rests are concerned. */
export type Restable = Pick<Candidate, 'keyId' | 'provider' | 'baseAddress'>

const placesOf = ({ keyId, provider, baseAddress }: Restable): Readonly<Record<RestScope, RestPlace>> => ({
  key: { scope: 'key', scopeId: keyId },
  provider: { scope: 'provider', scopeId: `${provider}@${baseAddress}` },
})

const nameOf = ({ scope, scopeId }: RestPlace): string => `${scope} ${scopeId}`

const concerning = (rests: readonly Rest[], key: Restable): readonly Rest[] => {
  const names = Object.values(placesOf(key)).map(nameOf)
  return rests.filter((rest) => names.includes(nameOf(rest)))
}

const awaited = ({ untilAt, trialUntil }: Rest): number => Math.max(untilAt, trialUntil ?? 0)

/** Until when a key is not to be tried, since it or its endpoint rests or is being tried; undefined when it may be. */
export const restsUntil = (rests: readonly Rest[], key: Restable, now: number): number | undefined => {
  const latest = Math.max(0, ...concerning(rests, key).map(awaited))
  return latest > now ? latest : undefined
}

/** The key that rests the shortest; the first of them where several do. */
export const soonestOf = <Key extends Restable>(
  rests: readonly Rest[],
  keys: readonly Key[],
  now: number,
): Key | undefined =>
  keys.toSorted((one, other) => (restsUntil(rests, one, now) ?? 0) - (restsUntil(rests, other, now) ?? 0))[0]

/** The rests of a workspace as one draft sees them and adds to them. */
export type Rests = {
  /** Whether a key may be tried now. Where its rest is over, one draft may, and this one becomes it. */
  mayTry(key: Restable): Promise<boolean>
  /** The key that rests the shortest, none of those that this draft itself has sent to rest. */
  soonest<Key extends Restable>(keys: readonly Key[]): Key | undefined
  /** The key answered: neither it nor its endpoint rests any more. Costs nothing where neither did. */
  well(key: Restable): Promise<void>
  /** The key failed. Sends it or its endpoint to rest, where that is what helps: as long as the provider said, which its adapter bounds. */
  failed(key: Restable, reason: FailureReason, retryAfterSeconds: number | undefined): Promise<void>
}

/** Reads who rests, by one query. */
export const restsOf = async (
  { resting, restAfter, now }: RestParts,
  workspaceId: string,
): Promise<Rests> => {
  const known = new Map((await resting.list(workspaceId)).map((rest) => [nameOf(rest), rest]))
  const own: Rest[] = []
  const rests = (): readonly Rest[] => [...known.values()]

  const claim = async (over: readonly Rest[]): Promise<boolean> => {
    const trialUntil = now() + TRIAL_MS
    if (!(await resting.claim(workspaceId, over, trialUntil))) return false
    for (const rest of over) known.set(nameOf(rest), { ...rest, trialUntil, revision: rest.revision + 1 })
    return true
  }
  return {
    mayTry: async (key) => {
      const over = concerning(rests(), key)
      if (over.length === 0) return true
      return restsUntil(over, key, now()) === undefined && claim(over)
    },
    soonest: (keys) => {
      const others = keys.filter((key) => concerning(own, key).length === 0)
      return soonestOf(rests(), others, now())
    },
    well: async (key) => {
      for (const rest of concerning(rests(), key)) {
        known.delete(nameOf(rest))
        await resting.remove(workspaceId, rest)
      }
    },
    failed: async (key, reason, retryAfterSeconds) => {
      const scope = restingScope(reason)
      if (scope === undefined) return
      const place = placesOf(key)[scope]
      const before = known.get(nameOf(place))
      const failures = (before?.failures ?? 0) + 1
      const restMs = retryAfterSeconds === undefined ? restAfter(failures) : retryAfterSeconds * 1_000
      const at = now()
      const untilAt = Math.ceil(at + restMs)
      const revision = (before?.revision ?? 0) + 1
      const rest: Rest = { ...place, untilAt, failures, reason, trialUntil: null, revision }
      known.set(nameOf(place), rest)
      own.push(rest)
      await resting.put(workspaceId, rest, at)
    },
  }
}
