import type { Attempt, PriceEntry } from '../../../../shared/receipts.ts'
import { percentInWords } from '../../../ui/amounts.ts'
import { dateInWords } from '../../../ui/moments.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** Where the price of a call comes from, and since when it is in force: the list, or who set it. */
export const priceInWords = ({ t, locale }: Speech, { source, validFrom, own }: PriceEntry): string => {
  if (own === null)
    return t('options.receipt.priceFrom', {
      source,
      day: dateInWords(Date.parse(`${validFrom}T12:00:00Z`), locale, 'UTC'),
    })
  const set = { name: own.by, day: dateInWords(own.at, locale) }
  return own.kind === 'discount'
    ? t('options.receipt.owns.discount', { ...set, percent: percentInWords(own.percent ?? '0', locale) })
    : t(`options.receipt.owns.${own.kind}`, set)
}

/** What the certainty of a call means, and why where that is not what it usually is. */
export const meaningInWords = ({ t }: Speech, { certainty, flaw, price }: Attempt): string => {
  if (flaw !== null) return t('options.receipt.largerCounts')
  if (price.own?.kind === 'ceiling' && certainty === 'estimated') return t('options.receipt.ceilingCounts')
  return t(`certainties.${certainty}.meaning`)
}
