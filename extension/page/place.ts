const noisyParameters = /^(utm_\w+|fbclid|gclid|_|ts|timestamp)$/

/**
 * Fingerprint of where the person is: the address without noise, and the headings. Two tickets differ in it; scrolling to a comment
 * or a changing unread counter does not. A digest, so that neither address nor heading is told by it at a glance.
 */
export const placeOf = (page: Document): string =>
  digest(`${steadyAddress(page.location.href)}\n${headingsOf(page).join('\n')}`)

const steadyAddress = (href: string): string => {
  const address = new URL(href)
  for (const name of namesIn(address.searchParams)) {
    if (noisyParameters.test(name)) address.searchParams.delete(name)
  }
  if (!isRoute(address.hash)) address.hash = ''
  return address.href
}

/** Firefox does not let a content script iterate over the parameters of an address. */
const namesIn = (parameters: URLSearchParams): readonly string[] => {
  const names: string[] = []
  parameters.forEach((_, name) => {
    names.push(name)
  })
  return names
}

/** `#/tickets/7` and `#inbox/x` lead somewhere else; `#comment-3` only scrolls. */
const isRoute = (hash: string): boolean => hash.includes('/') || hash.startsWith('#!')

const headingsOf = (page: Document): readonly string[] =>
  [...page.querySelectorAll('h1, [role=heading][aria-level="1"]')]
    .filter((heading) => heading.checkVisibility())
    .map((heading) => steadyHeading(heading.textContent))
    .filter((words) => words !== '')
    .slice(0, 5)

const steadyHeading = (words: string): string =>
  words
    .replace(/\(\d+\+?\)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)

/** FNV-1a, 64 bits: to compare places, not to keep a secret. Without crypto.subtle, which plain http pages do not have. */
const digest = (text: string): string => {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}
