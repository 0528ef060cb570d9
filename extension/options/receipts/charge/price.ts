import type { PriceEntry } from '../../../../shared/receipts.ts'
import { dateInWords } from '../../../ui/moments.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** Where the price of a call comes from, and since when it is in force. */
export const priceInWords = ({ t, locale }: Speech, { source, validFrom }: PriceEntry): string =>
  t('options.receipt.priceFrom', {
    source,
    day: dateInWords(Date.parse(`${validFrom}T12:00:00Z`), locale, 'UTC'),
  })
