import { z } from 'zod'
import {
  AlertPage,
  AlertQuery,
  AlertSettings,
  AlertSettingsChange,
  SentAlert,
  WebhookConnected,
  WebhookConnection,
} from '../../../shared/books/alerts.ts'
import { type Answers, queryOf } from '../answers.ts'

const QueryWire = z.object(AlertQuery.shape).extend({ limit: z.int() }).partial()

/** Of what somebody is told, and whom; for owners and admins, for everybody else the vault says `not-found`. */
export const alertCalls = ({ answer, nothing }: Answers) => ({
  alertSettings: (): Promise<AlertSettings> =>
    answer(AlertSettings, { method: 'GET', path: '/v1/alerts/settings' }),

  /** Everything but the webhook, which has calls of its own. */
  setAlerts: (change: AlertSettingsChange): Promise<AlertSettings> =>
    answer(AlertSettings, {
      method: 'PUT',
      path: '/v1/alerts/settings',
      body: z.encode(AlertSettingsChange, change),
    }),

  /** In the place of the one before. The caller forgets the address at once; neither it nor the secret of the answer can be read again. */
  connectWebhook: (address: string): Promise<WebhookConnected> =>
    answer(WebhookConnected, {
      method: 'PUT',
      path: '/v1/alerts/webhook',
      body: z.encode(WebhookConnection, { address }),
    }),

  disconnectWebhook: (): Promise<void> => nothing({ method: 'DELETE', path: '/v1/alerts/webhook' }),

  /** Sends a test to everybody who is told, once a minute at most; what becomes of it is in the list of alerts. */
  testAlerts: (): Promise<SentAlert> => answer(SentAlert, { method: 'POST', path: '/v1/alerts/test' }),

  /** Newest first, a page at a time. */
  alerts: (query: Partial<AlertQuery> = {}): Promise<AlertPage> =>
    answer(AlertPage, { method: 'GET', path: '/v1/alerts', query: queryOf(z.encode(QueryWire, query)) }),
})
