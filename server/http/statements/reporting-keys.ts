import { Router } from 'express'
import { z } from 'zod'
import { ReportingProvider } from '../../../shared/providers.ts'
import {
  KeyLinking,
  type ProviderKey,
  ProviderKeyList,
  ReportingKey,
  ReportingKeyConnection,
  ReportingKeyList,
} from '../../../shared/statements/reporting-keys.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import { bodyOf, idOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type ReportingKeyRoutes = CallerParts & {
  readonly listReportingKeys: (caller: Caller) => Promise<ReportingKey[]>
  readonly putReportingKey: (caller: Caller, connection: ReportingKeyConnection) => Promise<ReportingKey>
  readonly disconnectReportingKey: (caller: Caller, provider: ReportingProvider) => Promise<void>
  readonly listProviderKeys: (caller: Caller, provider: ReportingProvider) => Promise<ProviderKey[]>
  readonly linkKey: (
    caller: Caller,
    provider: ReportingProvider,
    linking: KeyLinking,
  ) => Promise<ReportingKey>
}

/** Reporting keys, for the owner alone. A key goes in by these routes and never comes out again. */
export const reportingKeys = (parts: ReportingKeyRoutes): Router => {
  const { callerOf, listReportingKeys, putReportingKey, disconnectReportingKey } = parts
  const router = Router()
  router.get('/v1/reporting-keys', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(ReportingKeyList, { keys: await listReportingKeys(caller) }))
  })
  router.post('/v1/reporting-keys', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const put = await putReportingKey(caller, await bodyOf(request, response, ReportingKeyConnection))
    response.status(201).json(z.encode(ReportingKey, put))
  })
  router.delete('/v1/reporting-keys/:provider', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await disconnectReportingKey(caller, idOf(request, 'provider', ReportingProvider))
    response.status(204).end()
  })
  router.get('/v1/reporting-keys/:provider/provider-keys', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const keys = await parts.listProviderKeys(caller, idOf(request, 'provider', ReportingProvider))
    response.json(z.encode(ProviderKeyList, { keys }))
  })
  router.put('/v1/reporting-keys/:provider/links', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const linking = await bodyOf(request, response, KeyLinking)
    const linked = await parts.linkKey(caller, idOf(request, 'provider', ReportingProvider), linking)
    response.json(z.encode(ReportingKey, linked))
  })
  return router
}
