import type { Key, KeyModel, KeyReplacement, KeySwitch, Rehearsal } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { Pricing } from '../prices/own-prices.ts'
import { Refusal } from '../refusal.ts'
import { choosable, type Listing, modelCard, modelCards } from './key-models.ts'
import {
  connectedKey,
  type KeyParts,
  type KeyPlace,
  keyCard,
  type ProvenVersion,
  type StoredKey,
} from './keys.ts'
import { type Proof, type ProvingParts, prove, provenRecord, sealedVersion, shaped } from './proving.ts'

/** How long a version is kept that was rehearsed, and the former one after a switch. */
const KEPT_MS = 15 * 60_000

/** A version whose secret is still there. Of the current one `keptUntil` is null. */
export type KeptVersion = {
  readonly version: number
  readonly model: string | null
  readonly listing: Listing
  readonly organization: string | null
  /** Milliseconds since the epoch. */
  readonly keptUntil: number | null
  /** Whether it has been the current one before. */
  readonly former: boolean
}

/** A version that was rehearsed, to be kept until a moment (ms). */
type RehearsedVersion = KeyPlace & { readonly proven: ProvenVersion; readonly keptUntil: number }

/** A version that takes the place of another one, which is kept until a moment (ms). */
type Switch = KeyPlace & {
  readonly from: number
  readonly to: number
  /** The model that the key drafts with afterwards. */
  readonly model: string
  readonly at: number
  readonly keptUntil: number
}

/** The versions of keys. Each change is written together with its audit record, or not at all and answered with false. */
export type VersionStore = KeyParts['versions'] & {
  /** The versions whose secrets are there, the current one too. */
  kept(place: KeyPlace): Promise<readonly KeptVersion[]>
  /** The number of the newest version that ever was. */
  newest(place: KeyPlace): Promise<number>
  /** Stores a version beside the current one, and destroys the one that was rehearsed before. False when the key is gone, or its number taken. */
  rehearse(rehearsed: RehearsedVersion, record: AuditRecord): Promise<boolean>
  /** False when `from` is not the current one any more, or `to` is kept no longer. */
  switch(change: Switch, record: AuditRecord): Promise<boolean>
  /** Destroys, in every workspace, what is kept until a moment (ms) or shorter, and writes down each. Several vaults may do it at once. */
  destroyKept(until: number, at: number): Promise<void>
}

type RotationParts = ProvingParts & {
  readonly versions: VersionStore
  /** Whether the reports that are read will show a version's use. */
  readonly reportingFor: (
    rehearsed: KeyPlace & {
      readonly provider: ProviderName
      readonly version: number
      readonly secret: string
    },
    signal: AbortSignal,
  ) => Promise<Rehearsal['reporting']>
}

/** Which models go and how many come. What a key does not tell cannot be compared, except a model that it was tried with. */
const changesOf = (pricing: Pricing, at: number, present: StoredKey, proof: Proof) => {
  const cardsOf = (listing: Listing): readonly KeyModel[] =>
    modelCards(present.provider, listing, at, pricing)
  const before = cardsOf(present.listing)
  const after = new Set(cardsOf(proof.listing).map(({ id }) => id))
  if (present.listing === null || proof.listing === null) {
    const usual = proof.model === present.model ? [] : before.filter(({ id }) => id === present.model)
    return { lost: usual, gained: 0 }
  }
  const lost = before.filter(({ id }) => !after.has(id))
  return { lost, gained: after.size - (before.length - lost.length) }
}

const rehearsalOf = async (
  parts: RotationParts,
  place: KeyPlace,
  present: StoredKey,
  proof: Proof,
): Promise<Pick<Rehearsal, 'model' | 'lost' | 'gained'>> => {
  const at = parts.now()
  const { provider } = present
  const pricing = await parts.pricingFor(place.workspaceId)
  const channels = await parts.channels.list(place.workspaceId)
  const { lost, gained } = changesOf(pricing, at, present, proof)
  return {
    model: modelCard(provider, proof.model, proof.listing, at, pricing),
    lost: lost.map(({ id, name }) => ({
      id,
      name,
      usual: id === present.model,
      channels: channels.filter(({ models }) => models[provider] === id).map((channel) => channel.name),
    })),
    gained,
  }
}

const organizationsOf = (one: string | null, other: string | null): Rehearsal['organization'] => {
  if (one === null || other === null) return 'unknown'
  return one === other ? 'same' : 'other'
}

/**
 * Tries another secret of a key as connecting does, and keeps it sealed for a quarter of an hour without letting it answer. Tells what it can and
 * cannot do beside the current one. A secret that is refused changes nothing.
 */
export const rehearseKey =
  (parts: RotationParts) =>
  async (caller: Caller, keyId: string, { key }: KeyReplacement, signal: AbortSignal): Promise<Rehearsal> => {
    requireAdmin(caller)
    const place = { workspaceId: caller.workspaceId, keyId }
    const present = await connectedKey(parts, place)
    const { provider, label, endpoint } = present
    const secret = shaped(provider, key)
    const opened = { secret, baseAddress: parts.addressFor(provider, endpoint), endpoint }
    const version = (await parts.versions.newest(place)) + 1
    const claim = { ...place, provider, label, version, opened, signal, wished: present.model }
    const proof = await prove(parts, caller, claim)
    const proven = await sealedVersion(parts, claim, proof)
    const keptUntil = proven.verifiedAt + KEPT_MS
    const current = (await parts.versions.kept(place)).find((kept) => kept.version === present.version)
    const record = provenRecord('key-rehearsed', caller, claim, proof)
    if (!(await parts.versions.rehearse({ ...place, proven, keptUntil }, record)))
      throw new Refusal('version-gone', { version })
    return {
      keyId,
      version,
      expiresAt: keptUntil,
      ...(await rehearsalOf(parts, place, present, proof)),
      organization: organizationsOf(current?.organization ?? null, proven.organization),
      reporting: await parts.reportingFor({ ...place, provider, version, secret }, signal),
      receiptId: proof.receiptId,
    }
  }

/** The model after a switch: the one in use, if the version may use it; and whoever returns finds the one that was in use then. */
const modelAfter = (
  parts: { readonly pricing: Pricing; readonly at: number },
  present: StoredKey,
  current: KeptVersion | undefined,
  next: KeptVersion,
): string => {
  const chosenSince = current?.model !== present.model
  const offered = choosable(present.provider, next.listing, parts.at, parts.pricing).includes(present.model)
  if (offered && (chosenSince || !next.former)) return present.model
  return next.model ?? present.model
}

const recordOf = (caller: Caller, present: StoredKey, next: KeptVersion, model: string): AuditRecord => ({
  workspaceId: caller.workspaceId,
  kind: next.former ? 'key-returned' : 'key-replaced',
  memberId: caller.memberId,
  facts: { provider: present.provider, label: present.label, version: next.version, model },
})

/**
 * Makes a rehearsed version the current one, or returns to the former one; the one before stays sealed for a quarter of an hour. New calls take
 * it at once, on every vault; running calls finish with the one that they have opened. A key that was refused answers again.
 */
export const switchKey =
  (parts: RotationParts) =>
  async (caller: Caller, keyId: string, { version }: KeySwitch): Promise<Key> => {
    requireAdmin(caller)
    const place = { workspaceId: caller.workspaceId, keyId }
    const present = await connectedKey(parts, place)
    const at = parts.now()
    const kept = await parts.versions.kept(place)
    const current = kept.find((one) => one.version === present.version)
    const next = kept.find((one) => one.version === version && one.keptUntil !== null && one.keptUntil > at)
    if (next !== undefined) {
      const pricing = await parts.pricingFor(place.workspaceId)
      const model = modelAfter({ pricing, at }, present, current, next)
      const change = { ...place, from: present.version, to: version, model, at, keptUntil: at + KEPT_MS }
      await parts.versions.switch(change, recordOf(caller, present, next, model))
    }
    const card = await keyCard(parts, place)
    if (card.version !== version) throw new Refusal('version-gone', { version })
    return card
  }

/** Destroys what was kept for a while: versions that nobody switched to, and former ones to which nobody returned. */
export const destroyPastVersions =
  ({ versions, now }: Pick<RotationParts, 'versions' | 'now'>) =>
  (): Promise<void> =>
    versions.destroyKept(now(), now())
