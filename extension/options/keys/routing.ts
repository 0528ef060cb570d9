import { useState } from 'react'
import { isMuchDearer, priceGap } from '../../../shared/books/gap.ts'
import type { KeyModel, Routing, RoutingChange } from '../../../shared/keys.ts'
import type { ProviderName } from '../../../shared/providers.ts'
import { placesOf } from '../../ui/keys/places.ts'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { useDoing } from '../../ui/reading.ts'
import { useParts } from '../parts.tsx'
import type { PageParts } from './ProviderPanel.tsx'

type Listed = Pick<PageParts, 'list'>['list']

/** A provider with the model that it drafts with. */
export type Drafting = { readonly provider: ProviderName; readonly model: KeyModel }

/** A change that is asked about before it is made. */
export type Asked = {
  /** Whether the backup is turned on, or somebody else is to answer first. */
  readonly about: 'backup' | 'first'
  readonly change: RoutingChange
  readonly primary: Drafting
  readonly backup: Drafting
  /** What the backup costs at most, in hundredths of the primary; null: a price is not known. */
  readonly gap: number | null
  /** Whether it costs so much more that it must be allowed. */
  readonly needsLeave: boolean
}

const draftingOf = (name: ProviderName | null, list: Listed): Drafting | undefined => {
  const { primary, backup, unused } = placesOf(list)
  const group = [primary, backup, ...unused].find((one) => one?.provider === name)
  return group && { provider: group.provider, model: group.keys[0].model }
}

const gapOf = (primary: KeyModel, backup: KeyModel): number | null =>
  primary.price === null || backup.price === null ? null : priceGap(primary.price, backup.price)

/**
 * What must be asked before a change: a backup that is turned on, and one that costs so much more that it must be allowed. The vault takes such
 * leave for one pair of providers, so whoever changes the pair is asked anew.
 */
const askedOf = (change: RoutingChange, list: Listed): Asked | undefined => {
  const { routing } = list
  const primary = draftingOf(change.primary ?? routing.primary, list)
  const backup = draftingOf(change.backup === undefined ? routing.backup : change.backup, list)
  if (primary === undefined || backup === undefined || change.dearer !== undefined) return undefined
  const gap = gapOf(primary.model, backup.model)
  const needsLeave = gap !== null && isMuchDearer(gap)
  const isNew = ![routing.backup, routing.primary].includes(backup.provider)
  if (!isNew && !needsLeave) return undefined
  const about = change.primary === undefined ? 'backup' : 'first'
  return { about, change, primary, backup, gap, needsLeave }
}

/** What puts the routing back; a workspace without a primary has nothing to go back to. */
const backTo = ({ primary, backup, dearer }: Routing): RoutingChange =>
  primary === null ? { dearer } : { primary, backup, dearer }

type Changing = {
  readonly wish: (change: RoutingChange) => void
  /** What waits for an answer. */
  readonly asked: Asked | undefined
  readonly answer: (change: RoutingChange) => void
  readonly forget: () => void
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
}

/** Changes who answers and who stands in: at once where that costs nothing unexpected, and after asking where it may. */
export const useRouting = ({ list, saved }: Pick<PageParts, 'list' | 'saved'>): Changing => {
  const { vault } = useParts()
  const [asked, setAsked] = useState<Asked>()
  const before = list.routing
  const changing = useDoing(vault.changeRouting, () => {
    setAsked(undefined)
    saved(() => vault.changeRouting(backTo(before)))
  })
  const wish = (change: RoutingChange): void => {
    const question = askedOf(change, list)
    if (question === undefined) changing.start(change)
    else setAsked(question)
  }
  return {
    wish,
    asked,
    answer: changing.start,
    forget: () => setAsked(undefined),
    busy: changing.busy,
    problem: changing.problem,
  }
}
