import { Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { ProviderName } from '../../../shared/providers.ts'
import { AttemptOutcome, DraftOutcome, Purpose, type ReceiptSummary } from '../../../shared/receipts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { SearchBox } from './SearchBox.tsx'
import type { FilterName, Filters } from './search.ts'

type Choice = { readonly value: string; readonly label: string }

type Props = {
  readonly filters: Filters
  /** Receipts that are known: members, models and channels can be chosen among theirs. */
  readonly known: readonly ReceiptSummary[]
  readonly onChange: (name: FilterName, value: string) => void
}

type Found = Record<'memberId' | 'channelId' | 'model', Map<string, string>>

/** Who, where and what occurs, in one pass over all receipts. The newest name of a thing counts. */
const foundIn = (receipts: readonly ReceiptSummary[]): Found => {
  const found: Found = { memberId: new Map(), channelId: new Map(), model: new Map() }
  const note = (name: keyof Found, value: string, label: string): void => {
    if (!found[name].has(value)) found[name].set(value, label)
  }
  for (const { memberId, memberName, channelId, channelName, model, modelName } of receipts) {
    note('memberId', memberId, memberName)
    if (channelId !== null) note('channelId', channelId, channelName ?? channelId)
    note('model', model, modelName)
  }
  return found
}

/** By name; what is chosen is a choice even where nothing is known of it. */
const choicesOf = (found: ReadonlyMap<string, string>, chosen: string | undefined): readonly Choice[] => {
  const all = new Map(found)
  if (chosen !== undefined && !all.has(chosen)) all.set(chosen, chosen)
  return [...all]
    .map(([value, label]) => ({ value, label }))
    .sort((one, other) => one.label.localeCompare(other.label))
}

const useChoices = ({ filters, known }: Props): Partial<Record<FilterName, readonly Choice[]>> => {
  const { t } = useSpeech()
  const found = useMemo(() => foundIn(known), [known])
  return {
    memberId: choicesOf(found.memberId, filters.memberId),
    channelId: choicesOf(found.channelId, filters.channelId),
    model: choicesOf(found.model, filters.model),
    provider: ProviderName.options.map((value) => ({ value, label: t(`providers.${value}`) })),
    purpose: Purpose.options.map((value) => ({ value, label: t(`purposes.${value}`) })),
    outcome: AttemptOutcome.options.map((value) => ({ value, label: t(`outcomes.${value}`) })),
    flawed: [{ value: 'yes', label: t('options.receipts.doNotAddUp') }],
    fellBack: [{ value: 'yes', label: t('options.receipts.neededBackup') }],
    urgent: [{ value: 'yes', label: t('options.receipts.markedUrgent') }],
    told: tolds.map((value) => ({ value, label: t(`options.receipts.tolds.${value}`) })),
  }
}

const selects = [
  'memberId',
  'channelId',
  'provider',
  'model',
  'purpose',
  'outcome',
  'told',
  'fellBack',
  'urgent',
  'flawed',
] as const
const tolds = [...DraftOutcome.options.toReversed(), 'nothing'] as const
const days = ['from', 'to'] as const

/** Narrows the list. What is chosen stands in the address, so it can be sent to a colleague. */
export const FilterBar = (props: Props) => {
  const { filters, onChange } = props
  const { t } = useSpeech()
  const choices = useChoices(props)
  return (
    <>
      <Group gap="xs" align="flex-end" mb="xs">
        <SearchBox value={filters.search ?? ''} onChange={(typed) => onChange('search', typed)} />
        {days.map((name) => (
          <TextInput
            key={name}
            size="xs"
            w={140}
            type="date"
            label={t(`options.receipts.${name}`)}
            value={filters[name] ?? ''}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        ))}
      </Group>
      <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }} spacing="xs" mb="sm">
        {selects.map((name) => (
          <NativeSelect
            key={name}
            size="xs"
            label={t(`options.receipts.${name}`)}
            value={filters[name] ?? ''}
            data={[{ value: '', label: t('options.receipts.all') }, ...(choices[name] ?? [])]}
            onChange={(event) => onChange(name, event.currentTarget.value)}
          />
        ))}
      </SimpleGrid>
    </>
  )
}
