import type { Alert, AlertPage, AlertQuery, AlertSubject, SentAlert } from '../../../shared/books/alerts.ts'
import { type Caller, requireAdmin } from '../identity/caller.ts'

const MINUTE_MS = 60_000
/** How long an alert is among what everybody who is told sees at once. */
const SHOWN_MS = 7 * 86_400_000

/** What a test is about: it is for whoever it is sent to, and hides nothing from those who see alerts in their browser. */
export const ABOUT_TEST = 'test'

/**
 * Something to tell, which may have been told already. `about` says what it is about; of one `about` each `number` is told once, whichever
 * vault finds it first.
 */
export type NewAlert = { readonly about: string; readonly number: number; readonly subject: AlertSubject }

/** How long it stays written down what was told to whom: longer than any period or report reaches back. */
const KEPT_MS = 400 * 86_400_000

/** Where alerts lie. */
export type AlertStore = {
  /** Writes down what was not told yet, with a delivery to everybody who is to be told, and gives that back. */
  tell(workspaceId: string, alerts: readonly NewAlert[]): Promise<readonly NewAlert[]>
  find(workspaceId: string, told: Pick<NewAlert, 'about' | 'number'>): Promise<SentAlert | undefined>
  /** Newest first, by an opaque cursor. */
  list(workspaceId: string, query: AlertQuery): Promise<AlertPage>
  /** The newest alert since a moment (ms), tests left out. */
  newest(workspaceId: string, since: number): Promise<Alert | undefined>
  /** Drops the alerts of all workspaces that were told before a moment (ms), with their deliveries. */
  prune(before: number): Promise<void>
}

type AlertParts = {
  readonly alerts: AlertStore
  readonly now: () => number
}

/** What was told, for owners and admins. */
export const listAlerts =
  ({ alerts }: Pick<AlertParts, 'alerts'>) =>
  async (caller: Caller, query: AlertQuery): Promise<AlertPage> => {
    requireAdmin(caller)
    return alerts.list(caller.workspaceId, query)
  }

/** The newest alert of the last days, for owners and admins; null for everybody else. */
export const alertShown = async (
  { alerts, now }: { readonly alerts: Pick<AlertStore, 'newest'>; readonly now: () => number },
  workspaceId: string,
): Promise<Alert | null> => (await alerts.newest(workspaceId, now() - SHOWN_MS)) ?? null

/**
 * Tells everybody who is to be told that this works, for owners and admins. There is one such alert in a minute: who asks again gets that one,
 * with what became of it.
 */
export const testAlerts =
  ({ alerts, now }: AlertParts) =>
  async (caller: Caller): Promise<SentAlert> => {
    requireAdmin(caller)
    const told = { about: ABOUT_TEST, number: Math.floor(now() / MINUTE_MS) }
    await alerts.tell(caller.workspaceId, [{ ...told, subject: { kind: 'test', by: caller.memberName } }])
    const sent = await alerts.find(caller.workspaceId, told)
    if (sent === undefined) throw new Error('an alert was told but is not there')
    return sent
  }

/** Drops what is too old to be told of again. */
export const forgetAlerts =
  ({ alerts, now }: AlertParts) =>
  (): Promise<void> =>
    alerts.prune(now() - KEPT_MS)
