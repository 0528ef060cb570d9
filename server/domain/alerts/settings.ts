import { z } from 'zod'
import type {
  AlertSettings,
  AlertSettingsChange,
  WebhookConnected,
  WebhookConnection,
} from '../../../shared/books/alerts.ts'
import type { Facts } from '../../../shared/problems.ts'
import type { Envelope, SealContext } from '../envelope.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'
import type { WorkspaceKey } from '../identity/workspaces.ts'
import { Refusal } from '../refusal.ts'

/** A webhook's address and what signs its messages, opened. Both are secrets. */
export const Webhook = z.object({ address: z.string(), secret: z.string() })
export type Webhook = z.infer<typeof Webhook>

/** A webhook as it lies in the database: address and secret sealed together, so that neither can be put beside another one. */
export type SealedWebhook = { readonly id: string; readonly sealed: string }

/** What a workspace has set. */
type StoredSettings = Omit<AlertSettings, 'mail'>

type Deed = { readonly workspaceId: string; readonly memberId: string }

/** Where it is set who is told of what. Each change is written with its audit record. */
export type AlertSettingsStore = {
  /** The settings; the defaults where nothing was set. */
  read(workspaceId: string): Promise<StoredSettings>
  /** Whoever is taken off the list gets nothing any more, also not what waits. */
  change(deed: Deed, change: AlertSettingsChange): Promise<void>
  webhook(workspaceId: string): Promise<SealedWebhook | undefined>
  /** Puts a webhook in the place of the one before, which is destroyed with what waits for it. */
  connectWebhook(
    deed: Deed,
    webhook: SealedWebhook & { readonly host: string; readonly at: number },
  ): Promise<void>
  /** Destroys the webhook with what waits for it, where there is one. */
  disconnectWebhook(deed: Deed): Promise<void>
}

/** Why an address may not be sent to, as far as its text says; undefined: it may. Names are judged again when they are resolved. */
export type JudgeAddress = (address: string) => Facts<'webhook-refused'>['reason'] | undefined

type SettingsParts = {
  readonly alertSettings: AlertSettingsStore
  /** Whether the operator has set up a mail server. */
  readonly mail: boolean
}

type WebhookParts = SettingsParts & {
  readonly judgeAddress: JudgeAddress
  /** A new secret, `whsec_…`. */
  readonly newWebhookSecret: () => string
  readonly envelope: Envelope
  readonly workspaceKey: WorkspaceKey
  readonly now: () => number
  readonly newId: () => string
}

/** What a sealed webhook is bound to. */
export const webhookContext = (workspaceId: string, id: string): SealContext => ({
  kind: 'webhook',
  workspace: workspaceId,
  id,
  version: 1,
  purpose: 'alerts',
})

const settingsOf = async (
  { alertSettings, mail }: SettingsParts,
  workspaceId: string,
): Promise<AlertSettings> => ({ ...(await alertSettings.read(workspaceId)), mail })

const deedOf = ({ workspaceId, memberId }: Caller): Deed => ({ workspaceId, memberId })

/** Who is told of what, for owners and admins. */
export const readAlertSettings =
  (parts: SettingsParts) =>
  async (caller: Caller): Promise<AlertSettings> => {
    requireAdmin(caller)
    return settingsOf(parts, caller.workspaceId)
  }

/** Changes who is told of what, for owners and admins. */
export const changeAlertSettings =
  (parts: SettingsParts) =>
  async (caller: Caller, change: AlertSettingsChange): Promise<AlertSettings> => {
    requireAdmin(caller)
    await parts.alertSettings.change(deedOf(caller), change)
    return settingsOf(parts, caller.workspaceId)
  }

/** Connects the webhook, for owners and admins. Its secret is told here and never again. */
export const connectWebhook =
  (parts: WebhookParts) =>
  async (caller: Caller, { address }: WebhookConnection): Promise<WebhookConnected> => {
    requireAdmin(caller)
    const reason = parts.judgeAddress(address)
    if (reason !== undefined) throw new Refusal('webhook-refused', { reason })
    const { workspaceId } = caller
    const webhook: Webhook = { address, secret: parts.newWebhookSecret() }
    const id = parts.newId()
    const key = await parts.workspaceKey(workspaceId)
    const sealed = await parts.envelope.seal(key, webhookContext(workspaceId, id), JSON.stringify(webhook))
    const { host } = new URL(address)
    await parts.alertSettings.connectWebhook(deedOf(caller), { id, sealed, host, at: parts.now() })
    return { settings: await settingsOf(parts, workspaceId), secret: webhook.secret }
  }

/** Disconnects the webhook and destroys its address and secret, for owners and admins. Where there is none, nothing happens. */
export const disconnectWebhook =
  ({ alertSettings }: Pick<SettingsParts, 'alertSettings'>) =>
  async (caller: Caller): Promise<void> => {
    requireAdmin(caller)
    await alertSettings.disconnectWebhook(deedOf(caller))
  }
