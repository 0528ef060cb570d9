import { Router } from 'express'
import { z } from 'zod'
import { Id } from '../../../shared/ids.ts'
import { Member, MemberChange, Team } from '../../../shared/members.ts'
import { OwnershipTransfer } from '../../../shared/workspace.ts'
import { type Caller, requireAdmin, requireOwner } from '../../domain/identity/caller.ts'
import { bodyOf, idOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type MemberRoutes = CallerParts & {
  readonly readTeam: (caller: Caller) => Promise<Team>
  readonly changeMember: (caller: Caller, memberId: string, change: MemberChange) => Promise<Member>
  readonly removeMember: (caller: Caller, memberId: string) => Promise<void>
  readonly handOverOwnership: (caller: Caller, memberId: string) => Promise<void>
}

/** Who belongs to the workspace: seeing, changing and removing members for owners and admins, leaving for everybody, and the owner's handing over. */
export const members = (parts: MemberRoutes): Router => {
  const { callerOf, readTeam, changeMember, removeMember, handOverOwnership } = parts
  const router = Router()
  router.get('/v1/members', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(Team, await readTeam(caller)))
  })
  router.patch('/v1/members/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const change = await bodyOf(request, response, MemberChange)
    response.json(z.encode(Member, await changeMember(caller, idOf(request, 'id', Id), change)))
  })
  router.delete('/v1/members/:id', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await removeMember(caller, idOf(request, 'id', Id))
    response.status(204).end()
  })
  router.post('/v1/owner', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireOwner(caller)
    const { memberId } = await bodyOf(request, response, OwnershipTransfer)
    await handOverOwnership(caller, memberId)
    response.status(204).end()
  })
  return router
}
