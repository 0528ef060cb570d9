import { useSyncExternalStore } from 'react'

/** The pages there are, in the order of the navigation. */
export const pageNames = [
  'spend',
  'receipts',
  'statements',
  'caps',
  'alerts',
  'keys',
  'team',
  'channels',
  'playground',
  'audit',
  'settings',
] as const
export type PageName = (typeof pageNames)[number]

/** Where the options page is: the part of its address behind the hash, such as `#/receipts/<id>?model=…`. */
export type Route = {
  /** `home`: the address names no page. `unknown`: it names one that there is not. */
  readonly page: PageName | 'home' | 'unknown'
  /** What is open on the page, such as the receipt beside the list. */
  readonly id: string | undefined
  readonly query: URLSearchParams
}

const pageOf = (name: string): Route['page'] =>
  name === '' ? 'home' : (pageNames.find((page) => page === name) ?? 'unknown')

const readRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  const [name = '', id = '', ...deeper] = path.split('/')
  return {
    page: deeper.length === 0 ? pageOf(name) : 'unknown',
    id: id === '' ? undefined : id,
    query: new URLSearchParams(query),
  }
}

/** The address of a page, a receipt in it, and its filters; filters that are empty are left out. */
export const writeRoute = (page: PageName, id?: string, query?: URLSearchParams): string => {
  const kept = new URLSearchParams([...(query ?? [])].filter(([, value]) => value !== ''))
  return `#/${page}${id === undefined ? '' : `/${id}`}${kept.size === 0 ? '' : `?${kept}`}`
}

const onHash = (listener: () => void): (() => void) => {
  addEventListener('hashchange', listener)
  return () => removeEventListener('hashchange', listener)
}

/** The present route; rendered anew when the address changes. */
export const useRoute = (): Route => readRoute(useSyncExternalStore(onHash, () => location.hash))

/** Goes somewhere; the browser's Back returns. */
export const goTo = (address: string): void => {
  location.hash = address
}

/** Goes somewhere without a step for Back to return to: while a person types a filter. */
export const goOnTo = (address: string): void => location.replace(address)
