import type { KeyEdit } from './arrangement.ts'
import type { StoredKey } from './keys.ts'

/** The keys of a provider in this order: the places that they have among all keys, given out anew, so that no other provider's keys move. */
export const placed = (ordered: readonly Pick<StoredKey, 'id' | 'position'>[]): readonly KeyEdit[] => {
  const positions = ordered.map(({ position }) => position).toSorted((one, other) => one - other)
  return ordered.flatMap(({ id, position: before }, index) => {
    const position = positions[index] ?? before
    return position === before ? [] : [{ id, position }]
  })
}
