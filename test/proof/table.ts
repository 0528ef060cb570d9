import { pico, Usd } from '../../shared/money.ts'
import { holds, type Row } from './proof.ts'

/** What a proof came to: its row and the time that the whole proof took, or how it failed. */
export type Result = { readonly row: Row; readonly durationMs: number; readonly failure?: string }

const money = (amount: bigint | null): string => (amount === null ? '–' : `$${Usd.encode(pico(amount))}`)

const columns: Readonly<Record<string, (result: Result) => string>> = {
  proof: ({ row }) => row.proof,
  engine: ({ row }) => row.engine,
  processes: ({ row }) => String(row.processes),
  schedules: ({ row }) => row.schedules.toLocaleString('en-US'),
  overshoot: ({ row }) => money(row.overshoot),
  'leaked holds': ({ row }) => String(row.leakedHolds ?? '–'),
  'difference to the bill': ({ row }) => money(row.difference),
  seconds: ({ durationMs }) => (durationMs / 1_000).toFixed(1),
  measured: ({ row, failure }) => failure ?? row.measured ?? '',
}

const numeric = /^[\d$–.,-]+$/

const padded = (cell: string, width: number): string =>
  numeric.test(cell) ? cell.padStart(width) : cell.padEnd(width)

/** Whether a proof shows what it was to show. */
export const isProven = ({ row, failure }: Result): boolean => failure === undefined && holds(row)

/** The results as a table of Markdown, which also reads well in a terminal. */
export const tableOf = (results: readonly Result[]): string => {
  const rows = results.map((result) => Object.values(columns).map((cell) => cell(result)))
  const heads = Object.keys(columns)
  const widths = heads.map((head, index) =>
    Math.max(head.length, ...rows.map((row) => row[index]?.length ?? 0)),
  )
  const lineOf = (cells: readonly string[]): string =>
    `| ${cells.map((cell, index) => padded(cell, widths[index] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lineOf(heads), rule, ...rows.map(lineOf)].join('\n')
}
