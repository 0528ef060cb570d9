import type { ReceiptSummary } from '../../../../shared/receipts.ts'
import { readCopy } from '../../../local/receipts.ts'
import { type Reading, useReading } from '../../../ui/reading.ts'
import type { Vault } from '../../../vault/client.ts'
import { problemOf } from '../../../vault/problem.ts'
import { useParts } from '../../parts.tsx'

const PAGE = 200

const allOf = async (
  { receipts: list }: Pick<Vault, 'receipts'>,
  resolutionId: string,
): Promise<readonly ReceiptSummary[]> => {
  const found: ReceiptSummary[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const search = { resolutionId, limit: PAGE }
    const page = await list(cursor === undefined ? search : { ...search, cursor })
    found.push(...page.receipts)
    cursor = page.next
  }
  return found
}

/** All receipts of a resolution, the oldest first; from this browser's copy when the vault does not answer. */
export const useResolution = ({ id, resolutionId }: ReceiptSummary): Reading<readonly ReceiptSummary[]> => {
  const { vault, local } = useParts()
  return useReading(['resolution', resolutionId, id], async () => {
    try {
      return (await allOf(vault, resolutionId)).toReversed()
    } catch (thrown) {
      if (problemOf(thrown)?.slug !== 'no-answer') throw thrown
      const { receipts } = await readCopy(local)
      return receipts.filter((receipt) => receipt.resolutionId === resolutionId).toReversed()
    }
  })
}
