import type { DraftOutcome } from '../../../shared/receipts.ts'
import { queueOutcome } from '../../local/outcomes.ts'
import { receiptIdOf, textOf, type Version } from '../../ui/drafts/version.ts'
import { storedIfPossible } from '../../vault/storage.ts'
import type { Drafting } from '../draft/drafting.ts'
import { type AssistantParts, useParts } from '../parts.tsx'
import { editedPercent } from './edited.ts'

const queue = async (
  { local }: AssistantParts,
  version: Version,
  outcome: DraftOutcome,
  used: string,
): Promise<void> => {
  const receiptId = receiptIdOf(version)
  if (receiptId === undefined) return
  const told = { receiptId, outcome, editedPercent: editedPercent(version.text, used) }
  await storedIfPossible(() => queueOutcome(local, told))
}

/**
 * Tells the vault what becomes of the drafts of this place: as a distance, never as text. `leave`: they go out of sight; those that nobody
 * used count as discarded, until they are used after all. Queued first, so that nothing is lost when the vault does not answer.
 */
export const useTelling = ({ versions, shown }: Pick<Drafting, 'versions' | 'shown'>) => {
  const parts = useParts()
  const use = async (outcome: 'copied' | 'inserted', used: string): Promise<void> => {
    if (shown === undefined) return
    await queue(parts, shown, outcome, used)
    parts.tellOutcomes()
  }
  const leave = async (): Promise<void> => {
    if (versions.length === 0) return
    for (const version of versions) await queue(parts, version, 'discarded', textOf(version))
    parts.tellOutcomes()
  }
  return { use, leave }
}
