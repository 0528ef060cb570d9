import type { CapPlace, CapScope } from '../../../shared/cap.ts'
import type { Channel } from '../../../shared/channels.ts'
import type { Key } from '../../../shared/keys.ts'
import type { TeamMember } from '../../../shared/members.ts'
import { type Reading, useReading } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'

/** Something that can have a cap of its own. */
export type Choice = { readonly value: string; readonly label: string }

/** What there is to cap, by scope, each by name. */
export type Choices = Readonly<Record<Exclude<CapScope, 'workspace' | 'playground'>, readonly Choice[]>>

const byLabel = (one: Choice, other: Choice): number => one.label.localeCompare(other.label)

/** The models that the connected keys may use, each once. */
const modelsOf = (keys: readonly Key[]): readonly Choice[] => {
  const models = keys
    .filter(({ connected }) => connected)
    .flatMap(({ provider, models: usable }) =>
      usable
        .filter(({ price }) => price !== null)
        .map(({ id, name }): [string, string] => [`${provider}/${id}`, name]),
    )
  return [...new Map(models)].map(([value, label]) => ({ value, label })).toSorted(byLabel)
}

const named = (things: readonly (TeamMember | Channel)[]): readonly Choice[] =>
  things.map(({ id, name }) => ({ value: id, label: name })).toSorted(byLabel)

/** Reads what there is to cap. */
export const useChoices = (): Reading<Choices> => {
  const { vault } = useParts()
  return useReading(['caps', 'choices'], async () => ({
    member: named((await vault.team()).members),
    channel: named(await vault.channels()),
    model: modelsOf(await vault.keys()),
  }))
}

/** The name of a cap within the page: one for each place. */
export const keyOf = ({ scope, id, kind }: CapPlace): string => `${scope} ${id} ${kind}`
