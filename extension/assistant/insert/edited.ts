import { distance } from 'fastest-levenshtein'
import { draftBounds } from '../../../shared/drafts.ts'

const bounded = (text: string): string => text.slice(0, draftBounds.draft)

/**
 * How much of a draft a person changed, in whole percent of the longer of both texts: 0 exactly when nothing was, otherwise at least 1.
 * Counts inserted, removed and replaced UTF-16 units (Levenshtein); what is longer than a draft may be is not looked at.
 */
export const editedPercent = (drafted: string, used: string): number => {
  const [one, other] = [bounded(drafted), bounded(used)]
  if (one === other) return 0
  const share = distance(one, other) / Math.max(one.length, other.length)
  return Math.max(1, Math.round(share * 100))
}
