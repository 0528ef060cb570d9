import { Router } from 'express'
import { z } from 'zod'
import {
  AlertPage,
  AlertQuery,
  AlertSettings,
  AlertSettingsChange,
  SentAlert,
  WebhookConnected,
  WebhookConnection,
} from '../../shared/books/alerts.ts'
import { type Caller, requireAdmin } from '../domain/identity/caller.ts'
import { bodyOf, queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type AlertRoutes = CallerParts & {
  readonly listAlerts: (caller: Caller, query: AlertQuery) => Promise<AlertPage>
  readonly readAlertSettings: (caller: Caller) => Promise<AlertSettings>
  readonly changeAlertSettings: (caller: Caller, change: AlertSettingsChange) => Promise<AlertSettings>
  readonly connectWebhook: (caller: Caller, connection: WebhookConnection) => Promise<WebhookConnected>
  readonly disconnectWebhook: (caller: Caller) => Promise<void>
  readonly testAlerts: (caller: Caller) => Promise<SentAlert>
}

/** Alerts, whom they are told, and for which shares of a cap: for owners and admins. A webhook's address goes in and never comes out again. */
export const alerts = (parts: AlertRoutes): Router => {
  const { callerOf, listAlerts, readAlertSettings, changeAlertSettings } = parts
  const router = Router()
  router.get('/v1/alerts', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    response.json(z.encode(AlertPage, await listAlerts(caller, queryOf(request, AlertQuery))))
  })
  router.get('/v1/alerts/settings', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(AlertSettings, await readAlertSettings(caller)))
  })
  router.put('/v1/alerts/settings', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const change = await bodyOf(request, response, AlertSettingsChange)
    response.json(z.encode(AlertSettings, await changeAlertSettings(caller, change)))
  })
  router.put('/v1/alerts/webhook', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const connection = await bodyOf(request, response, WebhookConnection)
    response.json(z.encode(WebhookConnected, await parts.connectWebhook(caller, connection)))
  })
  router.delete('/v1/alerts/webhook', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    await parts.disconnectWebhook(caller)
    response.status(204).end()
  })
  router.post('/v1/alerts/test', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.status(201).json(z.encode(SentAlert, await parts.testAlerts(caller)))
  })
  return router
}
