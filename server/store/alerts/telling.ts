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
  { now, newId }: TellParts,
  workspaceId: string,
  { about, number, subject }: NewAlert,
): Promise<string | undefined> => {
  const id = newId()
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('alerts')
    .values({
      workspace_id: workspaceId,
      id,
      at: now(),
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

/** Makes the function that other stores use inside their own transactions, so that an alert and its deliveries are written together or not at all. */
export const alertTeller =
  (parts: TellParts): TellAlerts =>
  async (tx, workspaceId, alerts) => {
    const recipients = alerts.length === 0 ? [] : await recipientsOf(tx, workspaceId)
    const told: NewAlert[] = []
    for (const alert of alerts) {
      const alertId = await insertAlert(tx, parts, workspaceId, alert)
      if (alertId === undefined) continue
      told.push(alert)
      const delivery = { workspace_id: workspaceId, alert_id: alertId, tries: 0, next_at: parts.now() }
      for (const { via, recipient } of recipients)
        await tx
          .insertInto('outbox')
          .values({ ...delivery, id: parts.newId(), via, recipient })
          .execute()
    }
    return told
  }
