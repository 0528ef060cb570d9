import { browser } from 'wxt/browser'
import { openLocal } from '../local/database.ts'
import { dropOldDrafts } from '../local/drafts.ts'

const alarm = 'forget-old-drafts'
const PERIOD_MINUTES = 10

/** Deletes drafts and threads that are past their time, also when no panel is opened any more. `now` in ms since the epoch. */
export const forgetRegularly = (now: () => number): void => {
  browser.alarms.onAlarm.addListener(async ({ name }) => {
    if (name === alarm) await forgetOld(now())
  })
  const begin = async (): Promise<void> => {
    await browser.alarms.create(alarm, { periodInMinutes: PERIOD_MINUTES })
    await forgetOld(now())
  }
  browser.runtime.onStartup.addListener(begin)
  browser.runtime.onInstalled.addListener(begin)
}

const forgetOld = async (now: number): Promise<void> => {
  const local = openLocal()
  try {
    await dropOldDrafts(local, now)
  } finally {
    local.close()
  }
}
