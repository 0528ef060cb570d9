import type { i18n } from 'i18next'
import { type Preferences, readPreferences } from '../../local/preferences.ts'
import { chosenLanguage, startWords } from './words.ts'

type Title = 'options.documentTitle' | 'pair.documentTitle'

/** What a surface begins with: its words, and what was chosen for all surfaces of this browser. */
export type Beginning = { readonly words: i18n; readonly preferences: Preferences }

const tellLanguage = (document: Document, words: i18n, title: Title | undefined): void => {
  const tell = (): void => {
    document.documentElement.lang = words.language
    document.documentElement.dir = words.dir()
    if (title !== undefined) document.title = words.t(title)
  }
  tell()
  words.on('languageChanged', tell)
}

/** Tells the page which language it speaks, from which side that is read and what it is called: before anything is drawn, and when it changes. */
export const beginSurface = async (document: Document, title?: Title): Promise<Beginning> => {
  const preferences = await readPreferences()
  const words = startWords(chosenLanguage(preferences.language, navigator.languages))
  tellLanguage(document, words, title)
  return { words, preferences }
}
