import { VaultProblem } from './problem.ts'

const loopback = /^(localhost|.+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/
const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i

const withScheme = (typed: string): string => {
  if (hasScheme.test(typed)) return typed
  const host = typed.replace(/[/?#].*$/, '').replace(/:\d+$/, '')
  return `${loopback.test(host) ? 'http' : 'https'}://${typed}`
}

/** The origin of the vault that a person typed; path, query and credentials are dropped. Only https, except for this computer itself. */
export const readAddress = (typed: string): string => {
  const text = typed.trim()
  if (text === '' || /\s/.test(text) || !URL.canParse(withScheme(text)))
    throw new VaultProblem('address-invalid')
  const url = new URL(withScheme(text))
  if (url.protocol === 'https:') return url.origin
  if (url.protocol !== 'http:') throw new VaultProblem('address-invalid')
  if (!loopback.test(url.hostname)) throw new VaultProblem('address-not-https')
  return url.origin
}
