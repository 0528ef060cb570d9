import { ReceiptFormat } from '../../shared/receipts.ts'
import { type Browser, type GivenVault, givenVault } from '../identity/vault.ts'
import { readExport } from './exported/reading.ts'
import { costOfAll, fillReceipts } from './exported/receipts.ts'
import type { Proof, Report, Row } from './proof.ts'
import type { Sizes } from './sizes.ts'

/** Bytes by which a large export may hold more than a small one: what requests hold anyhow comes and goes. */
const ALLOWED = 6 * 1024 * 1024

type Read = Awaited<ReturnType<typeof readExport>>
type Reads = Readonly<Record<ReceiptFormat, Read>>

const readBoth = async (vault: GivenVault, by: Browser, count: number): Promise<Reads> => ({
  csv: await readExport(vault, by, { format: 'csv', count }),
  jsonl: await readExport(vault, by, { format: 'jsonl', count }),
})

const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`

/** Both exports, of few receipts and of many. The first reading of all warms up what any request needs, and counts for nothing. */
const readAll = async (vault: GivenVault, { small, large }: Sizes['exported'], report: Report) => {
  const owner = await vault.owner()
  await fillReceipts(vault, small)
  await readBoth(vault, owner, small)
  const few = await readBoth(vault, owner, small)
  report(`making ${large} receipts`)
  await fillReceipts(vault, large, small)
  report('reading them')
  return { few, many: await readBoth(vault, owner, large) }
}

/**
 * An export of a million receipts holds no more memory than one of ten thousand, and has every receipt once. Throws when it holds more; that is far
 * less than what is sent.
 */
export const proveExport: Proof = async (engine, { exported }, report) => {
  const vault = await givenVault({}, engine)
  try {
    const { few, many } = await readAll(vault, exported, report)
    return ReceiptFormat.options.map((format): Row => {
      const { bytes, receipts, settled, most } = many[format]
      const measured = `${inMegabytes(bytes)} sent, ${inMegabytes(most)} held; ${inMegabytes(few[format].bytes)} sent, ${inMegabytes(few[format].most)} held`
      if (receipts !== exported.large) throw new Error(`${receipts} receipts came of ${exported.large}`)
      if (most - few[format].most > ALLOWED) throw new Error(`an export holds what it sends: ${measured}`)
      return {
        proof: `export, ${format}`,
        engine,
        processes: 1,
        schedules: receipts,
        overshoot: null,
        leakedHolds: null,
        difference: settled - costOfAll(exported.large),
        measured,
      }
    })
  } finally {
    await vault.stop()
  }
}
