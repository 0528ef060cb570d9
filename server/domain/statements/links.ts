import type { KeyLink, KeyLinking } from '../../../shared/statements/reporting-keys.ts'
import type { AuditRecord } from '../books/audit.ts'
import type { Envelope } from '../envelope.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import { type KeyStore, openKey } from '../keys/keys.ts'
import type { ReportedKey } from './reporting.ts'
import type { ReportingPlace } from './reporting-keys.ts'

/** Which keys of the provider ours are. */
export type LinkStore = {
  /** Every version of our keys of the provider that was ever connected, the newest first. */
  list(place: ReportingPlace): Promise<readonly KeyLink[]>
  /** Writes a link, in the place of the one before. With a record when a member picked it. */
  put(
    place: ReportingPlace,
    link: KeyLinking & { readonly by: 'hint' | 'owner' },
    record?: AuditRecord,
  ): Promise<void>
}

/** What a provider shows of a key: its beginning and its end, with dots or stars between. Less than four characters of the end say nothing. */
const partsOfHint = (hint: string): readonly [string, string] | undefined => {
  const [, front = '', end = ''] = /^([\w-]*?)(?:\.{2,}|…|\*+)([\w-]+)$/.exec(hint) ?? []
  return end.length >= 4 ? [front, end] : undefined
}

/** Whether a hint can be of this key. */
export const hintFits = (hint: string, key: string): boolean => {
  const [front, end] = partsOfHint(hint) ?? []
  return front !== undefined && end !== undefined && key.startsWith(front) && key.endsWith(end)
}

type LinkingParts = {
  readonly links: LinkStore
  readonly keys: KeyStore
  readonly workspaceKey: WorkspaceKey
  readonly envelope: Envelope
}

/** Finds the present versions of our keys among the provider's by their hints; where two fit, or none, the owner has to say. */
export const linkByHint = async (
  parts: LinkingParts,
  place: ReportingPlace,
  listed: readonly ReportedKey[],
): Promise<void> => {
  const unknown = (await parts.links.list(place)).filter(
    (link) => link.current && link.providerKeyId === null,
  )
  for (const { keyId, version } of unknown) {
    const { secret } = await openKey(parts)(place.workspaceId, keyId, version)
    const fitting = listed.filter(({ hint }) => hint !== null && hintFits(hint, secret))
    const [one] = fitting
    if (one === undefined || fitting.length > 1) continue
    await parts.links.put(place, { keyId, version, providerKeyId: one.id, by: 'hint' })
  }
}
