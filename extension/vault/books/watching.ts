import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { z } from 'zod'
import { BookKey, Heads, Log, SignedHead } from '../../../shared/chains.ts'
import { keepHead, type SeenHead, seenHead } from '../../local/heads.ts'
import { type Answers, queryOf } from '../answers.ts'
import { readConnection } from '../connection.ts'
import { VaultProblem } from '../problem.ts'
import type { Parts } from '../session.ts'
import { stored } from '../storage.ts'

/**
 * What does not fit to what this browser saw. `shorter`: entries are gone from the end. `forked`: another entry stands where the last one stood.
 * `unsigned`: the signature does not hold, or is about another chain.
 */
type BookFault = 'shorter' | 'forked' | 'other-key' | 'unsigned'

/** A chain as this browser knew it (undefined: not yet) and as the vault signs it now (undefined: `unsigned`). */
export type WatchedBook = {
  readonly log: Log
  readonly seen: SeenHead | undefined
  readonly told: SeenHead | undefined
  readonly fault: BookFault | undefined
}

const Header = z.object({ jwk: BookKey.omit({ kid: true }) })

/** Reads a signed head by the key that goes with it; undefined when its signature does not hold. */
const readSigned = async (signed: string): Promise<SeenHead | undefined> => {
  try {
    const { jwk } = Header.parse(decodeProtectedHeader(signed))
    const { payload } = await compactVerify(signed, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] })
    const head = SignedHead.parse(JSON.parse(new TextDecoder().decode(payload)))
    return { ...head, kid: await calculateJwkThumbprint(jwk) }
  } catch {
    return undefined
  }
}

/** Compared with what was seen before the vault was asked, so that an honest vault can only have more. */
const faultOf = (
  seen: SeenHead | undefined,
  told: SeenHead | undefined,
  standing: string | null,
): BookFault | undefined => {
  if (told === undefined) return 'unsigned'
  if (seen === undefined) return undefined
  if (told.kid !== seen.kid) return 'other-key'
  if (told.length < seen.length) return 'shorter'
  return standing === seen.head ? undefined : 'forked'
}

type Told = Heads['heads'][number]

const watched = async (
  workspaceId: string,
  { log, signed, standing }: Told,
  seen: SeenHead | undefined,
): Promise<WatchedBook> => {
  const read = await readSigned(signed)
  const told = read?.workspace === workspaceId && read.log === log ? read : undefined
  return { log, seen, told, fault: faultOf(seen, told, standing) }
}

const lengthOf = (seen: SeenHead | undefined): number | undefined => seen?.length || undefined

/** What `watchBooks` of the client promises. A head is kept only where nothing is wrong, so that a fault is told until it is gone or accepted. */
export const watchBooks = async ({ answer }: Answers, { local }: Parts): Promise<readonly WatchedBook[]> => {
  const connection = await stored(() => readConnection(local))
  if (connection === undefined) throw new VaultProblem('not-paired')
  const { workspaceId } = connection
  const seen = new Map<Log, SeenHead | undefined>()
  for (const log of Log.options) seen.set(log, await stored(() => seenHead(local, workspaceId, log)))
  const query = queryOf({ ledger: lengthOf(seen.get('ledger')), audit: lengthOf(seen.get('audit')) })
  const { heads } = await answer(Heads, { method: 'GET', path: '/v1/heads', query })
  const books: WatchedBook[] = []
  for (const head of heads) {
    const book = await watched(workspaceId, head, seen.get(head.log))
    const { told, fault } = book
    if (told !== undefined && fault === undefined) await stored(() => keepHead(local, told))
    books.push(book)
  }
  return books
}
