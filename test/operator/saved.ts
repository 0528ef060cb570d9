import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readLocked } from '../../server/commands/backup/file.ts'
import { readBackup } from '../../server/commands/backup/format.ts'
import { openerOf } from '../../server/commands/backup/keys.ts'
import { everyTable } from '../../server/store/backup/rows.ts'
import type { Database } from '../../server/store/database.ts'
import { openPostgres } from '../../server/store/postgres.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { type FreshDatabase, freshDatabase } from '../engine.ts'
import { scratchFolder } from '../scratch-folder.ts'
import { runCommand, type VaultSettings } from '../vault-process.ts'
import type { World } from '../world.ts'

/** The database of a world, beside its vault. */
export const databaseOf = ({ settings, dataFolder }: World): Database =>
  settings.DATABASE_URL === undefined
    ? openSqlite(join(dataFolder, 'ownkey.db'))
    : openPostgres(settings.DATABASE_URL)

/** A row by the names of its columns; whole numbers as text. */
type Row = Readonly<Record<string, string | null>>
/** The rows of each table that a backup carries. */
export type Rows = ReadonlyMap<string, readonly Row[]>

type Cell = string | bigint | null

const rowOf = (columns: readonly { readonly name: string }[], cells: readonly Cell[]): Row =>
  Object.fromEntries(
    columns.map(({ name }, index) => {
      const cell = cells[index] ?? null
      return [name, typeof cell === 'bigint' ? cell.toString() : cell]
    }),
  )

/** What a database holds now, as a backup would say it. */
export const rowsIn = async (database: Database): Promise<Rows> => {
  const rows = new Map<string, Row[]>()
  for await (const { table, columns, rows: cells } of everyTable(database.db)) {
    rows.set(table, [])
    for await (const row of cells) rows.get(table)?.push(rowOf(columns, row))
  }
  return rows
}

/** What a backup holds. */
export const rowsOfBackup = async (file: string, identity: string): Promise<Rows> => {
  const rows = new Map<string, Row[]>()
  let table: { readonly table: string; readonly columns: readonly { readonly name: string }[] } | undefined
  for await (const part of readBackup(await readLocked(file, await openerOf(identity)))) {
    if ('ownkey' in part) continue
    if (part.part === 'table') {
      table = part
      rows.set(part.table, [])
    } else if (part.part === 'row' && table !== undefined) {
      rows.get(table.table)?.push(rowOf(table.columns, part.cells))
    }
  }
  return rows
}

/** A machine with nothing on it but the master key: a folder, and a database where the engine has one outside of it. */
type Machine = {
  readonly folder: string
  readonly settings: VaultSettings
  readonly dataFolder: string
  open(): Database
  /** Names of all tables in its database. */
  tables(): Promise<readonly string[]>
  run(...words: readonly string[]): ReturnType<typeof runCommand>
}

const machineWith = (settings: VaultSettings, fresh: FreshDatabase | undefined): Machine => {
  const { path: folder, remove } = scratchFolder('machine')
  const all = { ...settings, ...fresh?.settings }
  const dataFolder = join(folder, 'data')
  onTestFinished(async () => {
    await fresh?.remove()
    remove()
  })
  const isEmbedded = fresh === undefined || Object.keys(fresh.settings).length === 0
  const open = (): Database => (isEmbedded ? openSqlite(join(dataFolder, 'ownkey.db')) : fresh.open())
  return {
    folder,
    settings: all,
    dataFolder,
    open,
    tables: async () => {
      if (isEmbedded && !existsSync(join(dataFolder, 'ownkey.db'))) return []
      const database = open()
      const tables = await database.db.introspection.getTables()
      await database.close()
      return tables.map(({ name }) => name)
    },
    run: (...words) => runCommand(folder, words, all),
  }
}

/** An empty machine of the engine under test, with settings of its own (the master key of another). */
export const emptyMachine = async (settings: VaultSettings): Promise<Machine> =>
  machineWith(settings, await freshDatabase('empty'))

/** An empty machine with the embedded database, whatever the engine under test. */
export const embeddedMachine = ({ DATABASE_URL: _, ...settings }: VaultSettings): Machine =>
  machineWith(settings, undefined)
