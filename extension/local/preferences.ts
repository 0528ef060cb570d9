import { browser } from 'wxt/browser'
import { z } from 'zod'

/** How this browser's person wants every surface to speak and look. `system`: as the browser or the computer does. */
export const Preferences = z.object({
  language: z.enum(['system', 'en', 'de']).catch('system'),
  theme: z.enum(['system', 'light', 'dark']).catch('system'),
})
export type Preferences = z.infer<typeof Preferences>

const NAME = 'preferences'

const preferencesIn = (kept: unknown): Preferences =>
  Preferences.safeParse(kept).data ?? Preferences.parse({})

/** What was chosen here. Kept apart from the workspace's data: it stays when this browser is signed out. */
export const readPreferences = async (): Promise<Preferences> =>
  preferencesIn((await browser.storage.local.get(NAME))[NAME])

export const keepPreferences = (preferences: Preferences): Promise<void> =>
  browser.storage.local.set({ [NAME]: preferences })

/** Calls back whenever any surface of the extension keeps a choice, also this one. Ends by calling what it returns. */
export const watchPreferences = (onChange: (preferences: Preferences) => void): (() => void) => {
  const listener = (changes: Readonly<Record<string, { newValue?: unknown }>>): void => {
    if (NAME in changes) onChange(preferencesIn(changes[NAME]?.newValue))
  }
  browser.storage.local.onChanged.addListener(listener)
  return () => browser.storage.local.onChanged.removeListener(listener)
}
