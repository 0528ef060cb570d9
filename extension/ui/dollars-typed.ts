import { CapChange } from '../../shared/cap.ts'
import { type Picodollars, Usd } from '../../shared/money.ts'

/** What a person typed as a cap: an amount that the vault accepts, or why not. */
export type TypedCap =
  | { readonly state: 'amount'; readonly limit: Picodollars }
  | { readonly state: 'malformed' }
  | { readonly state: 'too-large' }

/** Reads dollars as a person types them: `50`, `49.90`, `$1,000`. At most two decimals: a cap is not set finer. */
export const readTypedCap = (typed: string): TypedCap => {
  const text = typed.trim().replace(/^\$\s*/, '')
  const plain = /^\d{1,3}(,\d{3})+(\.\d{1,2})?$/.test(text) ? text.replaceAll(',', '') : text
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return { state: 'malformed' }
  const amount = Usd.safeParse(plain)
  if (!amount.success) return { state: 'too-large' }
  const accepted = CapChange.safeEncode({ limit: amount.data }).success
  return accepted ? { state: 'amount', limit: amount.data } : { state: 'too-large' }
}

/** How a cap stands in the field before it is changed: plain digits, two decimals at least. */
export const capAsTyped = (limit: Picodollars): string => Usd.encode(limit)
