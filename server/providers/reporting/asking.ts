import type { OpenedKey } from '../../domain/provider.ts'
import type { Told } from '../../domain/statements/reporting.ts'
import { failure } from '../failures.ts'
import { type Patience, patience } from '../patience.ts'
import { failureOf, isSendable, type Parts, type Protocol } from '../stream.ts'

type Errors = Pick<Protocol, 'told' | 'requestIdHeader'>

/** Asks for a report. An answer that does not have the expected form (undefined) is `garbage`. */
export const askFor = async <What>(
  errors: Errors,
  parts: Parts,
  { key, signal }: { readonly key: OpenedKey; readonly signal: AbortSignal },
  ask: (watch: Patience) => Promise<What | undefined>,
): Promise<Told<What>> => {
  if (!isSendable(key)) return { failure: failure('key-invalid', { charged: 'nothing' }) }
  if (signal.aborted) return { failure: failure('vault-stopped', { charged: 'nothing' }) }
  const watch = patience(parts.fetch, parts, signal)
  try {
    const told = await ask(watch)
    return told === undefined ? { failure: failure('garbage', { charged: 'nothing' }) } : { told }
  } catch (error) {
    return { failure: { ...failureOf(errors, error, watch), charged: 'nothing' } }
  } finally {
    watch.end()
  }
}

/** What asks for the next page: null on the last one, undefined where there is more and nothing asks for it. */
export type Next = string | null | undefined

/** Tells the last page from one whose cursor is missing: a report that was cut off must not count as whole. */
export const nextPage = (more: boolean, cursor: string | null | undefined): Next =>
  more ? (cursor ?? undefined) : null

/** A page that was parsed, and what asks for the next one. */
type Page<Item> = { readonly items: readonly Item[]; readonly next: Next }

/** More pages than a day of any organization has. */
const MOST_PAGES = 500

/** All items, page by page; undefined when a page does not have the expected form or there is no end of them. */
export const everyPage = async <Item>(
  ask: (cursor: string | undefined) => Promise<Page<Item> | undefined>,
): Promise<readonly Item[] | undefined> => {
  const items: Item[] = []
  let cursor: string | undefined
  for (let count = 0; count < MOST_PAGES; count += 1) {
    const page = await ask(cursor)
    if (page === undefined || page.next === undefined) return undefined
    items.push(...page.items)
    if (page.next === null) return items
    cursor = page.next
  }
  return undefined
}
