import type { Envelope, SealingKey } from '../../domain/envelope.ts'
import { type SealedRow, sealedRows } from '../../store/checks/sealed-rows.ts'
import type { Executor } from '../../store/database.ts'
import { wrappedKeys } from '../../store/wrapped-keys.ts'
import { bad, counted, type Finding, good, warning } from './finding.ts'

/** What was opened, what did not open and where, and what is of a kind that this Ownkey does not know. */
type Opened = { readonly rows: Map<string, number>; readonly shut: string[]; readonly unknown: string[] }

const openRow = async (
  envelope: Envelope,
  key: SealingKey,
  workspaceId: string,
  row: SealedRow,
  opened: Opened,
): Promise<void> => {
  const place = `${row.table} ${row.id} of workspace ${workspaceId}`
  if (row.context === undefined) {
    opened.unknown.push(place)
    return
  }
  try {
    await envelope.open(key, row.context, row.sealed)
    opened.rows.set(row.table, (opened.rows.get(row.table) ?? 0) + 1)
  } catch {
    opened.shut.push(place)
  }
}

const openAll = async (db: Executor, envelope: Envelope): Promise<Opened> => {
  const opened: Opened = { rows: new Map(), shut: [], unknown: [] }
  for await (const { table, workspaceId, wrapped } of wrappedKeys(db)) {
    const key = await envelope.unwrap(workspaceId, wrapped).catch(() => undefined)
    if (key === undefined) {
      opened.shut.push(`the key of ${workspaceId === 'vault' ? 'the vault' : `workspace ${workspaceId}`}`)
      continue
    }
    opened.rows.set(table, (opened.rows.get(table) ?? 0) + 1)
    for (const row of await sealedRows(db, workspaceId))
      await openRow(envelope, key, workspaceId, row, opened)
  }
  return opened
}

const NAMED = 5

const list = (places: readonly string[]): string =>
  places.length > NAMED
    ? `${places.slice(0, NAMED).join('; ')}; and ${places.length - NAMED} more`
    : places.join('; ')

/** Opens everything that is sealed, each with what it must be bound to, and counts it by table. */
export const checkSealed = async (db: Executor, envelope: Envelope): Promise<readonly Finding[]> => {
  const { rows, shut, unknown } = await openAll(db, envelope)
  const all = [...rows.values()].reduce((sum, count) => sum + count, 0)
  const byTable = [...rows].map(([table, count]) => `${table} ${count}`).join(', ')
  const findings: Finding[] = []
  if (shut.length > 0)
    findings.push(
      bad(
        'sealed rows',
        `${counted(shut.length, 'row')} did not open: ${list(shut)}`,
        'Put the master key back that they were sealed with, or replace what they held: paste the provider key again.',
      ),
    )
  else findings.push(good('sealed rows', `${counted(all, 'row')} opened${all === 0 ? '' : ` (${byTable})`}`))
  if (unknown.length > 0)
    findings.push(
      warning(
        'sealed rows',
        `of an unknown kind: ${list(unknown)}`,
        'Use the Ownkey that wrote this database.',
      ),
    )
  return findings
}
