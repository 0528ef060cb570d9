import { browser } from 'wxt/browser'
import { type Badge, readBadge } from '../local/badge.ts'
import { openLocal } from '../local/database.ts'
import { NEAR_CAP_PERCENT } from '../ui/alerts/events.ts'
import { regularly } from './regularly.ts'

type Mark = { readonly text: string; readonly color: string; readonly title: string }

const amber = '#b45309'
const red = '#b91c1c'
const nothing: Mark = { text: '', color: amber, title: 'Ownkey' }

/** Draws what the surfaces last learned about this workspace onto the toolbar's button. */
export const drawBadge = async (): Promise<void> => {
  const local = openLocal()
  try {
    const { text, color, title } = markOf(await readBadge(local))
    await Promise.all([
      browser.action.setBadgeText({ text }),
      browser.action.setBadgeBackgroundColor({ color }),
      browser.action.setTitle({ title }),
    ])
  } finally {
    local.close()
  }
}

/** A browser forgets its badges when it restarts, and a surface may have closed before it could say that something changed. */
export const keepBadge = (): void => regularly('badge', drawBadge)

const alertMark = ({ percent }: NonNullable<Badge['alert']>): Mark =>
  percent === null
    ? { text: '!', color: amber, title: browser.i18n.getMessage('alert') }
    : { text: `${percent}%`, color: amber, title: browser.i18n.getMessage('capAlert', String(percent)) }

/**
 * There is room for one thing, so the first of these that is so: that drafting is paused, since nobody can work; that the vault does not
 * answer, since the rest may be old; the alert that nobody has put away in this browser; how full the month is; nothing.
 */
const markOf = (badge: Badge | undefined): Mark => {
  if (badge === undefined || badge.state === 'unpaired') return nothing
  if (badge.state === 'paused') return { text: '❚❚', color: red, title: browser.i18n.getMessage('paused') }
  if (badge.state === 'no-answer')
    return { text: '?', color: amber, title: browser.i18n.getMessage('noAnswer') }
  if (badge.alert !== null) return alertMark(badge.alert)
  if (badge.usedPercent === null || badge.usedPercent < NEAR_CAP_PERCENT) return nothing
  return {
    text: `${badge.usedPercent}%`,
    color: amber,
    title: browser.i18n.getMessage('nearCap', String(badge.usedPercent)),
  }
}
