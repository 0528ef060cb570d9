import type { KeyEndpoint } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import type { Provider } from '../provider.ts'
import { Refusal } from '../refusal.ts'

/** Addresses that the operator put in the place of providers' own. */
export type OperatorAddresses = Readonly<Partial<Record<ProviderName, string | undefined>>>

/** The address in force for keys of a provider and endpoint; refuses an endpoint that the provider does not have. */
export type AddressFor = (provider: ProviderName, endpoint: KeyEndpoint | null) => string

/** The operator's address of a provider, or its own. */
export const addressesBy =
  (
    providers: Readonly<Record<ProviderName, Pick<Provider, 'addressFor'>>>,
    operators: OperatorAddresses,
  ): AddressFor =>
  (provider, endpoint) => {
    const own = providers[provider].addressFor(endpoint)
    if (own === undefined)
      throw new Refusal('endpoint-refused', { reason: endpoint === null ? 'missing' : 'unwanted' })
    return operators[provider] ?? own
  }
