/** The wire contract that this code speaks. Requests name it in the header `Ownkey-Contract`. */
export const CONTRACT = 1

/** What a vault of this version serves: the present contract and the previous one. */
export const SERVED_CONTRACTS: readonly number[] = [1]

/** The header in which a request names its contract. */
export const CONTRACT_HEADER = 'ownkey-contract'
