import { z } from 'zod'
import type { SealedDraftStore } from '../../domain/drafts/kept-drafts.ts'
import type { Database } from '../database.ts'

/** Sealed drafts for the device that asked for them. The text inside is never seen here. */
type SealedDrafts = SealedDraftStore & {
  /** Deletes what has expired at `now` (ms). */
  prune(now: number): Promise<void>
}

const Row = z.object({ sealed: z.string() })

export const sqlSealedDrafts = (
  database: Database,
  { now }: { readonly now: () => number },
): SealedDrafts => ({
  keep: async ({ workspaceId, receiptId, deviceId, sealed, expiresAt }) => {
    const kept = { device_id: deviceId, sealed, expires_at: expiresAt }
    await database.db
      .insertInto('kept_drafts')
      .values({ workspace_id: workspaceId, receipt_id: receiptId, ...kept })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'receipt_id']).doUpdateSet(kept))
      .execute()
  },
  find: async (workspaceId, receiptId, deviceId) => {
    const row = await database.db
      .selectFrom('kept_drafts')
      .select('sealed')
      .where('workspace_id', '=', workspaceId)
      .where('receipt_id', '=', receiptId)
      .where('device_id', '=', deviceId)
      .where('expires_at', '>', now())
      .executeTakeFirst()
    return row && Row.parse(row).sealed
  },
  prune: (at) =>
    database.transaction('kept_drafts', async (tx) => {
      await tx.deleteFrom('kept_drafts').where('expires_at', '<=', at).execute()
    }),
})
