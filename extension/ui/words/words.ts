import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { english } from './english/english.ts'
import { german } from './german/german.ts'

type Shape<Table> = { readonly [Key in keyof Table]: Table[Key] extends string ? string : Shape<Table[Key]> }

/** The table that every language fills; a missing or misspelled key does not compile. */
export type Words = Shape<typeof english>

/** The languages there are, each with the locale that writes its numbers and dates. */
export const languages = {
  en: { locale: 'en-US', words: english },
  de: { locale: 'de-DE', words: german },
} as const satisfies Record<string, { locale: string; words: Words }>
export type Language = keyof typeof languages

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof english }
    returnNull: false
  }
}

const isLanguage = (tag: string): tag is Language => tag in languages

/** The first of the person's languages that we have; English otherwise. */
export const languageFor = (preferred: readonly string[]): Language =>
  preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en'

/** The language that a person chose; `system` takes the first of the browser's languages that we have. */
export const chosenLanguage = (chosen: 'system' | Language, preferred: readonly string[]): Language =>
  chosen === 'system' ? languageFor(preferred) : chosen

/** Starts the words of a surface, once per page. All languages are bundled, so each is there at once. */
export const startWords = (language: Language): i18n => {
  const words = i18next.createInstance()
  words.use(initReactI18next)
  void words.init({
    lng: language,
    fallbackLng: false,
    ns: ['words'],
    defaultNS: 'words',
    initAsync: false,
    resources: Object.fromEntries(
      Object.entries(languages).map(([each, { words: table }]) => [each, { words: table }]),
    ),
    interpolation: { escapeValue: false },
  })
  return words
}

/** Locale of the numbers and dates of a language. */
export const localeOf = (language: string): string => languages[isLanguage(language) ? language : 'en'].locale
