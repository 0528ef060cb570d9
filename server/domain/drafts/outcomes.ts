import { DraftOutcome, type Purpose, type ToldOutcome } from '../../../shared/receipts.ts'

/** What a receipt must be for, so that something can become of it. */
export const replyPurposes = ['draft', 'refine'] as const satisfies readonly Purpose[]

/** What a member tells of a draft of their own. */
export type Telling = {
  readonly workspaceId: string
  readonly memberId: string
  readonly receiptId: string
  readonly told: ToldOutcome
}

/**
 * Writes down what became of a draft, with its event in the ledger, and tells what is written now. Another member's receipt, and one that is no
 * reply, is `not-found`.
 */
export type TellOutcome = (telling: Telling) => Promise<ToldOutcome>

const strength = ({ outcome }: ToldOutcome): number => DraftOutcome.options.indexOf(outcome)

/** Whether what is told takes the place of what is written: a draft that was inserted stays inserted, whatever the panel closes with. */
export const replaces = (told: ToldOutcome, written: ToldOutcome | null): boolean =>
  written === null || strength(told) > strength(written)
