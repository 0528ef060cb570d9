import type { Facts } from '../../../shared/problems.ts'
import { isTooDear } from '../keys/routing-settings.ts'
import { Refusal } from '../refusal.ts'
import type { Plan } from './attempts.ts'
import { type RestParts, type Rests, restsOf } from './resting.ts'
import type { RoutedKey, Routes, RoutingParts } from './routing.ts'

/** Why nobody else answers a draft that failed; null: it is nobody's matter. */
export type Backup = Facts<'provider-overloaded'>['backup']

/** Plans a call of a draft with a key; undefined when the price of its model is not known. */
type PlanCall = (key: RoutedKey) => Plan | undefined

/** Those who may answer one draft. Each is told once. */
export type Candidates = {
  readonly rests: Rests
  /** The next key in order that neither rests nor is left out, with the call planned. */
  next(): Promise<Plan | undefined>
  /** The one that rests the shortest: for a draft that nobody else can answer. */
  soonest(): Plan | undefined
  /** Whether a key stands in for the primary. */
  standsIn(key: Pick<RoutedKey, 'keyId'>): boolean
  /** Whether there is another one that may answer, be it after a rest. */
  others(): boolean
  /** Why there is no other one. */
  lacking(): Backup
  /** The refusal of a draft that nobody can answer. */
  nobody(): Refusal
}

/** Where a call went; a further one that a person asks for goes elsewhere, if it can. */
export type Failed = Pick<RoutedKey, 'provider' | 'baseAddress'>

/** Whether a key would be sent where a call has failed. */
export const isAt = (failed: Failed | undefined, { provider, baseAddress }: RoutedKey): boolean =>
  failed !== undefined && failed.provider === provider && failed.baseAddress === baseAddress

/** The keys in their order, those of an endpoint that has just failed last. */
const inOrder = (keys: readonly RoutedKey[], failed: Failed | undefined): RoutedKey[] =>
  keys.toSorted((one, other) => Number(isAt(failed, one)) - Number(isAt(failed, other)))

/** Leaves out what may not be called: models without a price, and backups that are too dear beside the key that answers first. */
const allowing = (routes: Routes, planCall: PlanCall) => {
  const leftOut = { dearer: false, unpriced: undefined as string | undefined }
  let usual: Plan | undefined
  const isLeftOut = (key: RoutedKey, { model }: Plan): boolean => {
    const [first] = routes.keys
    if (routes.dearer || key.place === 'primary' || first === undefined) return false
    usual ??= planCall(first)
    return usual !== undefined && isTooDear(usual.model, model)
  }
  const allowed = (key: RoutedKey): Plan | undefined => {
    const plan = planCall(key)
    if (plan === undefined) leftOut.unpriced ??= key.model
    if (plan === undefined || !isLeftOut(key, plan)) return plan
    leftOut.dearer = true
    return undefined
  }
  return { leftOut, allowed }
}

/** Those who may answer in a channel, in their order. Refuses where there is no key, none that may answer there, or every one was refused by its provider. */
export const candidatesFor = async (
  parts: RoutingParts & RestParts,
  place: { readonly workspaceId: string; readonly channelId: string | null },
  planCall: PlanCall,
  failed: Failed | undefined,
): Promise<Candidates> => {
  const { workspaceId, channelId } = place
  const [routes, rests] = await Promise.all([
    parts.routesFor(workspaceId, channelId),
    restsOf(parts, workspaceId),
  ])
  if (routes.connected.length === 0) throw new Refusal('no-key', {})
  if (routes.keys.length === 0) throw new Refusal('no-provider-available', {})
  const waiting = inOrder(
    routes.keys.filter(({ state }) => state === 'active'),
    failed,
  )
  if (waiting.length === 0) throw new Refusal('ai-paused', { reason: 'key-rejected' })
  const { leftOut, allowed } = allowing(routes, planCall)
  const drop = (key: RoutedKey): void => void waiting.splice(waiting.indexOf(key), 1)
  return {
    rests,
    next: async () => {
      for (const key of [...waiting]) {
        const plan = allowed(key)
        if (plan !== undefined && !(await rests.mayTry(key))) continue
        drop(key)
        if (plan !== undefined) return plan
      }
      return undefined
    },
    soonest: () => {
      for (let key = rests.soonest(waiting); key !== undefined; key = rests.soonest(waiting)) {
        drop(key)
        const plan = allowed(key)
        if (plan !== undefined) return plan
      }
      return undefined
    },
    standsIn: ({ keyId }) => routes.keys.some((key) => key.keyId === keyId && key.place === 'backup'),
    others: () => waiting.some((key) => allowed(key) !== undefined),
    lacking: () => {
      if (leftOut.dearer) return 'dearer'
      return routes.backup ? 'unable' : 'off'
    },
    nobody: () =>
      leftOut.unpriced === undefined
        ? new Refusal('no-provider-available', {})
        : new Refusal('model-unpriced', { model: leftOut.unpriced }),
  }
}
