import type { Executor } from '../database.ts'

/** Why a delivery to somebody who was taken off the list is given up. */
const REMOVED = 'removed'

type Recipients = { readonly via: 'email'; readonly recipient: string } | { readonly via: 'webhook' }

/** Gives up what still waits for somebody who is not to be told any more. */
export const giveUpFor = async (tx: Executor, workspaceId: string, of: Recipients): Promise<void> => {
  await tx
    .updateTable('outbox')
    .set({ next_at: null, claimed_until: null, failure: REMOVED })
    .where('workspace_id', '=', workspaceId)
    .where('via', '=', of.via)
    .$if(of.via === 'email', (query) => query.where('recipient', '=', of.via === 'email' ? of.recipient : ''))
    .where('next_at', 'is not', null)
    .execute()
}
