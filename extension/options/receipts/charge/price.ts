import type { Attempt, OwnMark, PriceEntry } from '../../../../shared/receipts.ts'
import { percentInWords } from '../../../ui/amounts.ts'
import { dateInWords } from '../../../ui/moments.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** Which own price was in force, and who set it. */
export const ownPriceInWords = ({ t, locale }: Speech, own: OwnMark): string => {
  const set = { name: own.by, day: dateInWords(own.at, locale) }
  return own.kind === 'discount'
    ? t('options.receipt.owns.discount', { ...set, percent: percentInWords(own.percent ?? '0', locale) })
    : t(`options.receipt.owns.${own.kind}`, set)
}

/** Where the price of a call comes from, and since when it is in force: the list, or who set it. */
export const priceInWords = (speech: Speech, { source, validFrom, own }: PriceEntry): string => {
  if (own !== null) return ownPriceInWords(speech, own)
  const day = dateInWords(Date.parse(`${validFrom}T12:00:00Z`), speech.locale, 'UTC')
  return speech.t('options.receipt.priceFrom', { source, day })
}

/** What the certainty of a call means, and why where that is not what it usually is. */
export const meaningInWords = ({ t }: Speech, { certainty, flaw, price }: Attempt): string => {
  if (flaw !== null) return t('options.receipt.largerCounts')
  if (price.own?.kind === 'ceiling' && certainty === 'estimated') return t('options.receipt.ceilingCounts')
  return t(`certainties.${certainty}.meaning`)
}
