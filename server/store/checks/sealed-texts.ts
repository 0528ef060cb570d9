import { sql } from 'kysely'
import { z } from 'zod'
import type { Executor } from '../database.ts'
import type { Tables } from '../tables.ts'

/** Texts read at once. */
const PAGE = 1_000

type SealedColumn = {
  [Table in keyof Tables]: readonly [table: Table, column: keyof Tables[Table] & string]
}[keyof Tables]

/** Every column whose text is sealed or wrapped, whoever's key it is under. */
const columns: readonly SealedColumn[] = [
  ['workspaces', 'wrapped_key'],
  ['secrets', 'sealed'],
  ['provider_key_versions', 'sealed'],
  ['reporting_keys', 'sealed'],
  ['pairing_codes', 'sealed_verifier'],
  ['kept_drafts', 'sealed'],
]

const Row = z.object({ sealed: z.string() })

/** Every sealed or wrapped text of every table, in no order that means anything; rows that lost their workspace too. */
export const sealedTexts = async function* (
  db: Executor,
): AsyncGenerator<{ readonly table: string; readonly sealed: string }> {
  for (const [table, column] of columns) {
    let last = ''
    for (;;) {
      const { rows } = await sql`
        select ${sql.ref(column)} as sealed from ${sql.table(table)}
        where ${sql.ref(column)} > ${last} order by ${sql.ref(column)} limit ${sql.lit(PAGE)}
      `.execute(db)
      const page = rows.map((row) => Row.parse(row).sealed)
      for (const sealed of page) yield { table, sealed }
      last = page.at(-1) ?? last
      if (page.length < PAGE) break
    }
  }
}
