import { browser } from 'wxt/browser'
import { type Badge, readBadge } from '../local/badge.ts'
import { openLocal } from '../local/database.ts'
import { regularly } from './regularly.ts'

type Mark = { readonly text: string; readonly color: string; readonly title: string }

const amber = '#b45309'
const red = '#b91c1c'
const nothing: Mark = { text: '', color: amber, title: 'Ownkey' }
/** Percent of the cap from which the button warns; the same step as the second of the cap's alerts. */
const nearCapPercent = 75

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

const markOf = (badge: Badge | undefined): Mark => {
  if (badge === undefined || badge.state === 'unpaired') return nothing
  if (badge.state === 'paused') return { text: '❚❚', color: red, title: browser.i18n.getMessage('paused') }
  if (badge.state === 'no-answer')
    return { text: '?', color: amber, title: browser.i18n.getMessage('noAnswer') }
  if (badge.usedPercent === null || badge.usedPercent < nearCapPercent) return nothing
  return {
    text: `${badge.usedPercent}%`,
    color: amber,
    title: browser.i18n.getMessage('nearCap', String(badge.usedPercent)),
  }
}
