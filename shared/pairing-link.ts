import { readPairingCode, writePairingCode } from './pairing.ts'

/** Where a vault explains how to pair; the code stands behind the hash of its address, which no browser sends. */
export const PAIRING_PATH = '/pair'

/** What a pairing link says: the vault's origin and a one-time code. */
export type PairingLink = { readonly address: string; readonly code: string }

/** The link to hand to whoever is to pair. It is as secret as its code. */
export const writePairingLink = ({ address, code }: PairingLink): string =>
  `${address}${PAIRING_PATH}#${code}`

/** Reads a link as somebody pastes it, with whatever stands around it. Undefined when there is none with a whole code. */
export const readPairingLink = (pasted: string): PairingLink | undefined => {
  const [found] = /https?:\/\/\S+#[0-9A-Za-z-]+/.exec(pasted) ?? []
  if (found === undefined || !URL.canParse(found)) return undefined
  const { origin, pathname, hash } = new URL(found)
  const code = readPairingCode(hash.slice(1))
  return pathname === PAIRING_PATH && code !== undefined
    ? { address: origin, code: writePairingCode(code) }
    : undefined
}
