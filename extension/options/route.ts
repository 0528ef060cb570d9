import { useSyncExternalStore } from 'react'

const pages = ['spend', 'receipts', 'audit'] as const
export type PageName = (typeof pages)[number]

/** Where the options page is: the part of its address behind the hash, such as `#/receipts/<id>?model=…`. */
export type Route = {
  readonly page: PageName
  /** The receipt that is open beside the list. */
  readonly id: string | undefined
  readonly query: URLSearchParams
}

const isPage = (name: string): name is PageName => pages.some((page) => page === name)

/** Reads a hash; an unknown one is the Spend page. */
const readRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2)
  const [page = '', id] = path.split('/')
  if (!isPage(page)) return { page: 'spend', id: undefined, query: new URLSearchParams() }
  return { page, id: id === '' ? undefined : id, query: new URLSearchParams(query) }
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
