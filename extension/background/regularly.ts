import { browser } from 'wxt/browser'

const PERIOD_MINUTES = 10

/** Does `work` every ten minutes, and when the browser or this version of the extension starts; the worker is woken for it. */
export const regularly = (alarm: string, work: () => Promise<void>): void => {
  browser.alarms.onAlarm.addListener(async ({ name }) => {
    if (name === alarm) await work()
  })
  const begin = async (): Promise<void> => {
    await browser.alarms.create(alarm, { periodInMinutes: PERIOD_MINUTES })
    await work()
  }
  browser.runtime.onStartup.addListener(begin)
  browser.runtime.onInstalled.addListener(begin)
}
