import '@mantine/core/styles.css'
import './surface.css'
import {
  type CSSVariablesResolver,
  createTheme,
  DirectionProvider,
  type MantineColorScheme,
  type MantineColorSchemeManager,
  type MantineColorsTuple,
  MantineProvider,
  Menu,
} from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { i18n } from 'i18next'
import { type ReactNode, useEffect, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { type Preferences, watchPreferences } from '../local/preferences.ts'
import type { Beginning } from './words/document.ts'
import { chosenLanguage } from './words/words.ts'

/** Calm blue-green. White on shade 7 has a contrast of 5.2, shade 4 on the dark surface 7.6. */
const accent: MantineColorsTuple = [
  '#eef9fb',
  '#dbf2f4',
  '#bbe6eb',
  '#98d7df',
  '#72c5cf',
  '#50afb9',
  '#27909a',
  '#147882',
  '#076169',
  '#024c52',
]

const systemFonts =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Ubuntu, Cantarell, sans-serif'
const oneRadius = '6px'
const oneShadow = '0 1px 2px rgb(0 0 0 / 8%), 0 6px 20px rgb(0 0 0 / 10%)'

/** A menu holds what can be chosen and nothing else; the focus begins on the menu itself. */
const components = { Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }) }

const theme = createTheme({
  components,
  colors: { accent },
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  fontFamily: systemFonts,
  headings: { fontFamily: systemFonts, fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: oneRadius, sm: oneRadius, md: oneRadius, lg: oneRadius },
  shadows: { xs: oneShadow, sm: oneShadow, md: oneShadow, lg: oneShadow, xl: oneShadow },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's quiet texts miss AA on its own surfaces; these reach it in both schemes. */
const readableVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#575f68',
    '--mantine-color-placeholder': '#69717a',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#076169',
    '--ownkey-ink-amber': '#8a4b00',
    '--ownkey-ink-red': '#b42318',
    '--ownkey-bar-amber': '#d97706',
    '--ownkey-bar-red': '#d92d20',
    '--ownkey-track': '#e6e9ec',
    '--ownkey-line': '#dfe3e7',
    '--ownkey-edge': '#868e96',
    '--ownkey-sunken': '#f6f8f9',
  },
  dark: {
    '--mantine-color-dimmed': '#a4adb6',
    '--mantine-color-placeholder': '#8d969f',
    '--mantine-color-error': '#ff9c92',
    '--mantine-color-anchor': '#72c5cf',
    '--mantine-color-body': '#1b1f22',
    '--ownkey-ink-amber': '#f5b955',
    '--ownkey-ink-red': '#ff9c92',
    '--ownkey-bar-amber': '#e8950c',
    '--ownkey-bar-red': '#f0554a',
    '--ownkey-track': '#353b40',
    '--ownkey-line': '#363c42',
    '--ownkey-edge': '#78818a',
    '--ownkey-sunken': '#22272b',
  },
})

/** The vault client repeats by itself what may be repeated, so a failed reading is shown at once. */
const newClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  })

const schemeOf = ({ theme: chosen }: Preferences): MantineColorScheme =>
  chosen === 'system' ? 'auto' : chosen

/** Follows what is chosen on any surface; Mantine itself keeps nothing. */
const schemesFrom = (preferences: Preferences): MantineColorSchemeManager => {
  let stop = (): void => {}
  return {
    get: () => schemeOf(preferences),
    set: () => {},
    clear: () => {},
    subscribe: (onUpdate) => {
      stop = watchPreferences((changed) => onUpdate(schemeOf(changed)))
    },
    unsubscribe: () => stop(),
  }
}

/** Speaks the language that is chosen on any surface from then on. */
const useChosenLanguage = (words: i18n): void =>
  useEffect(
    () =>
      watchPreferences(({ language }) => {
        const chosen = chosenLanguage(language, navigator.languages)
        if (chosen !== words.language) void words.changeLanguage(chosen)
      }),
    [words],
  )

/** Around every surface: our theme, the words, and what was read from the vault. `preferences` as they were when it began. */
export const Surface = ({ words, preferences, children }: Beginning & { children: ReactNode }) => {
  const [client] = useState(newClient)
  const [schemes] = useState(() => schemesFrom(preferences))
  useChosenLanguage(words)
  return (
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={words}>
        <DirectionProvider initialDirection={words.dir()}>
          <MantineProvider
            theme={theme}
            cssVariablesResolver={readableVariables}
            colorSchemeManager={schemes}
            defaultColorScheme="auto"
          >
            {children}
          </MantineProvider>
        </DirectionProvider>
      </I18nextProvider>
    </QueryClientProvider>
  )
}
