import { z } from 'zod'
import { Usd } from '../../../shared/money.ts'
import { type ReceiptFormat, ReceiptSummary } from '../../../shared/receipts.ts'

type Cell = string | number | null

/** Every column of the CSV file and what stands in it: amounts as decimal dollars, exact; moments in UTC. */
const columns: Readonly<Record<string, (receipt: ReceiptSummary) => Cell>> = {
  id: ({ id }) => id,
  at_utc: ({ at }) => new Date(at).toISOString(),
  resolution_id: ({ resolutionId }) => resolutionId,
  purpose: ({ purpose }) => purpose,
  member_id: ({ memberId }) => memberId,
  member: ({ memberName }) => memberName,
  channel_id: ({ channelId }) => channelId,
  channel: ({ channelName }) => channelName,
  site: ({ site }) => site,
  provider: ({ provider }) => provider,
  model: ({ model }) => model,
  model_name: ({ modelName }) => modelName,
  outcome: ({ outcome }) => outcome,
  certainty: ({ certainty }) => certainty,
  settled_usd: ({ settled }) => Usd.encode(settled),
  likely_usd: ({ likely }) => likely && Usd.encode(likely),
  input_tokens: ({ inputTokens }) => inputTokens,
  output_tokens: ({ outputTokens }) => outputTokens,
  urgent_by_id: ({ urgentBy }) => urgentBy?.id ?? null,
  urgent_by: ({ urgentBy }) => urgentBy?.name ?? null,
  told: ({ told }) => told?.outcome ?? null,
  edited_percent: ({ told }) => told?.editedPercent ?? null,
}

/** Signs at the beginning of a cell that make a spreadsheet compute it. */
const formula = /^[=+\-@\t\r]/

/** A cell by RFC 4180. What a spreadsheet would compute is text there: it gets an apostrophe in front. */
const cellOf = (cell: Cell): string => {
  const text = String(cell ?? '')
  const plain = formula.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

const rowOf = (cells: readonly Cell[]): string => `${cells.map(cellOf).join(',')}\r\n`

const csv = async function* (receipts: AsyncIterable<ReceiptSummary>): AsyncGenerator<string> {
  yield rowOf(Object.keys(columns))
  for await (const receipt of receipts) yield rowOf(Object.values(columns).map((cell) => cell(receipt)))
}

const jsonLines = async function* (receipts: AsyncIterable<ReceiptSummary>): AsyncGenerator<string> {
  for await (const receipt of receipts) yield `${JSON.stringify(z.encode(ReceiptSummary, receipt))}\n`
}

/** What a format is called in an answer, and how receipts are written in it, one at a time. */
export const receiptFormats: Readonly<
  Record<
    ReceiptFormat,
    {
      readonly type: string
      readonly lines: (receipts: AsyncIterable<ReceiptSummary>) => AsyncIterable<string>
    }
  >
> = {
  csv: { type: 'text/csv; charset=utf-8', lines: csv },
  jsonl: { type: 'application/jsonl; charset=utf-8', lines: jsonLines },
}
