import type { Device, Role, Team, TeamMember } from '../../../shared/members.ts'
import { type Reading, useReading } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'

/** Who asks: their place in the team decides what is offered; the vault decides anyway. */
export type Me = { readonly id: string; readonly name: string; readonly role: Role }

/** What the page asks to be done next; each is a dialog. */
export type Asked =
  | { readonly ask: 'invite' }
  | { readonly ask: 'hand-over'; readonly to: TeamMember | undefined }
  | { readonly ask: 'remove'; readonly member: TeamMember }
  | { readonly ask: 'role'; readonly member: TeamMember; readonly role: GivenRole }
  | { readonly ask: 'withdraw'; readonly code: string }
  | { readonly ask: 'remove-device'; readonly device: Device; readonly owner: string }

/** Roles that can be given; ownership is handed over instead. */
export const givenRoles = ['admin', 'agent', 'light-agent'] as const satisfies readonly Role[]
export type GivenRole = (typeof givenRoles)[number]

export const isGivenRole = (role: string): role is GivenRole => givenRoles.some((one) => one === role)

/** Members and invitations, for owners and admins. */
export const useTeam = (): Reading<Team> => {
  const { vault } = useParts()
  return useReading(['team'], vault.team)
}

/** One's own browsers; everybody's for owners and admins. */
export const useDevices = (): Reading<readonly Device[]> => {
  const { vault } = useParts()
  return useReading(['devices'], async () => (await vault.devices()).devices)
}

/** The devices of one member, the present one first, then by last use. */
export const devicesOf = (devices: readonly Device[], memberId: string): readonly Device[] =>
  devices
    .filter((device) => device.memberId === memberId)
    .toSorted(
      (one, other) => Number(other.current) - Number(one.current) || other.lastUsedAt - one.lastUsedAt,
    )

/** Whether this asker may change that member: nobody themselves or the owner. */
export const mayChange = (me: Me, member: TeamMember): boolean =>
  member.id !== me.id && member.role !== 'owner'

/** Whether this asker may remove or approve browsers of that member: for the owner's, the vault says `not-found` to admins. */
export const mayManageDevicesOf = (me: Me, member: { readonly role: Role }): boolean =>
  me.role === 'owner' || member.role !== 'owner'
