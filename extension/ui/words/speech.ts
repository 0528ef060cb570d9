import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { localeOf } from './words.ts'

/** The words of a surface and the locale that goes with them. */
export type Speech = { readonly t: TFunction; readonly locale: string }

/** The words in the language of the surface. */
export const useSpeech = (): Speech => {
  const { t, i18n } = useTranslation()
  return { t, locale: localeOf(i18n.language) }
}
