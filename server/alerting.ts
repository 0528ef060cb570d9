import type { Configuration } from './config.ts'
import { newWebhookSecret, signMessage } from './crypto/webhook-signature.ts'
import { listAlerts, testAlerts } from './domain/alerts/alerts.ts'
import { sendDue } from './domain/alerts/outbox.ts'
import {
  type AlertSettingsStore,
  changeAlertSettings,
  connectWebhook,
  disconnectWebhook,
  readAlertSettings,
} from './domain/alerts/settings.ts'
import { type Watcher, watcher } from './domain/alerts/watching.ts'
import type { Drain } from './domain/drafts/drain.ts'
import type { AlertRoutes } from './http/alerts.ts'
import type { VaultMetrics } from './metrics.ts'
import type { OpenVault } from './open.ts'
import { guardedFetch, judgeAddress } from './outbound/guard.ts'
import { mailer } from './outbound/mail.ts'
import { webhookPost } from './outbound/webhook.ts'

/** What the vault does for alerts: the routes, and the works of regular jobs. */
export type Alerting = {
  readonly routes: Omit<AlertRoutes, 'callerOf'>
  readonly watch: Watcher
  /** Looks at every workspace in which something has happened, unless the vault stops. */
  readonly watchMarked: () => Promise<void>
  /** Sends what is due, unless the vault is sealed or stops. */
  readonly sendAlerts: () => Promise<void>
}

type AlertingParts = {
  readonly metrics: Pick<VaultMetrics, 'tellAlert' | 'tellDelivery'>
  readonly work: Drain
  readonly lookAtSeal: () => Promise<{ readonly sealed: boolean }>
}

/** Puts together who looks for what is to be told, and who sends it. */
export const alertingOf = (
  vault: OpenVault,
  { mail, privateHosts }: Configuration,
  { metrics, work, lookAtSeal }: AlertingParts,
): Alerting => {
  const watch = watcher({ ...vault, ...metrics })
  const alertSettings: AlertSettingsStore = {
    ...vault.alertSettings,
    change: async (deed, change) => {
      await vault.alertSettings.change(deed, change)
      watch.mark(deed.workspaceId)
    },
  }
  const settings = { ...vault, alertSettings, mail: mail !== undefined }
  const send = sendDue({
    ...vault,
    ...metrics,
    signMessage,
    post: webhookPost(guardedFetch(privateHosts)),
    sendMail: mail && mailer(mail).send,
  })
  return {
    routes: {
      listAlerts: listAlerts(vault),
      readAlertSettings: readAlertSettings(settings),
      changeAlertSettings: changeAlertSettings(settings),
      connectWebhook: connectWebhook({
        ...settings,
        judgeAddress: judgeAddress(privateHosts),
        newWebhookSecret,
      }),
      disconnectWebhook: disconnectWebhook(vault),
      testAlerts: testAlerts(vault),
    },
    watch,
    watchMarked: async () => {
      if (work.open) await work.run(watch.watchMarked)
    },
    sendAlerts: async () => {
      if (work.open && !(await lookAtSeal()).sealed) await work.run(send)
    },
  }
}

/** The vault whose books and caps say a word to the watcher after each change; it looks later, and holds nobody up. */
export const watchedVault = (vault: OpenVault, { mark }: Pick<Watcher, 'mark'>): OpenVault => ({
  ...vault,
  ledger: {
    ...vault.ledger,
    settle: async (settlement) => {
      await vault.ledger.settle(settlement)
      mark(settlement.workspaceId)
    },
    setCap: async (workspaceId, limit, memberId) => {
      const changed = await vault.ledger.setCap(workspaceId, limit, memberId)
      mark(workspaceId)
      return changed
    },
  },
  statements: {
    ...vault.statements,
    save: async (place, saved) => {
      await vault.statements.save(place, saved)
      mark(place.workspaceId)
    },
  },
  caps: {
    ...vault.caps,
    set: async (deed, change) => {
      const done = await vault.caps.set(deed, change)
      mark(deed.workspaceId)
      return done
    },
    endRaise: async (deed, place) => {
      const done = await vault.caps.endRaise(deed, place)
      mark(deed.workspaceId)
      return done
    },
  },
})
