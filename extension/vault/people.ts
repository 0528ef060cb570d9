import { z } from 'zod'
import { DeviceList, MemberChange, Team } from '../../shared/members.ts'
import { PairingCodeAnswer, PairingCodeRequest } from '../../shared/pairing.ts'
import { OwnershipTransfer } from '../../shared/workspace.ts'
import type { Answers } from './answers.ts'

/** Members, invitations and browsers. What a member may not do is `not-found`. */
export const peopleCalls = ({ answer, nothing }: Answers) => ({
  /** Owners and admins only. */
  team: (): Promise<Team> => answer(Team, { method: 'GET', path: '/v1/members' }),

  changeMember: (id: string, change: MemberChange): Promise<void> =>
    nothing({ method: 'PATCH', path: `/v1/members/${id}`, body: z.encode(MemberChange, change) }),

  /** Signs out all browsers of a member; their receipts stay. */
  removeMember: (id: string): Promise<void> => nothing({ method: 'DELETE', path: `/v1/members/${id}` }),

  /** The owner only, who is an admin afterwards. */
  handOver: (memberId: string): Promise<void> =>
    nothing({ method: 'POST', path: '/v1/owner', body: z.encode(OwnershipTransfer, { memberId }) }),

  withdrawInvite: (id: string): Promise<void> => nothing({ method: 'DELETE', path: `/v1/invites/${id}` }),

  devices: (): Promise<z.output<typeof DeviceList>> =>
    answer(DeviceList, { method: 'GET', path: '/v1/devices' }),

  removeDevice: (id: string): Promise<void> => nothing({ method: 'DELETE', path: `/v1/devices/${id}` }),

  /** Lets a browser work again that waits since a restore. */
  approveDevice: (id: string): Promise<void> =>
    nothing({ method: 'POST', path: `/v1/devices/${id}/approval` }),

  makePairingCode: (request: PairingCodeRequest): Promise<PairingCodeAnswer> =>
    answer(PairingCodeAnswer, {
      method: 'POST',
      path: '/v1/pairing-codes',
      body: z.encode(PairingCodeRequest, request),
    }),
})
