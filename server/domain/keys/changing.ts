import type { Key, KeyChange } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { EventFacts } from '../books/events.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { Refusal } from '../refusal.ts'
import type { Arranged, Arrangement, KeyEdit } from './arrangement.ts'
import { choosable } from './key-models.ts'
import { type KeyParts, keyCard, type StoredKey } from './keys.ts'
import { placed } from './placing.ts'
import { inForce, refuseDearer, routingArranged, withPrimary } from './routing-settings.ts'

/** What a change is judged by. */
type Judging = {
  readonly caller: Caller
  readonly pricing: Pricing
  readonly at: number
  readonly key: StoredKey
  readonly present: Arranged
}

/** A part of a change: what is different, under its names in the record. */
type Part = { readonly edits: readonly KeyEdit[]; readonly facts: EventFacts }

const nothing: Part = { edits: [], facts: {} }

/** How the channels of a key are written down: their names, or a star for all. */
const ALL_CHANNELS = '*'

const isSameLabel = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** Whether another connected key of the provider has this label, in capitals or not. */
export const isTaken = (
  keys: readonly Pick<StoredKey, 'id' | 'provider' | 'label'>[],
  provider: ProviderName,
  label: string,
  own?: string,
): boolean => keys.some((key) => key.provider === provider && key.id !== own && isSameLabel(key.label, label))

const mayDraftWith = ({ pricing, at }: Judging, key: StoredKey, model: string): boolean =>
  choosable(key.provider, key.listing, at, pricing).includes(model)

/** The model as the catalogue names it; refuses one that the key may not use, or whose price is not known. */
const chosen = (judging: Judging, model: string): string => {
  const { pricing, at, key } = judging
  const priced = pricing(key.provider, model, at)
  if (priced === undefined) throw new Refusal('model-unpriced', { model })
  if (!mayDraftWith(judging, key, priced.profile.id))
    throw new Refusal('malformed-request', { issues: [{ path: 'model', rule: 'a model of this key' }] })
  return priced.profile.id
}

/** Another usual model of the provider: for every key of it that may use it. */
const modelPart = (judging: Judging, asked: string | undefined): Part => {
  if (asked === undefined) return nothing
  const { key, present } = judging
  const model = chosen(judging, asked)
  const edits = present.keys
    .filter(
      (one) => one.provider === key.provider && one.model !== model && mayDraftWith(judging, one, model),
    )
    .map(({ id }) => ({ id, model }))
  return edits.length === 0 ? nothing : { edits, facts: { model, modelBefore: key.model } }
}

const labelPart = ({ key, present }: Judging, label: string | undefined): Part => {
  if (label === undefined || label === key.label) return nothing
  const { id, provider } = key
  if (isTaken(present.keys, provider, label, id)) throw new Refusal('key-exists', { provider })
  return { edits: [{ id, label }], facts: { label, labelBefore: key.label } }
}

const namesOf = (channels: StoredKey['channels']): string =>
  channels === null ? ALL_CHANNELS : channels.map(({ name }) => name).join(', ')

const channelsPart = ({ key, present }: Judging, ids: readonly string[] | null | undefined): Part => {
  if (ids === undefined) return nothing
  const limits = ids && present.channels.filter(({ id }) => ids.includes(id))
  if (ids !== null && limits?.length !== new Set(ids).size) throw new Refusal('not-found', {})
  const [channels, channelsBefore] = [namesOf(limits), namesOf(key.channels)]
  if (channels === channelsBefore) return nothing
  const edit = { id: key.id, channels: limits === null ? null : limits.map(({ id }) => id) }
  return { edits: [edit], facts: { channels, channelsBefore } }
}

const primaryPart = ({ key, present }: Judging, primary: true | undefined): Part => {
  if (primary === undefined) return nothing
  const others = present.keys.filter(({ id, provider }) => provider === key.provider && id !== key.id)
  const edits = placed([key, ...others])
  const isFirst = inForce(present.routing, present.keys).primary === key.provider && edits.length === 0
  return isFirst ? nothing : { edits, facts: { primary } }
}

/** The keys as they are after the edits, in the order in which they answer then. */
const edited = (keys: readonly StoredKey[], edits: readonly KeyEdit[]) =>
  keys
    .map(({ id, provider, model, position }) => {
      const own = edits.filter((edit) => edit.id === id)
      return {
        provider,
        model: own.find((edit) => edit.model !== undefined)?.model ?? model,
        position: own.find((edit) => edit.position !== undefined)?.position ?? position,
      }
    })
    .toSorted((one, other) => one.position - other.position)

const recordsOf = ({ caller, key }: Judging, facts: EventFacts): readonly AuditRecord[] => {
  if (Object.keys(facts).length === 0) return []
  const { workspaceId, memberId } = caller
  const { provider, label } = key
  return [{ workspaceId, kind: 'key-changed', memberId, facts: { provider, label, ...facts } }]
}

const arranged = (judging: Judging, change: KeyChange): Arrangement => {
  const { caller, key, present } = judging
  const parts = [
    labelPart(judging, change.label),
    modelPart(judging, change.model),
    channelsPart(judging, change.channels),
    primaryPart(judging, change.primary),
  ]
  const edits = parts.flatMap((part) => part.edits)
  const facts = Object.fromEntries(parts.flatMap((part) => Object.entries(part.facts)))
  const before = inForce(present.routing, present.keys)
  const after = change.primary === undefined ? before : withPrimary(before, key.provider)
  if (change.model !== undefined || after !== before)
    refuseDearer(after, edited(present.keys, edits), judging)
  const routing = routingArranged(caller, before, after)
  return { ...routing, edits, records: [...recordsOf(judging, facts), ...routing.records] }
}

/**
 * Changes a key, for owners and admins: its name, the channels that it may answer for, that it answers first and its provider is the primary, or the
 * model that its provider drafts with, which every key of the provider takes that may use it.
 */
export const changeKey =
  (parts: KeyParts) =>
  async (caller: Caller, keyId: string, change: KeyChange): Promise<Key> => {
    requireAdmin(caller)
    const { workspaceId } = caller
    const pricing = await parts.pricingFor(workspaceId)
    const at = parts.now()
    await parts.keys.arrange(workspaceId, at, (present) => {
      const key = present.keys.find(({ id }) => id === keyId)
      if (key === undefined) throw new Refusal('not-found', {})
      return arranged({ caller, pricing, at, key, present }, change)
    })
    return keyCard(parts, { workspaceId, keyId })
  }
