import { randomBytes, timingSafeEqual } from 'node:crypto'
import { pairingCodeFrom } from '../../shared/pairing.ts'
import type { CodeMint } from '../domain/identity/pairing.ts'

const isSame = (a: string, b: string): boolean => {
  const [first, second] = [Buffer.from(a), Buffer.from(b)]
  return first.length === second.length && timingSafeEqual(first, second)
}

/** Codes from the system's randomness, and a comparison whose time does not depend on where two texts differ. */
export const codeMint: CodeMint = { newCode: () => pairingCodeFrom(randomBytes(16)), isSame }
