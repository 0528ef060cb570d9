import type { Member, MemberChange, Team, TeamMember } from '../../../shared/members.ts'
import { Refusal } from '../refusal.ts'
import { type Caller, requireAdmin, requireOwner } from './caller.ts'
import { aliveSince } from './devices.ts'
import { type InviteStore, workingInvites } from './invites.ts'
import type { MemberStore } from './members.ts'

type TeamParts = {
  readonly members: Pick<MemberStore, 'team' | 'change' | 'remove' | 'handOver'>
  readonly invites: InviteStore
  readonly now: () => number
}

/** The owner first, then by name. */
const inOrder = (one: TeamMember, other: TeamMember): number =>
  Number(other.role === 'owner') - Number(one.role === 'owner') ||
  one.name.localeCompare(other.name) ||
  one.id.localeCompare(other.id)

/** Who belongs to the workspace, and which invitations are out, for owners and admins. */
export const readTeam =
  (parts: TeamParts) =>
  async (caller: Caller): Promise<Team> => {
    requireAdmin(caller)
    const members = await parts.members.team(caller.workspaceId, aliveSince(parts.now()))
    const invites = await workingInvites(parts, caller.workspaceId)
    return { members: members.toSorted(inOrder), invites: [...invites] }
  }

/**
 * Changes another member's role or reports flag, for owners and admins; everybody but the owner is at most an admin, so both reach all of them.
 * It counts from that member's next request; a draft that runs goes on, since it is paid for.
 */
export const changeMember =
  ({ members, now }: Pick<TeamParts, 'members' | 'now'>) =>
  async (caller: Caller, memberId: string, change: MemberChange): Promise<Member> => {
    requireAdmin(caller)
    const { workspaceId, memberId: by } = caller
    const changed = await members.change({ workspaceId, memberId, by, at: now(), change })
    if (changed === undefined) throw new Refusal('not-found', {})
    return changed
  }

/** Removes another member, for owners and admins; of oneself it is leaving, which an owner cannot. Receipts stay and keep the name. */
export const removeMember =
  ({ members, now }: Pick<TeamParts, 'members' | 'now'>) =>
  async (caller: Caller, memberId: string): Promise<void> => {
    const leaving = memberId === caller.memberId
    if (leaving && caller.role === 'owner') throw new Refusal('owner-stays', {})
    if (!leaving) requireAdmin(caller)
    const { workspaceId, memberId: by } = caller
    const removed = await members.remove({ workspaceId, memberId, by, at: now() })
    if (!removed) throw new Refusal('not-found', {})
  }

/** The owner hands the workspace over to a member who can speak from some browser, and becomes an admin. */
export const handOverOwnership =
  ({ members, now }: Pick<TeamParts, 'members' | 'now'>) =>
  async (caller: Caller, memberId: string): Promise<void> => {
    requireOwner(caller)
    const { workspaceId, memberId: by } = caller
    const done = await members.handOver({ workspaceId, memberId, by, usedSince: aliveSince(now()) })
    if (!done) throw new Refusal('not-found', {})
  }
