import { stat } from 'node:fs/promises'
import type { Configuration } from '../../config.ts'
import { link } from '../../crypto/chain.ts'
import { envelope as envelopeUnder, kidOf } from '../../crypto/envelope.ts'
import type { MasterKeyRing } from '../../crypto/master-key.ts'
import { type AppendAudit, auditAppender } from '../../store/books/audit.ts'
import { runningVaults } from '../../store/checks/engine.ts'
import { sealedTexts } from '../../store/checks/sealed-texts.ts'
import type { Database } from '../../store/database.ts'
import { replaceWrapped, type WrappedKey, wrappedKeys } from '../../store/wrapped-keys.ts'
import { note, OperatorError } from '../command.ts'

/** How often the operator hears of it. */
const KEYS_BETWEEN_NOTES = 10

/** A vault that started before its key file was changed does not have the new key: what is wrapped by it would be closed to that vault. */
export const requireRestarted = async (
  { db }: Database,
  { masterKey, masterKeyFile }: Configuration,
): Promise<void> => {
  const running = await runningVaults(db, Date.now())
  if (masterKey !== undefined) {
    if (running.length > 0) note('Every vault must have been restarted with both keys in OWNKEY_MASTER_KEY.')
    return
  }
  const { mtimeMs } = await stat(masterKeyFile)
  const before = running.filter(({ started_at }) => started_at < mtimeMs)
  if (before.length === 0) return
  const hosts = before.map(({ host, pid }) => `${host} (${pid})`).join(', ')
  throw new OperatorError(
    `These vaults started before ${masterKeyFile} was changed and do not have the new key: ${hosts}. Restart them first.`,
  )
}

type Rewrapped = { readonly done: number; readonly shut: readonly string[] }

/** Puts the key that was wrapped anew in its place, with a record for the workspace whose it is. False when another stands there now. */
const replace = (
  { transaction }: Database,
  append: AppendAudit,
  key: WrappedKey,
  next: string,
  to: string,
): Promise<boolean> =>
  transaction(key.workspaceId, async (tx) => {
    if (!(await replaceWrapped(tx, key, next))) return false
    const { workspaceId } = key
    const facts = { from: kidOf(key.wrapped) ?? '', to }
    if (key.table === 'workspaces')
      await append(tx, { workspaceId, kind: 'master-key-rotated', memberId: null, facts })
    return true
  })

/**
 * Wraps every key by the first key of the ring, each in a transaction of its own. `shut` names the workspaces whose key no master key opens;
 * a key that changed meanwhile is left for the count to find.
 */
export const rewrapAll = async (
  database: Database,
  ring: MasterKeyRing,
  tell: (count: number) => void,
): Promise<Rewrapped> => {
  const envelope = await envelopeUnder(ring)
  const append = auditAppender({ now: Date.now, link })
  const shut: string[] = []
  let done = 0
  for await (const key of wrappedKeys(database.db)) {
    const next = await envelope.rewrap(key.workspaceId, key.wrapped).catch(() => null)
    if (next === null) shut.push(key.workspaceId)
    if (next === null || next === undefined) continue
    if (!(await replace(database, append, key, next, ring[0].kid))) continue
    done += 1
    if (done % KEYS_BETWEEN_NOTES === 0) tell(done)
  }
  return { done, shut }
}

/** Per table: texts that the master key wrapped, and texts that are sealed under keys which it wraps. */
type Counts = ReadonlyMap<string, { readonly wrapped: number; readonly sealed: number }>

/** Counts every sealed and wrapped text of every table. `others` are those under another master key than `kid`. */
export const countMasters = async (
  { db }: Database,
  kid: string,
): Promise<{ readonly counts: Counts; readonly others: number }> => {
  const counts = new Map<string, { wrapped: number; sealed: number }>()
  let others = 0
  for await (const { table, sealed } of sealedTexts(db)) {
    const master = kidOf(sealed)
    const count = counts.get(table) ?? { wrapped: 0, sealed: 0 }
    counts.set(
      table,
      master === undefined
        ? { ...count, sealed: count.sealed + 1 }
        : { ...count, wrapped: count.wrapped + 1 },
    )
    if (master !== undefined && master !== kid) others += 1
  }
  return { counts, others }
}
