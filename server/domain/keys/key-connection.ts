import { type KeyConnected, type KeyConnection, type KeyReplacement, keyFlaw } from '../../../shared/keys.ts'
import type { FailureReason, ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { Candidate } from '../drafts/attempts.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { Failure, OpenedKey, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import type { AddressFor } from './endpoint.ts'
import { choosable, type Listing } from './key-models.ts'
import {
  connectedKey,
  type KeyParts,
  type KeyPlace,
  keyCard,
  keyContext,
  type ProvenVersion,
} from './keys.ts'

/** Proves a key by one tiny real call that has a receipt. The key is not stored yet; its id is made, so that the receipt can name it. */
type Verify = (
  caller: Caller,
  candidate: Candidate,
  key: OpenedKey,
  signal: AbortSignal,
) => Promise<{ readonly receiptId: string; readonly failure: Failure | undefined }>

type KeyConnectionParts = KeyParts & {
  readonly providers: Readonly<Record<ProviderName, Provider>>
  readonly addressFor: AddressFor
  readonly verify: Verify
  readonly newId: () => string
}

/** Reasons that speak about the key itself. With any other it may be good; it could not be proved now. */
const refusing: ReadonlySet<FailureReason> = new Set([
  'key-invalid',
  'no-credit',
  'spend-limit',
  'on-hold',
  'not-permitted',
  'region-refused',
  'model-missing',
])

/** A key that may not read its models is tried with this many of those that we know. */
const MOST_GUESSES = 3

const providerNames: Record<ProviderName, string> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  bedrock: 'AWS Bedrock',
  compatible: 'Own endpoint',
}

/** What is to be proved: a first version, or a further one of a key. */
type Claim = KeyPlace & {
  readonly provider: ProviderName
  readonly label: string
  readonly version: number
  readonly opened: OpenedKey
  /** Aborted when the vault stops. */
  readonly signal: AbortSignal
  /** The model in use, which stays if the new secret may use it. */
  readonly wished: string | undefined
}

const shaped = (provider: ProviderName, pasted: string): string => {
  const key = pasted.trim()
  const flaw = keyFlaw(provider, key)
  if (flaw !== undefined) throw new Refusal('key-misshapen', { provider, flaw })
  return key
}

const refuse = async (
  { keys }: KeyConnectionParts,
  caller: Caller,
  { provider, label }: Claim,
  reason: FailureReason,
): Promise<Refusal> => {
  const { workspaceId, memberId } = caller
  const facts = { provider, label, reason }
  await keys.refuse({ workspaceId, kind: 'key-refused', memberId, facts })
  return new Refusal(refusing.has(reason) ? 'key-refused' : 'key-unverified', { provider, reason })
}

const listingOf = async (parts: KeyConnectionParts, caller: Caller, claim: Claim): Promise<Listing> => {
  const answer = await parts.providers[claim.provider].models(claim.opened, claim.signal)
  if ('failure' in answer) throw await refuse(parts, caller, claim, answer.failure.reason)
  return answer.listed ?? null
}

/** The models to prove the key with, in order: one that it may use, or some guesses where it does not tell. */
const trialsOf = async (
  { now, pricingFor }: KeyConnectionParts,
  { workspaceId, provider, wished }: Claim,
  listing: Listing,
): Promise<readonly string[]> => {
  const models = choosable(provider, listing, now(), await pricingFor(workspaceId))
  if (models.length === 0) throw new Refusal('no-usable-model', { provider })
  const kept = models.filter((model) => model === wished)
  return [...kept, ...models].slice(0, listing === null ? MOST_GUESSES : 1)
}

const isAboutModel = (failure: Failure | undefined): boolean =>
  failure?.reason === 'model-missing' || failure?.reason === 'not-permitted'

type Proof = { readonly receiptId: string; readonly model: string; readonly listing: Listing }

/** Proves the key by a real call, or refuses with what the provider said. Nothing is stored. */
const prove = async (parts: KeyConnectionParts, caller: Caller, claim: Claim): Promise<Proof> => {
  const { keyId, provider, label, version, opened } = claim
  const listing = await listingOf(parts, caller, claim)
  let failure: Failure | undefined
  for (const model of await trialsOf(parts, claim, listing)) {
    const candidate = { keyId, provider, label, version, baseAddress: opened.baseAddress, model }
    const tried = await parts.verify(caller, candidate, opened, claim.signal)
    if (tried.failure === undefined) return { receiptId: tried.receiptId, model, listing }
    failure = tried.failure
    if (!isAboutModel(failure)) break
  }
  throw await refuse(parts, caller, claim, failure?.reason ?? 'model-missing')
}

const sealedVersion = async (
  { workspaceKey, envelope, now }: KeyConnectionParts,
  claim: Claim,
  { model, listing }: Proof,
): Promise<ProvenVersion> => {
  const { provider, version, opened } = claim
  const context = keyContext(claim, provider, version, opened.baseAddress)
  const sealed = await envelope.seal(await workspaceKey(claim.workspaceId), context, opened.secret)
  const { baseAddress, endpoint = null } = opened
  return { version, sealed, baseAddress, endpoint, model, listing, verifiedAt: now() }
}

const recordOf = (
  kind: 'key-connected' | 'key-replaced',
  caller: Caller,
  { provider, label, version }: Claim,
  { model }: Proof,
): AuditRecord => ({
  workspaceId: caller.workspaceId,
  kind,
  memberId: caller.memberId,
  facts: { provider, label, version, model },
})

/** Connects the workspace's key of a provider: shape, models, one real call, and only then it is sealed and stored. */
export const connectKey =
  (parts: KeyConnectionParts) =>
  async (
    caller: Caller,
    { provider, key, label, endpoint: asked }: KeyConnection,
    signal: AbortSignal,
  ): Promise<KeyConnected> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const endpoint = asked ?? null
    const baseAddress = parts.addressFor(provider, endpoint)
    const opened = { secret: shaped(provider, key), baseAddress, endpoint }
    const exists = () => new Refusal('key-exists', { provider })
    if ((await parts.keys.list(workspaceId)).some((one) => one.provider === provider)) throw exists()
    const place = { workspaceId, keyId: parts.newId() }
    const named = label ?? providerNames[provider]
    const claim = { ...place, provider, label: named, version: 1, opened, signal, wished: undefined }
    const proof = await prove(parts, caller, claim)
    const proven = await sealedVersion(parts, claim, proof)
    const stored = { ...place, provider, label: named, connectedBy: memberId, proven }
    const connected = await parts.keys.connect(stored, recordOf('key-connected', caller, claim, proof))
    if (!connected) throw exists()
    return { key: await keyCard(parts, place), receiptId: proof.receiptId }
  }

/** Replaces a key's secret by another one that was proved the same way. New calls use it at once; running calls finish with the old one. */
export const replaceKey =
  (parts: KeyConnectionParts) =>
  async (
    caller: Caller,
    keyId: string,
    { key }: KeyReplacement,
    signal: AbortSignal,
  ): Promise<KeyConnected> => {
    requireAdmin(caller)
    const place = { workspaceId: caller.workspaceId, keyId }
    const { provider, label, model, version, endpoint } = await connectedKey(parts, place)
    const baseAddress = parts.addressFor(provider, endpoint)
    const opened = { secret: shaped(provider, key), baseAddress, endpoint }
    const claim = { ...place, provider, label, version: version + 1, opened, signal, wished: model }
    const proof = await prove(parts, caller, claim)
    const proven = await sealedVersion(parts, claim, proof)
    const replaced = await parts.keys.replace(place, proven, recordOf('key-replaced', caller, claim, proof))
    if (!replaced) throw new Refusal('key-exists', { provider })
    return { key: await keyCard(parts, place), receiptId: proof.receiptId }
  }
