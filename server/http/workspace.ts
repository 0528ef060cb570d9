import { Router } from 'express'
import { z } from 'zod'
import { Workspace, WorkspaceChange, WorkspaceDeletion } from '../../shared/workspace.ts'
import { type Caller, requireAdmin, requireOwner } from '../domain/identity/caller.ts'
import { bodyOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type WorkspaceRoutes = CallerParts & {
  readonly readWorkspace: (caller: Caller) => Promise<Workspace>
  readonly changeWorkspace: (caller: Caller, change: WorkspaceChange) => Promise<Workspace>
  readonly askForDeletion: (caller: Caller, deletion: WorkspaceDeletion) => Promise<Workspace>
  readonly withdrawDeletion: (caller: Caller) => Promise<Workspace>
}

/** The workspace's settings for owners and admins, and its end, for the owner. Each answer is the workspace as it is then. */
export const workspace = (parts: WorkspaceRoutes): Router => {
  const { callerOf, readWorkspace, changeWorkspace, askForDeletion, withdrawDeletion } = parts
  const router = Router()
  router.get('/v1/workspace', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(Workspace, await readWorkspace(caller)))
  })
  router.patch('/v1/workspace', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const change = await bodyOf(request, response, WorkspaceChange)
    response.json(z.encode(Workspace, await changeWorkspace(caller, change)))
  })
  router.post('/v1/workspace/deletion', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireOwner(caller)
    const deletion = await bodyOf(request, response, WorkspaceDeletion)
    response.json(z.encode(Workspace, await askForDeletion(caller, deletion)))
  })
  router.delete('/v1/workspace/deletion', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(Workspace, await withdrawDeletion(caller)))
  })
  return router
}
