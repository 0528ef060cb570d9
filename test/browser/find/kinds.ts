import type { Product } from './machine.ts'

/** A way to come by a browser. `given`: by a variable; `installed`: on this machine already. */
export type Way = 'given' | 'installed' | 'downloaded' | 'by-apt'

/** A kind of browser: where it is looked for, and how it is had when it is not there. */
export type Kind = {
  /** The variable that names its program. */
  readonly variable: string
  /** What a person may install, for the sentence that says so. */
  readonly programs: string
  /** Major version from which on the tests can drive it. */
  readonly oldest: number
  readonly ways: readonly Way[]
  readonly namesOnPath: readonly string[]
  readonly places: (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) => readonly string[]
  readonly product: Product
  readonly downloadName: string
  readonly debianPackage: string
}

const windowsPrograms = (environment: NodeJS.ProcessEnv, programs: readonly string[]): string[] =>
  [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => programs.map((program) => `${folder}\\${program}`))

const macPrograms = (names: readonly string[], program = (name: string) => name): string[] =>
  names.map((name) => `/Applications/${name}.app/Contents/MacOS/${program(name)}`)

/** Chrome 146 is the first whose developer protocol clicks an extension's button (`Extensions.triggerAction`). */
export const chromium: Kind = {
  variable: 'CHROME_PATH',
  programs: 'Chrome, Chromium or Edge',
  oldest: 146,
  ways: ['given', 'installed', 'downloaded', 'by-apt'],
  namesOnPath: [
    'google-chrome-stable',
    'google-chrome',
    'chrome',
    'chromium',
    'chromium-browser',
    'microsoft-edge-stable',
    'microsoft-edge',
    'msedge',
  ],
  places: (platform, environment) => {
    if (platform === 'darwin') return macPrograms(['Google Chrome', 'Chromium', 'Microsoft Edge'])
    if (platform === 'win32')
      return windowsPrograms(environment, [
        'Google\\Chrome\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ])
    return [
      '/opt/google/chrome/chrome',
      '/opt/microsoft/msedge/msedge',
      '/usr/lib/chromium/chromium',
      '/snap/bin/chromium',
    ]
  },
  product: 'chrome',
  downloadName: 'Chrome for Testing',
  debianPackage: 'chromium',
}

/**
 * Firefox 140 is the oldest that the extension's manifest allows. Debian's package comes before Mozilla's archive, which does not
 * bring the system libraries that Firefox needs.
 */
export const firefox: Kind = {
  variable: 'FIREFOX_PATH',
  programs: 'Firefox',
  oldest: 140,
  ways: ['given', 'installed', 'by-apt', 'downloaded'],
  namesOnPath: ['firefox-esr', 'firefox', 'firefox-developer-edition'],
  places: (platform, environment) => {
    if (platform === 'darwin')
      return macPrograms(['Firefox', 'Firefox ESR', 'Firefox Developer Edition'], () => 'firefox')
    if (platform === 'win32')
      return windowsPrograms(environment, [
        'Mozilla Firefox\\firefox.exe',
        'Mozilla Firefox ESR\\firefox.exe',
      ])
    return ['/usr/lib/firefox-esr/firefox-esr', '/usr/lib/firefox/firefox', '/opt/firefox/firefox']
  },
  product: 'firefox',
  downloadName: 'Firefox ESR',
  debianPackage: 'firefox-esr',
}
