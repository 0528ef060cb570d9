import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { z } from 'zod'
import { Usd } from '../../../shared/money.ts'
import type { ReceiptFormat } from '../../../shared/receipts.ts'
import type { Browser, GivenVault } from '../../identity/vault.ts'
import { begunExport } from './receipts.ts'

setFlagsFromString('--expose-gc')
const collect = z.function().parse(runInNewContext('gc'))

/** Bytes that are held, once what nobody holds any more is freed. */
const heldNow = (): number => {
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** How often it is looked at what is held while an export is read. */
const LOOKS = 6

const Line = z.object({ settled: Usd })

/** What a line of a file says that its receipt has cost; undefined for the heads of columns. */
const settledIn: Readonly<Record<ReceiptFormat, (line: string) => bigint | undefined>> = {
  csv: (line) => {
    const amount = Usd.safeParse(line.split(',')[CSV_SETTLED])
    return amount.data
  },
  jsonl: (line) => Line.parse(JSON.parse(line)).settled,
}

/** Where `settled_usd` stands. */
const CSV_SETTLED = 14

/** Reads a whole export and keeps nothing of it: its bytes, its receipts, what they cost, and the most that was held beyond what was held before. */
export const readExport = async (
  vault: GivenVault,
  by: Browser,
  { format, count }: { readonly format: ReceiptFormat; readonly count: number },
) => {
  const before = heldNow()
  const decoder = new TextDecoder()
  const read = { bytes: 0, receipts: 0, settled: 0n, most: 0 }
  let [rest, looked] = ['', 0]
  const response = await begunExport(vault, by, format)
  for await (const piece of response.body ?? []) {
    read.bytes += piece.length
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const settled = settledIn[format](line)
      if (settled === undefined) continue
      read.receipts += 1
      read.settled += settled
    }
    if (read.receipts * LOOKS < looked * count) continue
    looked += 1
    read.most = Math.max(read.most, heldNow() - before)
  }
  return read
}
