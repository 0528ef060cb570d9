import type { PriceTerms } from '../../../../shared/books/prices.ts'
import { LONGEST_LABEL } from '../../../../shared/ids.ts'
import {
  type BedrockRegion,
  type Dialect,
  type EndpointPrice,
  type Key,
  type KeyConnection,
  KeyEndpoint,
} from '../../../../shared/keys.ts'
import type { ProviderName } from '../../../../shared/providers.ts'
import type { Speech } from '../../words/speech.ts'
import { readRate, twoRates } from '../rates-typed.ts'

/** What goes along with a key, as it was typed and chosen. The key itself is not among it. */
export type Typed = {
  readonly label: string
  readonly region: BedrockRegion
  readonly dialect: Dialect
  readonly address: string
  readonly model: string
  readonly costs: 'free' | 'price'
  readonly input: string
  readonly output: string
}

/** Where a dialect is spoken at one address for everybody. */
const ownAddresses: Partial<Record<Dialect, string>> = { mistral: 'https://api.mistral.ai/v1' }

export const untyped: Typed = {
  label: '',
  region: 'us-east-1',
  dialect: 'mistral',
  address: ownAddresses.mistral ?? '',
  model: '',
  costs: 'price',
  input: '',
  output: '',
}

/** The address once another dialect is chosen: what a person typed stays, what was only proposed goes. */
export const addressAfter = ({ dialect, address }: Typed, chosen: Dialect): string => {
  const isTyped = address !== '' && address !== ownAddresses[dialect]
  return isTyped ? address : (ownAddresses[chosen] ?? '')
}

/** Who is connected, and which keys there are already. */
type Claim = { readonly provider: ProviderName; readonly keys: readonly Key[] }

/** Whether the key needs a name of its own to be told from the others. */
export const needsLabel = ({ provider, keys }: Claim): boolean =>
  provider === 'compatible' || keys.some((key) => key.connected && key.provider === provider)

const labelFlaw = ({ t }: Speech, { provider, keys }: Claim, typed: string): string | undefined => {
  const label = typed.trim().toLowerCase()
  if (label.length > LONGEST_LABEL) return t('connecting.labelLong')
  const isTaken = keys.some(
    (key) => key.connected && key.provider === provider && key.label.toLowerCase() === label,
  )
  return isTaken ? t('connecting.labelTaken') : undefined
}

const addressFlaw = ({ t }: Speech, typed: string): string | undefined => {
  const address = URL.parse(typed.trim())
  if (address === null) return t('connecting.addressFlaw')
  if (address.username !== '' || address.password !== '') return t('connecting.addressCredentials')
  return endpointTyped({ address: typed, dialect: 'plain' }) === undefined
    ? t('connecting.addressFlaw')
    : undefined
}

const endpointTyped = ({ address, dialect }: Pick<Typed, 'address' | 'dialect'>): KeyEndpoint | undefined =>
  KeyEndpoint.safeParse({ kind: 'address', address: address.trim(), dialect }).data

const rateFlaw = ({ t, locale }: Speech, typed: string): string | undefined =>
  readRate(typed, locale) === undefined ? t('options.prices.dialog.malformed') : undefined

type Flaws = Partial<Record<keyof Typed, string>>

const told = (flaws: { readonly [Field in keyof Typed]?: string | undefined }): Flaws =>
  Object.fromEntries(Object.entries(flaws).filter(([, flaw]) => flaw !== undefined))

/** What is wrong with the fields that belong to the provider, each beside its field. */
export const flawsOf = (speech: Speech, claim: Claim, typed: Typed): Flaws => {
  const label = labelFlaw(speech, claim, typed.label)
  if (claim.provider !== 'compatible') return told({ label })
  const priced = typed.costs === 'price'
  return told({
    label,
    address: addressFlaw(speech, typed.address),
    input: priced ? rateFlaw(speech, typed.input) : undefined,
    output: priced ? rateFlaw(speech, typed.output) : undefined,
  })
}

const termsOf = ({ costs, input, output }: Typed, locale: string): PriceTerms | undefined => {
  if (costs === 'free') return { kind: 'free' }
  const [read, written] = [readRate(input, locale), readRate(output, locale)]
  return read === undefined || written === undefined
    ? undefined
    : { kind: 'price', perMillion: twoRates(read, written) }
}

const priceOf = (typed: Typed, locale: string): EndpointPrice | undefined => {
  const terms = termsOf(typed, locale)
  const model = typed.model.trim()
  if (terms === undefined) return undefined
  return model === '' ? { terms } : { model, terms }
}

const placeOf = (
  provider: ProviderName,
  typed: Typed,
  locale: string,
): Pick<KeyConnection, 'endpoint' | 'price'> => {
  if (provider === 'bedrock') return { endpoint: { kind: 'region', region: typed.region } }
  if (provider !== 'compatible') return {}
  return { endpoint: endpointTyped(typed), price: priceOf(typed, locale) }
}

/** An Ollama that asks for no key gets its own name, so that there is something to seal. */
const OLLAMAS_KEY = 'ollama'

/** Whether a key may be left out. */
export const mayBeKeyless = (provider: ProviderName, { dialect }: Typed): boolean =>
  provider === 'compatible' && dialect === 'ollama'

/** What the vault is asked for, once nothing speaks against what was typed. */
export const connectionOf = (
  provider: ProviderName,
  typed: Typed,
  key: string,
  locale: string,
): KeyConnection => {
  const label = typed.label.trim()
  return {
    provider,
    key: key === '' && mayBeKeyless(provider, typed) ? OLLAMAS_KEY : key,
    ...(label === '' ? {} : { label }),
    ...placeOf(provider, typed, locale),
  }
}
