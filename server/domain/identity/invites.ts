import type { Invite, Role } from '../../../shared/members.ts'
import { Refusal } from '../refusal.ts'
import { type Caller, isAdmin, requireAdmin } from './caller.ts'
import { isAtMost, type Standing } from './members.ts'

/** An invitation that nobody used, withdrew or guessed at too often, with who made it, as they are now. */
export type PendingInvite = Invite & { readonly maker: Standing }

/** Where invitations are found and withdrawn; they are written down as pairing codes. */
export type InviteStore = {
  /** Those that have not expired at `now` (ms), oldest first. */
  pending(workspaceId: string, now: number): Promise<readonly PendingInvite[]>
  /** Withdraws a pending one and writes it down; false when there is none. */
  withdraw(deed: {
    readonly workspaceId: string
    readonly inviteId: string
    readonly by: string
    readonly at: number
  }): Promise<boolean>
}

type InviteParts = { readonly invites: InviteStore; readonly now: () => number }

/** Whether somebody may hand out `role` as they stand now. */
export const mayInvite = (maker: Standing, role: Role): boolean =>
  !maker.removed && isAdmin(maker) && isAtMost(role, maker.role)

/** The invitations that still work: whose maker may still hand out what they give. */
export const workingInvites = async (
  { invites, now }: InviteParts,
  workspaceId: string,
): Promise<readonly Invite[]> => {
  const pending = await invites.pending(workspaceId, now())
  return pending.filter(({ maker, role }) => mayInvite(maker, role))
}

/** Withdraws an invitation, for owners and admins, who may each hand out every role that an invitation can give. */
export const withdrawInvite =
  ({ invites, now }: InviteParts) =>
  async (caller: Caller, inviteId: string): Promise<void> => {
    requireAdmin(caller)
    const { workspaceId, memberId } = caller
    const withdrawn = await invites.withdraw({ workspaceId, inviteId, by: memberId, at: now() })
    if (!withdrawn) throw new Refusal('not-found', {})
  }
