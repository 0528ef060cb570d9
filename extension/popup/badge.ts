import type { Status } from '../../shared/status.ts'
import { type Badge, keepBadge } from '../local/badge.ts'
import type { Local } from '../local/database.ts'
import { percentOf } from '../ui/amounts.ts'

const badgeOf = ({ ai, cap }: Status, at: number): Badge => ({
  state: ai.on ? 'on' : 'paused',
  usedPercent: cap === null ? null : Math.floor(percentOf(cap.settled + cap.held, cap.limit)),
  at,
})

/**
 * Keeps for the toolbar's badge what the vault said, then asks for it to be drawn. `now`: ms since epoch. A badge that is not
 * drawn now is drawn by the background's next look, so that is no failure of reading the status.
 */
export const tellBadge =
  (local: Local, now: () => number, redraw: () => Promise<unknown>) =>
  async (status: Status): Promise<void> => {
    await keepBadge(local, badgeOf(status, now()))
    await redraw().catch(() => undefined)
  }
