import type { AlertSubject } from '../../../shared/books/alerts.ts'
import type { KeyStore } from '../keys/keys.ts'
import type { AlertStore } from './alerts.ts'
import type { TellAlert } from './watching.ts'

/** A key that its provider refused. `out`: it answers no more until somebody sees to it. */
export type KeyRefusal = Omit<Extract<AlertSubject, { readonly kind: 'key-refused' }>, 'kind'>

type RefusalParts = {
  readonly alerts: Pick<AlertStore, 'find' | 'tell'>
  readonly keys: Pick<KeyStore, 'list'>
  readonly tellAlert: TellAlert
}

/** Tells owners and admins that a provider refused a key. */
export type TellKeyRefused = (workspaceId: string, refusal: KeyRefusal) => Promise<void>

/**
 * Makes what tells of a refusal once per key, version, reason and acceptance, whichever vault and however many drafts find it. A version that is not
 * the current one any more is nobody's concern. It writes to the database, so a draft must have told its reader the ending before.
 */
export const tellKeyRefused =
  ({ alerts, keys, tellAlert }: RefusalParts): TellKeyRefused =>
  async (workspaceId, refusal) => {
    const { keyId, version, reason } = refusal
    const key = (await keys.list(workspaceId)).find(({ id }) => id === keyId)
    if (key === undefined || key.version !== version) return
    const place = { about: `key/${keyId}/${version}/${reason}`, number: key.verifiedAt }
    if ((await alerts.find(workspaceId, place)) !== undefined) return
    const told = await alerts.tell(workspaceId, [{ ...place, subject: { kind: 'key-refused', ...refusal } }])
    for (const { subject } of told) tellAlert(subject.kind)
  }
