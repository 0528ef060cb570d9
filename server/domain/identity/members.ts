import type { Member, MemberChange, Role, TeamMember } from '../../../shared/members.ts'

/** From the least to the most. */
const ranks: readonly Role[] = ['light-agent', 'agent', 'admin', 'owner']

/** Whether `role` is at most `ceiling`: what somebody may hand out. */
export const isAtMost = (role: Role, ceiling: Role): boolean => ranks.indexOf(role) <= ranks.indexOf(ceiling)

/** The roles that are at most `ceiling`. */
export const rolesUpTo = (ceiling: Role): readonly Role[] => ranks.filter((role) => isAtMost(role, ceiling))

/** A member's standing at the moment of asking. */
export type Standing = { readonly id: string; readonly role: Role; readonly removed: boolean }

/** Something that `by` does to a member at a moment (ms). */
type Deed = {
  readonly workspaceId: string
  readonly memberId: string
  readonly by: string
  readonly at: number
}

/** Where members are written down, as they are now. Each change and its record are written together. */
export type MemberStore = {
  find(workspaceId: string, memberId: string): Promise<Standing | undefined>
  /** The living owner, or undefined while nobody has paired yet. */
  owner(workspaceId: string): Promise<Standing | undefined>
  /** Whether there is any member, removed ones counted. */
  any(workspaceId: string): Promise<boolean>
  /** Living members in no order, with the browsers that they used since `usedSince` (ms). */
  team(workspaceId: string, usedSince: number): Promise<readonly TeamMember[]>
  /** Changes a living member who is neither the owner nor `by`; undefined when there is none. Invitations that they made in another role end. */
  change(deed: Deed & { readonly change: MemberChange }): Promise<Member | undefined>
  /** Removes a living member who is not the owner, with their browsers and pending codes; false when there is none. */
  remove(deed: Deed): Promise<boolean>
  /**
   * Makes the member the owner and the owner `by` an admin, whose recovery codes end. False when `by` is not the owner any more, or the member
   * has no browser that can speak and was used since `usedSince` (ms); nothing is written then.
   */
  handOver(deed: Omit<Deed, 'at'> & { readonly usedSince: number }): Promise<boolean>
}
