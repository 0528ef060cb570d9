import type { Status } from '../../../shared/status.ts'
import { type Badge, keepBadge } from '../../local/badge.ts'
import type { Local } from '../../local/database.ts'
import { readConnection } from '../../vault/connection.ts'
import { percentOf } from '../amounts.ts'
import { nearCapEvent } from './events.ts'
import { standingAlert } from './standing.ts'

const alertOf = (status: Status, now: number): Badge['alert'] => {
  const alert = standingAlert(status, now)
  if (alert === null) return null
  const { id, subject } = alert
  return { id, percent: subject.kind === 'cap' ? subject.percent : null }
}

const badgeOf = (status: Status, at: number): Badge => {
  const { ai, cap } = status
  return {
    state: ai.on ? 'on' : 'paused',
    usedPercent: cap === null ? null : Math.floor(percentOf(cap.settled + cap.held, cap.limit)),
    nearCap: cap === null ? null : nearCapEvent(cap.period.endsAt),
    alert: alertOf(status, at),
    at,
  }
}

/** Not for a browser that was signed out or paired anew while the vault answered. */
const keep = (local: Local, status: Status, at: number): Promise<void> =>
  local.together(async () => {
    const connection = await readConnection(local)
    if (connection?.deviceId === status.deviceId) await keepBadge(local, badgeOf(status, at))
  })

/**
 * Keeps for the toolbar's badge what the vault said, then asks for it to be drawn. `now`: ms since epoch. A badge that is not
 * drawn now is drawn by the background's next look, so that is no failure of reading the status.
 */
export const tellBadge =
  (local: Local, now: () => number, redraw: () => Promise<unknown>) =>
  async (status: Status): Promise<void> => {
    await keep(local, status, now())
    await redraw().catch(() => undefined)
  }
