import type { Envelope, SealContext } from '../envelope.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'

/** How long a finished draft waits for its device. */
const KEPT_MS = 10 * 60_000

type DraftPlace = {
  readonly workspaceId: string
  readonly receiptId: string
  readonly deviceId: string
}

/** Finished drafts, sealed and kept for ten minutes, so that a closed panel loses nothing that was paid for. */
export type KeptDrafts = {
  keep(place: DraftPlace, text: string): Promise<void>
  /** The same device's draft; undefined when it is gone or another device's. */
  find(place: DraftPlace): Promise<string | undefined>
}

/** Where sealed drafts lie. What has expired does not exist. */
export type SealedDraftStore = {
  keep(draft: DraftPlace & { readonly sealed: string; readonly expiresAt: number }): Promise<void>
  find(workspaceId: string, receiptId: string, deviceId: string): Promise<string | undefined>
}

type KeptDraftParts = {
  readonly sealedDrafts: SealedDraftStore
  readonly envelope: Envelope
  readonly workspaceKey: WorkspaceKey
  readonly now: () => number
}

/** What a sealed draft is bound to. */
export const keptDraftContext = ({ workspaceId, receiptId, deviceId }: DraftPlace): SealContext => ({
  kind: 'draft',
  workspace: workspaceId,
  id: receiptId,
  version: 1,
  purpose: `device ${deviceId}`,
})

/** Seals a draft to its receipt and device, so that a row that was moved opens for nobody. */
export const keptDrafts = ({ sealedDrafts, envelope, workspaceKey, now }: KeptDraftParts): KeptDrafts => ({
  keep: async (place, text) => {
    const sealed = await envelope.seal(await workspaceKey(place.workspaceId), keptDraftContext(place), text)
    await sealedDrafts.keep({ ...place, sealed, expiresAt: now() + KEPT_MS })
  },
  find: async (place) => {
    const sealed = await sealedDrafts.find(place.workspaceId, place.receiptId, place.deviceId)
    if (sealed === undefined) return undefined
    return envelope.open(await workspaceKey(place.workspaceId), keptDraftContext(place), sealed)
  },
})
