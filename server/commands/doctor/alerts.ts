import type { Configuration } from '../../config.ts'
import { mailer } from '../../outbound/mail.ts'
import { type AlikeDeliveries, givenUpDeliveries, waitingDeliveries } from '../../store/checks/outbox.ts'
import type { Executor } from '../../store/database.ts'
import { bad, counted, type Finding, good, warning } from './finding.ts'

const LATELY_MS = 7 * 86_400_000

/** Whether the mail server can be reached and takes the login. Nothing is sent. */
export const checkMail = async ({ mail }: Configuration): Promise<Finding> => {
  if (mail === undefined) return good('mail', 'no mail server is set; alerts go to webhooks and browsers')
  const { host, port } = mail.server
  const tried = await mailer(mail).check()
  if (tried.delivered) return good('mail', `${host}:${port} takes mail from ${mail.from}`)
  return bad('mail', `${host}:${port}: ${tried.failure}`, 'Mend OWNKEY_SMTP_URL or the mail server.')
}

const total = (some: readonly AlikeDeliveries[]): number => some.reduce((sum, { count }) => sum + count, 0)

const reasonsOf = (some: readonly AlikeDeliveries[]): string =>
  some
    .filter(({ failure }) => failure !== null)
    .map(({ via, failure, count }) => `${count} by ${via}: ${failure}`)
    .join(', ')

/** Messages of alerts that wait, and those of the last seven days that nobody got. */
export const checkOutbox = async (db: Executor, now: number): Promise<Finding> => {
  const waiting = await waitingDeliveries(db)
  const givenUp = await givenUpDeliveries(db, now - LATELY_MS)
  const reasons = reasonsOf([...givenUp, ...waiting])
  const says = `${counted(total(waiting), 'message')} waiting, ${total(givenUp)} given up in seven days`
  if (reasons === '') return good('alerts', says)
  return warning('alerts', `${says} (${reasons})`, 'Look at the recipients on the Alerts page.')
}
