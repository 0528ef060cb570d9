import { Router } from 'express'
import { z } from 'zod'
import { AuditPage, AuditQuery } from '../../shared/audit.ts'
import type { Audit } from '../domain/books/audit.ts'
import { requireAdmin } from '../domain/identity/caller.ts'
import { queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type AuditRoutes = CallerParts & { readonly audit: Pick<Audit, 'list'> }

/** The audit log, newest first, for owners and admins. */
export const audit = ({ callerOf, audit: log }: AuditRoutes): Router => {
  const router = Router()
  router.get('/v1/audit', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    response.json(z.encode(AuditPage, await log.list(caller.workspaceId, queryOf(request, AuditQuery))))
  })
  return router
}
