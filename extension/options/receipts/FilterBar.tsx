import { Group, NativeSelect, TextInput } from '@mantine/core'
import { AttemptOutcome, Purpose, type ReceiptSummary } from '../../../shared/receipts.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { type FilterName, type Filters, isFiltered } from './search.ts'

type Choice = { readonly value: string; readonly label: string }

type Props = {
  readonly filters: Filters
  /** Receipts that are on screen: members and models can be chosen among theirs. */
  readonly shown: readonly ReceiptSummary[]
  readonly onChange: (name: FilterName, value: string) => void
  readonly onClear: () => void
}

const distinct = (choices: readonly Choice[], chosen: string | undefined): readonly Choice[] => {
  const known = new Map(choices.map(({ value, label }) => [value, label]))
  if (chosen !== undefined && !known.has(chosen)) known.set(chosen, chosen)
  return [...known].map(([value, label]) => ({ value, label }))
}

const useChoices = ({ filters, shown }: Props): Partial<Record<FilterName, readonly Choice[]>> => {
  const { t } = useSpeech()
  const members = shown.map(({ memberId, memberName }) => ({ value: memberId, label: memberName }))
  const models = shown.map(({ model, modelName }) => ({ value: model, label: modelName }))
  return {
    memberId: distinct(members, filters.memberId),
    model: distinct(models, filters.model),
    purpose: Purpose.options.map((value) => ({ value, label: t(`purposes.${value}`) })),
    outcome: AttemptOutcome.options.map((value) => ({ value, label: t(`outcomes.${value}`) })),
  }
}

const selects = ['memberId', 'model', 'purpose', 'outcome'] as const
const days = ['from', 'to'] as const

/** Narrows the list. What is chosen stands in the address, so it can be sent to a colleague. */
export const FilterBar = (props: Props) => {
  const { filters, onChange, onClear } = props
  const { t } = useSpeech()
  const choices = useChoices(props)
  return (
    <Group gap="xs" align="flex-end" mb="sm">
      {selects.map((name) => (
        <NativeSelect
          key={name}
          size="xs"
          w={150}
          label={t(`options.receipts.${name}`)}
          value={filters[name] ?? ''}
          data={[{ value: '', label: t('options.receipts.all') }, ...(choices[name] ?? [])]}
          onChange={(event) => onChange(name, event.currentTarget.value)}
        />
      ))}
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
      {isFiltered(filters) && <QuietButton onClick={onClear}>{t('options.receipts.clear')}</QuietButton>}
    </Group>
  )
}
