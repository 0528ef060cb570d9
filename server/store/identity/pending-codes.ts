import type { Executor } from '../database.ts'

type Place = { readonly workspaceId: string; readonly memberId: string }

const unused = (tx: Executor, workspaceId: string) =>
  tx.deleteFrom('pairing_codes').where('workspace_id', '=', workspaceId).where('used_at', 'is', null)

/** Deletes the unused codes that a member made, of every kind. */
export const endCodesMadeBy = async (tx: Executor, { workspaceId, memberId }: Place): Promise<void> => {
  await unused(tx, workspaceId).where('made_by', '=', memberId).execute()
}

/** Deletes the unused codes by which the operator would bring an owner back. */
export const endRecovery = async (tx: Executor, { workspaceId, memberId }: Place): Promise<void> => {
  await unused(tx, workspaceId).where('kind', '=', 'recover').where('member_id', '=', memberId).execute()
}

/** Withdraws the unused invitations that a member made; who tries one later is still written down. */
export const endInvites = async (
  tx: Executor,
  { workspaceId, memberId, at }: Place & { readonly at: number },
): Promise<void> => {
  await tx
    .updateTable('pairing_codes')
    .set({ withdrawn_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('made_by', '=', memberId)
    .where('kind', '=', 'invite')
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .execute()
}
