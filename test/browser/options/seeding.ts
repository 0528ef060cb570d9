import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import type { z } from 'zod'
import type { AlertSubject } from '../../../shared/books/alerts.ts'
import type { World } from '../../world.ts'

/** Works on the database of a world beside its vault; SQLite lets both write, one after the other. */
export const inDatabaseOf = <Result>(world: World, work: (database: DatabaseSync) => Result): Result => {
  const database = new DatabaseSync(join(world.dataFolder, 'ownkey.db'))
  try {
    database.exec('pragma busy_timeout = 10000')
    return work(database)
  } finally {
    database.close()
  }
}

type Row = Record<string, SQLInputValue>

/** What differs between one seeded receipt and the next: how many minutes it is old, whose tokens, how much it cost. */
const seeded = (model: Row, number: number, newestAt: number): Row => {
  const at = newestAt - number * 60_000
  return {
    ...model,
    id: crypto.randomUUID(),
    resolution_id: crypto.randomUUID(),
    idempotency_key: crypto.randomUUID(),
    site: number % 3 === 0 ? 'https://acme.zendesk.example' : 'https://desk.example',
    purpose: number % 5 === 0 ? 'refine' : 'draft',
    settled: 1_000_000_000n + BigInt(number),
    at,
    ended_at: at,
    day: new Date(at).toISOString().slice(0, 10),
    changed_seq: number + 1,
  }
}

/** Adds so many receipts, a minute apart, each like the newest draft of the workspace and a picodollar dearer than the one after it. */
export const seedReceipts = (world: World, count: number): void =>
  inDatabaseOf(world, (database) => {
    const newest = database
      .prepare("select * from receipts where purpose = 'draft' order by at desc limit 1")
      .get()
    if (newest === undefined) throw new Error('There is no draft to copy')
    const columns = Object.keys(newest)
    const insert = database.prepare(
      `insert into receipts (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
    )
    database.exec('begin immediate')
    for (let number = 0; number < count; number += 1) {
      const row: Row = seeded(newest, number, Number(newest.at) - 60_000)
      insert.run(...columns.map((column) => row[column] ?? null))
    }
    database.exec('commit')
  })

/** Makes what was spent on the days from one to another, both included, so many times as much. */
export const timesAsMuch = (
  world: World,
  times: number,
  { from = '0000-01-01', until = '9999-12-31' }: { readonly from?: string; readonly until?: string },
): void =>
  inDatabaseOf(world, (database) => {
    const then = 'select id from receipts where day between $from and $until'
    const those = {
      hold_lines: `attempt_id in (select id from attempts where receipt_id in (${then}))`,
      attempts: `receipt_id in (${then})`,
      receipts: `id in (${then})`,
    }
    for (const [table, which] of Object.entries(those))
      database
        .prepare(`update ${table} set settled = settled * $times where ${which}`)
        .run({ $times: times, $from: from, $until: until })
  })

/** Alerts as the vault writes them down, a minute apart, the newest first. */
export const seedAlerts = (world: World, subjects: readonly z.input<typeof AlertSubject>[]): void =>
  inDatabaseOf(world, (database) => {
    const workspace = database.prepare('select workspace_id from members limit 1').get()?.workspace_id
    const insert = database.prepare(
      'insert into alerts (workspace_id, id, at, subject, about, number) values (?, ?, ?, ?, ?, 1)',
    )
    subjects.forEach((subject, index) => {
      const id = crypto.randomUUID()
      insert.run(workspace ?? null, id, Date.now() - index * 60_000, JSON.stringify(subject), id)
    })
  })
