import type { Receipt } from '../../../shared/receipts.ts'

const SECOND_MS = 1_000

/** How long the provider took, from the first call to the end of the last: `1.8 sec`. Undefined while a call runs, and without any. */
export const tookInWords = ({ attempts }: Pick<Receipt, 'attempts'>, locale: string): string | undefined => {
  const first = attempts[0]
  const endedAt = attempts.at(-1)?.endedAt ?? null
  if (first === undefined || endedAt === null) return undefined
  const seconds = (endedAt - first.startedAt) / SECOND_MS
  const digits = seconds < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 }
  return new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', ...digits }).format(seconds)
}
