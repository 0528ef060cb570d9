import { CompiledQuery, type KyselyPlugin } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../../server/store/database.ts'

/**
 * Columns of which a statement must be given one to find its rows in a table that grows, beside the workspace, which every row of a team has.
 * `log`: the last entry of a chain is read backwards from its end.
 */
const finding: Readonly<Record<string, readonly string[]>> = {
  receipts: ['id', 'idempotency_key', 'at'],
  attempts: ['id', 'receipt_id'],
  hold_lines: ['attempt_id'],
  counters: ['period_id'],
  events: ['seq', 'log'],
  periods: ['starts_at', 'id'],
}

/** The same database; every statement of its transactions is written down. */
export const watched = (
  database: Database,
): { readonly database: Database; readonly seen: CompiledQuery[] } => {
  const seen: CompiledQuery[] = []
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      seen.push(database.db.getExecutor().compileQuery(node, queryId))
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  }
  return {
    seen,
    database: {
      ...database,
      transaction: (about, work) => database.transaction(about, (tx) => work(tx.withPlugin(plugin))),
    },
  }
}

const Detail = z.object({ detail: z.string() })
const Step = /^(SCAN|SEARCH) (\w+)(?:.*\((.*)\))?/

/** What is wrong with one line of `explain query plan` (sqlite.org/eqp.html). */
const sqliteComplaint = (detail: string): string | undefined => {
  const [, how, table = '', given = ''] = Step.exec(detail) ?? []
  const columns = finding[table]
  if (how === undefined || columns === undefined) return undefined
  const asked = given.split(' AND ').map((condition) => condition.replace(/[=<>?].*$/, ''))
  return how === 'SEARCH' && columns.some((column) => asked.includes(column)) ? undefined : detail
}

const sqliteComplaints = async ({ db }: Database, { sql, parameters }: CompiledQuery): Promise<string[]> => {
  const { rows } = await db.executeQuery(CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]))
  return rows.flatMap((row) => sqliteComplaint(Detail.parse(row).detail) ?? [])
}

type Node = {
  readonly 'Relation Name'?: string | undefined
  readonly 'Node Type': string
  readonly 'Index Cond'?: string | undefined
  readonly Plans?: readonly Node[] | undefined
}
const Node: z.ZodType<Node> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(Node).optional()
  },
})
const Explained = z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: Node })]) })

const everyNode = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)]

const conditionOf = (node: Node): string =>
  everyNode(node)
    .map((one) => one['Index Cond'] ?? '')
    .join(' ')

/** What is wrong with one node of `explain (format json)`: rows are written by nodes that read nothing themselves. */
const postgresComplaint = (node: Node): string | undefined => {
  const columns = finding[node['Relation Name'] ?? '']
  if (columns === undefined || node['Node Type'] === 'ModifyTable') return undefined
  const condition = conditionOf(node)
  if (columns.some((column) => new RegExp(`\\b${column}\\b`).test(condition))) return undefined
  return `${node['Node Type']} on ${node['Relation Name']} (${condition})`
}

const postgresComplaints = async (
  { db }: Database,
  { sql, parameters }: CompiledQuery,
): Promise<string[]> => {
  const { rows } = await db.executeQuery(CompiledQuery.raw(`explain (format json) ${sql}`, [...parameters]))
  const [{ Plan }] = Explained.parse(rows[0])['QUERY PLAN']
  return everyNode(Plan).flatMap((node) => postgresComplaint(node) ?? [])
}

/** Which of these statements read more of a table that grows than what they are about, and how. */
export const complaintsAbout = async (
  database: Database,
  statements: readonly CompiledQuery[],
): Promise<readonly string[]> => {
  const complaints: string[] = []
  for (const statement of statements) {
    const found =
      database.engine === 'sqlite'
        ? await sqliteComplaints(database, statement)
        : await postgresComplaints(database, statement)
    complaints.push(...found.map((complaint) => `${complaint}: ${statement.sql}`))
  }
  return complaints
}
