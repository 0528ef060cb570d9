import type { EndpointPrice, KeyConnected, KeyConnection, KeyEndpoint } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { JudgeAddress } from '../alerts/settings.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'
import { isTaken } from './changing.ts'
import { keyCard, type StoredKey } from './keys.ts'
import { type ProvingParts, prove, provenRecord, sealedVersion, shaped } from './proving.ts'

type ConnectionParts = ProvingParts & { readonly judgeAddress: JudgeAddress }

/** What keys are called until somebody names them. */
const providerNames: Record<ProviderName, string> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  bedrock: 'AWS Bedrock',
  compatible: 'Own endpoint',
}

/** The first name that no key of the provider has: "Anthropic", then "Anthropic 2". */
const freeName = (keys: readonly StoredKey[], provider: ProviderName, number = 1): string => {
  const name = number === 1 ? providerNames[provider] : `${providerNames[provider]} ${number}`
  return isTaken(keys, provider, name) ? freeName(keys, provider, number + 1) : name
}

/** Whatever follows the path of an address is no part of where it leads, but is where keys are hidden. */
const hidesMore = (address: string): boolean => {
  const { search, hash } = new URL(address)
  return search !== '' || hash !== ''
}

/** Refuses an address that an admin typed where keys must not be sent. It is shown on cards and receipts, so it must hold no secret. */
const refuseAddress = ({ judgeAddress }: ConnectionParts, endpoint: KeyEndpoint | null): void => {
  if (endpoint?.kind !== 'address') return
  const reason = hidesMore(endpoint.address) ? 'credentials' : judgeAddress(endpoint.address)
  if (reason !== undefined) throw new Refusal('endpoint-refused', { reason })
}

/** Only of an endpoint of one's own is it said together with the key what it costs; whatever else there is to say is said under Prices. */
const refusePrice = (provider: ProviderName, price: EndpointPrice | undefined): void => {
  if (price === undefined || provider === 'compatible') return
  throw new Refusal('malformed-request', {
    issues: [{ path: 'price', rule: 'for an endpoint of one’s own' }],
  })
}

/**
 * Connects a key of a provider, after its others: shape, models, one real call, and only then it is sealed and stored. It drafts with the
 * provider's usual model where it may use it. Without a name it gets the first that is free.
 */
export const connectKey =
  (parts: ConnectionParts) =>
  async (
    caller: Caller,
    { provider, key, label: asked, endpoint: where, price }: KeyConnection,
    signal: AbortSignal,
  ): Promise<KeyConnected> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const endpoint = where ?? null
    const baseAddress = parts.addressFor(provider, endpoint)
    refuseAddress(parts, endpoint)
    refusePrice(provider, price)
    const opened = { secret: shaped(provider, key), baseAddress, endpoint }
    const present = await parts.keys.list(workspaceId)
    const label = asked ?? freeName(present, provider)
    if (isTaken(present, provider, label)) throw new Refusal('key-exists', { provider })
    const wished = price?.model ?? present.find((one) => one.provider === provider)?.model
    const place = { workspaceId, keyId: parts.newId() }
    const claim = { ...place, provider, label, version: 1, opened, signal, wished, price }
    const proof = await prove(parts, caller, claim)
    const proven = await sealedVersion(parts, claim, proof)
    const stored = { ...place, provider, label, connectedBy: memberId, proven }
    const connected = await parts.keys.connect(stored, provenRecord('key-connected', caller, claim, proof))
    if (!connected) throw new Refusal('key-exists', { provider })
    return { key: await keyCard(parts, place), receiptId: proof.receiptId }
  }
