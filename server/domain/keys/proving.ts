import { type EndpointPrice, keyFlaw } from '../../../shared/keys.ts'
import type { FailureReason, ProviderName } from '../../../shared/providers.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { Candidate } from '../drafts/attempts.ts'
import { refusedKey } from '../drafts/failing.ts'
import type { Caller } from '../identity/caller.ts'
import { priceEndpoint } from '../prices/endpoint-price.ts'
import type { OwnPriceStore } from '../prices/own-prices.ts'
import type { Failure, ListedAnswer, OpenedKey, Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'
import type { AddressFor } from './endpoint.ts'
import { choosable, type Listing } from './key-models.ts'
import { type KeyParts, type KeyPlace, keyContext, type ProvenVersion } from './keys.ts'

/** Proves a key by one tiny real call that has a receipt. The key is not stored yet; its id is made, so that the receipt can name it. */
type Verify = (
  caller: Caller,
  candidate: Candidate,
  key: OpenedKey,
  signal: AbortSignal,
) => Promise<{ readonly receiptId: string; readonly failure: Failure | undefined }>

/** What proving a key needs. */
export type ProvingParts = KeyParts & {
  readonly providers: Readonly<Record<ProviderName, Provider>>
  readonly addressFor: AddressFor
  readonly verify: Verify
  readonly ownPrices: OwnPriceStore
  readonly newId: () => string
}

/** A key that may not read its models is tried with this many of those that we know. */
const MOST_GUESSES = 3

/** What is to be proved: a first version, or a further one of a key. */
export type Claim = KeyPlace & {
  readonly provider: ProviderName
  readonly label: string
  readonly version: number
  readonly opened: OpenedKey
  /** Aborted when the vault stops. */
  readonly signal: AbortSignal
  /** The model in use, which stays if the new secret may use it. */
  readonly wished: string | undefined
  /** What an endpoint of one's own costs, where that is said together with its key. */
  readonly price?: EndpointPrice | undefined
}

/** The pasted key without outer white space; refuses one that is not shaped like a key of the provider. */
export const shaped = (provider: ProviderName, pasted: string): string => {
  const key = pasted.trim()
  const flaw = keyFlaw(provider, key)
  if (flaw !== undefined) throw new Refusal('key-misshapen', { provider, flaw })
  return key
}

const refuse = async (
  { keys }: ProvingParts,
  caller: Caller,
  { provider, label }: Claim,
  reason: FailureReason,
): Promise<Refusal> => {
  const { workspaceId, memberId } = caller
  const facts = { provider, label, reason }
  await keys.refuse({ workspaceId, kind: 'key-refused', memberId, facts })
  return new Refusal(refusedKey(reason) !== undefined ? 'key-refused' : 'key-unverified', {
    provider,
    reason,
  })
}

const listedFor = async (parts: ProvingParts, caller: Caller, claim: Claim): Promise<ListedAnswer> => {
  const answer = await parts.providers[claim.provider].models(claim.opened, claim.signal)
  if (!('failure' in answer)) return answer
  if (answer.failure.refusedAddress) throw new Refusal('endpoint-refused', { reason: 'private' })
  throw await refuse(parts, caller, claim, answer.failure.reason)
}

/** The models to prove the key with, in order: one that it may use, or some guesses where it does not tell. */
const trialsOf = async (
  { now, pricingFor }: ProvingParts,
  { workspaceId, provider, wished }: Claim,
  listing: Listing,
  most: number,
): Promise<readonly string[]> => {
  const models = choosable(provider, listing, now(), await pricingFor(workspaceId))
  if (models.length === 0) throw new Refusal('no-usable-model', { provider })
  const kept = models.filter((model) => model === wished)
  return [...new Set([...kept, ...models])].slice(0, most)
}

/** Reasons for which another model may do. */
const aboutModel: ReadonlySet<FailureReason> = new Set(['model-missing', 'model-retired', 'not-permitted'])

/** What a proof has shown. `organization`: the provider's id of the account, where it tells. */
export type Proof = {
  readonly receiptId: string
  readonly model: string
  readonly listing: Listing
  readonly organization: string | undefined
}

/** Proves the key by a real call, or refuses with what the provider said. Nothing is stored. */
export const prove = async (parts: ProvingParts, caller: Caller, claim: Claim): Promise<Proof> => {
  const { keyId, provider, label, version, opened } = claim
  const { listed, organization, inRegion } = await listedFor(parts, caller, claim)
  const listing = listed ?? inRegion ?? null
  const most = listed === undefined ? MOST_GUESSES : 1
  if (claim.price !== undefined) await priceEndpoint(parts)(caller, listing, claim.price)
  let failure: Failure | undefined
  for (const model of await trialsOf(parts, claim, listing, most)) {
    const candidate = { keyId, provider, label, version, baseAddress: opened.baseAddress, model }
    const tried = await parts.verify(caller, candidate, opened, claim.signal)
    if (tried.failure === undefined) return { receiptId: tried.receiptId, model, listing, organization }
    failure = tried.failure
    if (!aboutModel.has(failure.reason)) break
  }
  throw await refuse(parts, caller, claim, failure?.reason ?? 'model-missing')
}

/** Tells two accounts of a provider apart without keeping its id: a keyed hash. Null where the provider does not tell. */
export const organizationMark = async (
  { workspaceKey, envelope }: Pick<KeyParts, 'workspaceKey' | 'envelope'>,
  workspaceId: string,
  provider: ProviderName,
  organization: string | undefined,
): Promise<string | null> =>
  organization === undefined
    ? null
    : envelope.fingerprint(await workspaceKey(workspaceId), JSON.stringify([provider, organization]))

/** Seals what was proved, bound to its place, version and address. */
export const sealedVersion = async (
  parts: ProvingParts,
  claim: Claim,
  { model, listing, organization: told }: Proof,
): Promise<ProvenVersion> => {
  const { workspaceId, provider, version, opened } = claim
  const context = keyContext(claim, provider, version, opened.baseAddress)
  const sealed = await parts.envelope.seal(await parts.workspaceKey(workspaceId), context, opened.secret)
  const { baseAddress, endpoint = null } = opened
  const organization = await organizationMark(parts, workspaceId, provider, told)
  return { version, sealed, baseAddress, endpoint, model, listing, organization, verifiedAt: parts.now() }
}

/** What is written down of a version that was proved. */
export const provenRecord = (
  kind: 'key-connected' | 'key-rehearsed',
  caller: Caller,
  { provider, label, version }: Claim,
  { model }: Proof,
): AuditRecord => ({
  workspaceId: caller.workspaceId,
  kind,
  memberId: caller.memberId,
  facts: { provider, label, version, model },
})
