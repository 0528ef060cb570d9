import { type PairingLink, readPairingLink, writePairingLink } from '../../shared/pairing-link.ts'

/** What the page that led here put behind the hash. It is somebody's claim: it fills in a form and is believed no further. */
export const handedLink = (hash: string): PairingLink => {
  const said = new URLSearchParams(hash.slice(1))
  const link = { address: said.get('address') ?? '', code: said.get('code') ?? '' }
  return readPairingLink(writePairingLink(link)) ?? { address: '', code: '' }
}
