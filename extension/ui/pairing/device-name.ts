const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bFirefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
]

const systems: readonly (readonly [RegExp, string])[] = [
  [/CrOS/, 'ChromeOS'],
  [/Android/, 'Android'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux/, 'Linux'],
]

const first = (names: readonly (readonly [RegExp, string])[], userAgent: string, otherwise: string) =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? otherwise

/** `Chrome on macOS`: how this browser is called in the list of a member's browsers. Says nothing about versions. */
export const deviceNameOf = (userAgent: string): string =>
  `${first(browsers, userAgent, 'Browser')} on ${first(systems, userAgent, 'another system')}`
