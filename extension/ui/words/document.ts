import type { i18n } from 'i18next'

/** Tells the page which language it speaks and from which side that is read. Before anything is drawn. */
export const tellLanguage = (document: Document, words: i18n): void => {
  document.documentElement.lang = words.language
  document.documentElement.dir = words.dir()
}
