import { z } from 'zod'
import { DraftRequest } from '../../shared/drafts.ts'
import type { Local } from './database.ts'

const MINUTE_MS = 60_000
/** The vault keeps a finished draft this long under its idempotency key; the request is kept here as long, to ask for it. */
const ASKED_KEPT_MS = 10 * MINUTE_MS
const DRAFT_KEPT_MS = 7 * 24 * 60 * MINUTE_MS

/**
 * A draft of this browser, found again by the place it was made for. `asked`: its end was not seen here, so the same request
 * brings the whole draft without a second charge. `id` is the idempotency key, or another id for a further version under the same key; `at` ms
 * since epoch.
 */
export const KeptDraft = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('asked'),
    id: z.uuid(),
    site: z.string(),
    place: z.string(),
    at: z.int(),
    text: z.string(),
    request: DraftRequest,
  }),
  z.object({
    state: z.literal('ended'),
    id: z.uuid(),
    site: z.string(),
    place: z.string(),
    at: z.int(),
    text: z.string(),
    /** The draft as it came, where the person has changed it. */
    drafted: z.string().optional(),
    receiptId: z.uuid().nullable(),
    /** It was cut before it was whole. */
    part: z.literal(true).optional(),
  }),
])
export type KeptDraft = z.infer<typeof KeptDraft>

export const keepDraft = async (local: Local, draft: KeptDraft): Promise<void> => {
  await local.drafts.put(draft)
}

export const forgetDraft = async (local: Local, id: string): Promise<void> => {
  await local.drafts.delete(id)
}

const isFresh = (draft: KeptDraft, now: number): boolean =>
  now - draft.at < (draft.state === 'asked' ? ASKED_KEPT_MS : DRAFT_KEPT_MS)

/** Drafts for this place, newest first. What is too old, or cannot be read any more, is deleted on the way. */
export const keptDrafts = async (
  local: Local,
  where: { readonly site: string; readonly place: string },
  now: number,
): Promise<readonly KeptDraft[]> => {
  await dropOldDrafts(local, now)
  const rows = await local.drafts.where('[site+place]').equals([where.site, where.place]).toArray()
  return rows
    .flatMap((row) => KeptDraft.safeParse(row).data ?? [])
    .toSorted((one, other) => other.at - one.at)
}

/** Deletes what is past its time, and what cannot be read any more. A thread that was sent stays ten minutes at most while somebody calls this. */
export const dropOldDrafts = async (local: Local, now: number): Promise<void> => {
  await local.drafts
    .toCollection()
    .filter((row) => {
      const draft = KeptDraft.safeParse(row)
      return !draft.success || !isFresh(draft.data, now)
    })
    .delete()
}
