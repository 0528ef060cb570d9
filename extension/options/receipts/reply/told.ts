import type { ReceiptSummary, ToldOutcome } from '../../../../shared/receipts.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** Whether the receipt is of a reply, so that something can become of it. */
export const isReply = ({ purpose }: Pick<ReceiptSummary, 'purpose'>): boolean =>
  purpose === 'draft' || purpose === 'refine'

const percentIn = (locale: string, { editedPercent }: ToldOutcome): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(editedPercent / 100)

/** In one word, with how much was changed where that was anything. */
export const toldInShort = ({ t, locale }: Speech, told: ToldOutcome): string => {
  const name = t(`options.receipts.tolds.${told.outcome}`)
  return told.outcome === 'discarded' || told.editedPercent === 0
    ? name
    : `${name} · ${percentIn(locale, told)}`
}

/** As a sentence. */
export const toldInWords = ({ t, locale }: Speech, told: ToldOutcome | null): string => {
  if (told === null) return t('options.receipt.toldNothing')
  if (told.outcome === 'discarded') return t('options.receipt.toldDiscarded')
  const percent = percentIn(locale, told)
  const changed = told.editedPercent > 0
  if (told.outcome === 'copied')
    return changed ? t('options.receipt.toldCopiedEdited', { percent }) : t('options.receipt.toldCopied')
  return changed ? t('options.receipt.toldInsertedEdited', { percent }) : t('options.receipt.toldInserted')
}
