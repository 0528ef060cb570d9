import Dexie, { type DexieOptions, type Table } from 'dexie'

/** The tables of the versions before, which a browser may still have. */
const earlier = {
  deviceKeys: 'id',
  connection: 'id',
  receipts: 'id, at',
  drafts: 'id, [site+place], at',
  sites: 'site',
  badge: 'id',
  wholeReceipts: 'id, at',
  receiptCopy: 'id',
} as const

const watching = { ...earlier, outcomes: 'receiptId', heads: 'log' } as const

const tables = { ...watching, dismissed: 'id' } as const

type TableName = keyof typeof tables

/**
 * This browser's own database, one per extension install and shared by all its surfaces. Rows are unknown on purpose:
 * whoever reads one parses it, since another version of the extension may have written it.
 */
export type Local = { readonly [Name in TableName]: Table<unknown, string> } & {
  /** Reads several tables as they are at one moment. Inside, await nothing but this database. */
  readonly inOneView: <Result>(read: () => Promise<Result>) => Promise<Result>
  /** Several tables at once, all or nothing. Inside, await nothing but this database. */
  readonly together: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** Forgets everything: the device key, the connection, receipts, drafts, choices. */
  readonly wipe: () => Promise<void>
  readonly close: () => void
}

/** Opens the database; it is made on first use. Tests give their own IndexedDB. */
export const openLocal = (options?: DexieOptions): Local => {
  const database = new Dexie('ownkey', options)
  database
    .version(2)
    .stores(earlier)
    .upgrade((older) => older.table('receipts').clear())
  database.version(3).stores(watching)
  database.version(4).stores(tables)
  const table = (name: TableName): Table<unknown, string> => database.table(name)
  const together = <Result>(work: () => Promise<Result>): Promise<Result> =>
    database.transaction('rw', database.tables, work)
  const inOneView = <Result>(read: () => Promise<Result>): Promise<Result> =>
    database.transaction('r', database.tables, read)
  return {
    deviceKeys: table('deviceKeys'),
    connection: table('connection'),
    receipts: table('receipts'),
    drafts: table('drafts'),
    sites: table('sites'),
    badge: table('badge'),
    wholeReceipts: table('wholeReceipts'),
    receiptCopy: table('receiptCopy'),
    outcomes: table('outcomes'),
    heads: table('heads'),
    dismissed: table('dismissed'),
    inOneView,
    together,
    wipe: () =>
      together(async () => {
        await Promise.all(database.tables.map((each) => each.clear()))
      }),
    close: () => database.close(),
  }
}
