import type { Role } from '../../../shared/members.ts'

/** From the least to the most. */
const ranks: readonly Role[] = ['light-agent', 'agent', 'admin', 'owner']

/** Whether `role` is at most `ceiling`: what somebody may hand out. */
export const isAtMost = (role: Role, ceiling: Role): boolean => ranks.indexOf(role) <= ranks.indexOf(ceiling)

/** A member's standing at the moment of asking. */
export type Standing = { readonly id: string; readonly role: Role; readonly removed: boolean }

/** Where members are written down, as they are now. */
export type MemberStore = {
  find(workspaceId: string, memberId: string): Promise<Standing | undefined>
  /** The living owner, or undefined while nobody has paired yet. */
  owner(workspaceId: string): Promise<Standing | undefined>
  /** Whether there is any member, removed ones counted. */
  any(workspaceId: string): Promise<boolean>
}
