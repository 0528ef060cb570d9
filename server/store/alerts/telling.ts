import { z } from 'zod'
import { AlertSubject } from '../../../shared/books/alerts.ts'
import type { NewAlert } from '../../domain/alerts/alerts.ts'
import type { Executor } from '../database.ts'
import { readSettings } from './settings.ts'

export type TellParts = { readonly now: () => number; readonly newId: () => string }

/** Writes alerts down in the caller's transaction, and gives those of them that were not told before. */
export type TellAlerts = (
  tx: Executor,
  workspaceId: string,
  alerts: readonly NewAlert[],
) => Promise<readonly NewAlert[]>

const insertAlert = async (
  tx: Executor,
  { newId }: TellParts,
  workspaceId: string,
  { at, about, number, subject }: NewAlert & { readonly at: number },
): Promise<string | undefined> => {
  const id = newId()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('alerts')
    .values({
      workspace_id: workspaceId,
      id,
      at,
      subject: JSON.stringify(z.encode(AlertSubject, subject)),
      about,
      number,
    })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'about', 'number']).doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n ? id : undefined
}

type Recipient = { readonly via: 'email' | 'webhook'; readonly recipient: string }

const recipientsOf = async (tx: Executor, workspaceId: string): Promise<readonly Recipient[]> => {
  const { emails, webhook } = await readSettings(tx, workspaceId)
  const mails = emails.map((recipient) => ({ via: 'email', recipient }) as const)
  return webhook === null ? mails : [...mails, { via: 'webhook', recipient: webhook.host }]
}

/**
 * Makes the function that other stores use inside their own transactions, so that an alert and its deliveries are written together or not at all.
 * Of several the last is the newest, by a millisecond: who sees only one sees the highest of the shares that were crossed at once.
 */
export const alertTeller =
  (parts: TellParts): TellAlerts =>
  async (tx, workspaceId, alerts) => {
    const recipients = alerts.length === 0 ? [] : await recipientsOf(tx, workspaceId)
    const told: NewAlert[] = []
    const now = parts.now()
    for (const [index, alert] of alerts.entries()) {
      const alertId = await insertAlert(tx, parts, workspaceId, { ...alert, at: now + index })
      if (alertId === undefined) continue
      told.push(alert)
      const delivery = { workspace_id: workspaceId, alert_id: alertId, tries: 0, next_at: now }
      for (const { via, recipient } of recipients)
        await tx
          .insertInto('outbox')
          .values({ ...delivery, id: parts.newId(), via, recipient })
          .execute()
    }
    return told
  }
