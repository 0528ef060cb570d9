import type { KeyList, KeyOrder, Routing, RoutingChange } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'
import type { Arranged, Arrangement } from './arrangement.ts'
import { type KeyParts, listKeys, type StoredKey } from './keys.ts'
import { placed } from './placing.ts'
import { inForce, isSamePair, refuseDearer, routingArranged, withPrimary } from './routing-settings.ts'

const refuseKeyless = (keys: readonly StoredKey[], named: ProviderName | null | undefined): void => {
  if (named && !keys.some(({ provider }) => provider === named))
    throw new Refusal('routing-refused', { reason: 'keyless', provider: named })
}

const changed = (before: Routing, change: RoutingChange): Routing => {
  const moved = change.primary === undefined ? before : withPrimary(before, change.primary)
  const backup = change.backup === undefined ? moved.backup : change.backup
  if (backup !== null && backup === moved.primary)
    throw new Refusal('routing-refused', { reason: 'same', provider: backup })
  const pair = { ...moved, backup }
  return {
    ...pair,
    dearer: change.dearer ?? (isSamePair(pair, before) && before.dearer),
    remindAfterDays: change.remindAfterDays ?? before.remindAfterDays,
  }
}

/**
 * Says who answers, who stands in, whether a much dearer backup may, and from when on keys are pointed out as old; for owners and admins. What is
 * left out stays, but leave for a dearer backup ends with the pair that it was given for.
 */
export const changeRouting =
  (parts: KeyParts) =>
  async (caller: Caller, change: RoutingChange): Promise<KeyList> => {
    requireAdmin(caller)
    const prices = { pricing: await parts.pricingFor(caller.workspaceId), at: parts.now() }
    await parts.keys.arrange(caller.workspaceId, prices.at, ({ keys, routing }) => {
      refuseKeyless(keys, change.primary)
      refuseKeyless(keys, change.backup)
      const before = inForce(routing, keys)
      const after = changed(before, change)
      if (!isSamePair(before, after) || before.dearer !== after.dearer) refuseDearer(after, keys, prices)
      return routingArranged(caller, before, after)
    })
    return listKeys(parts)(caller)
  }

const refuseOtherKeys = (keys: readonly StoredKey[], { keyIds }: KeyOrder): void => {
  const named = new Set(keyIds)
  if (named.size === keyIds.length && named.size === keys.length && keys.every(({ id }) => named.has(id)))
    return
  throw new Refusal('malformed-request', {
    issues: [{ path: 'keyIds', rule: 'every key of the provider, each once' }],
  })
}

const ordered = (caller: Caller, order: KeyOrder, all: readonly StoredKey[]): Arrangement => {
  const { provider, keyIds } = order
  const keys = all.filter((key) => key.provider === provider)
  refuseOtherKeys(keys, order)
  const inOrder = keys.toSorted((one, other) => keyIds.indexOf(one.id) - keyIds.indexOf(other.id))
  const edits = placed(inOrder)
  if (edits.length === 0) return { records: [] }
  const { workspaceId, memberId } = caller
  const facts = { provider, keys: inOrder.map(({ label }) => label).join(', ') }
  return { edits, records: [{ workspaceId, kind: 'keys-ordered', memberId, facts }] }
}

/** Says in which order the keys of a provider answer, for owners and admins. Each key of it is named once. */
export const orderKeys =
  (parts: KeyParts) =>
  async (caller: Caller, order: KeyOrder): Promise<KeyList> => {
    requireAdmin(caller)
    await parts.keys.arrange(caller.workspaceId, parts.now(), ({ keys }) => ordered(caller, order, keys))
    return listKeys(parts)(caller)
  }

/** What becomes of who answers when a key ends: a place that has no key any more goes to whoever stands in, and that is said from then on. */
const succession = (caller: Caller, { keys, routing }: Arranged, ended: StoredKey): Arrangement => {
  const rest = keys.filter(({ id }) => id !== ended.id)
  const [before, after] = [inForce(routing, keys), inForce(routing, rest)]
  if (isSamePair(before, after) || (rest.length === 0 && routing === undefined)) return { records: [] }
  return routingArranged(caller, before, { ...after, dearer: false })
}

/**
 * Disconnects a key and destroys its secrets, for owners and admins. Calls that are running finish, since they have opened it. The last key of the
 * primary leaves its place to the backup, so that nothing stops.
 */
export const disconnectKey =
  (parts: Pick<KeyParts, 'keys' | 'now'>) =>
  async (caller: Caller, keyId: string): Promise<void> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    await parts.keys.arrange(workspaceId, parts.now(), (present) => {
      const key = present.keys.find(({ id }) => id === keyId)
      if (key === undefined) throw new Refusal('not-found', {})
      const { provider, label, version } = key
      const facts = { provider, label, version }
      const record: AuditRecord = { workspaceId, kind: 'key-disconnected', memberId, facts }
      const after = succession(caller, present, key)
      return { ...after, ends: keyId, records: [record, ...after.records] }
    })
  }
