import type { FailureReason } from '../../../shared/providers.ts'
import type { Called, Plan } from './attempts.ts'
import type { RestScope } from './resting.ts'

/** Reasons that take a key out of routing until somebody sees to it. */
const outOfRouting: ReadonlySet<FailureReason> = new Set([
  'key-invalid',
  'key-revoked',
  'no-credit',
  'spend-limit',
  'on-hold',
])

/** Reasons of which admins are told, while the key goes on answering where it may. */
const trouble: ReadonlySet<FailureReason> = new Set([
  'not-permitted',
  'region-refused',
  'model-missing',
  'model-retired',
])

const resting: Readonly<Partial<Record<FailureReason, RestScope>>> = {
  'rate-limited': 'key',
  overloaded: 'provider',
  'server-error': 'provider',
  network: 'provider',
  timeout: 'provider',
  stalled: 'provider',
}

/** What a refusal means for a key: `out` of routing, or not; undefined when it says nothing about the key. */
export const refusedKey = (reason: FailureReason): { readonly out: boolean } | undefined =>
  outOfRouting.has(reason) || trouble.has(reason) ? { out: outOfRouting.has(reason) } : undefined

/** Who rests after a failure: the key, or the whole endpoint; undefined when waiting would not help. */
export const restingScope = (reason: FailureReason): RestScope | undefined => resting[reason]

/** Faults of the request: a provider that finds one is well. */
const faults: ReadonlySet<FailureReason> = new Set([
  'too-long',
  'too-large',
  'request-refused',
  'refused-by-model',
])

/** Whether a failure shows that key and endpoint work, whatever became of the request. */
export const showsWell = (reason: FailureReason): boolean => faults.has(reason)

/** What a refusal means for a key that was proved when it was connected, and for a model that it was offered then. */
const known = (reason: FailureReason, isPast: boolean): FailureReason => {
  if (reason === 'key-invalid') return 'key-revoked'
  return reason === 'model-missing' && isPast ? 'model-retired' : reason
}

/**
 * How a call went on a key that was proved when it was connected: if it is refused now, it was revoked. A model that is no longer offered after
 * the day that its provider had named for its end was retired.
 */
export const onProvenKey = ({ model, plannedAt }: Plan, { ending, text, failure }: Called): Called => {
  const { retiresAt } = model.profile
  const isPast = retiresAt !== undefined && retiresAt <= plannedAt
  return {
    text,
    failure: failure && { ...failure, reason: known(failure.reason, isPast) },
    ending: { ...ending, failure: ending.failure && known(ending.failure, isPast) },
  }
}
