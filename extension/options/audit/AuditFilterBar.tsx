import { Group, NativeSelect, TextInput } from '@mantine/core'
import { AuditKind } from '../../../shared/audit.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { type AuditFilterName, type AuditFilters, narrowsAudit } from './search.ts'

type Props = {
  readonly filters: AuditFilters
  /** Members by id who are known from elsewhere: those who left still stand in the log. */
  readonly known: ReadonlyMap<string, string>
  readonly onChange: (name: AuditFilterName, value: string) => void
  readonly onClear: () => void
}

type Choice = { readonly value: string; readonly label: string }

const byLabel = (one: Choice, other: Choice): number => one.label.localeCompare(other.label)

const useMembers = ({ filters, known }: Props): readonly Choice[] => {
  const { vault } = useParts()
  const team = useReading(['team'], vault.team)
  const names = new Map(known)
  if (team.state === 'ready') for (const { id, name } of team.value.members) names.set(id, name)
  const { memberId } = filters
  if (memberId !== undefined && !names.has(memberId)) names.set(memberId, memberId)
  return [...names].map(([value, label]) => ({ value, label })).toSorted(byLabel)
}

const days = ['from', 'to'] as const

/** Narrows the log. What is chosen stands in the address, so it can be sent to a colleague. */
export const AuditFilterBar = (props: Props) => {
  const { filters, onChange, onClear } = props
  const { t } = useSpeech()
  const members = useMembers(props)
  const kinds = AuditKind.options.map((value) => ({ value, label: t(`auditKinds.${value}`) }))
  const all = { value: '', label: t('options.receipts.all') }
  return (
    <Group gap="xs" align="flex-end" mb="md">
      <NativeSelect
        size="xs"
        w={280}
        label={t('options.audit.kind')}
        value={filters.kind ?? ''}
        data={[all, ...kinds.toSorted(byLabel)]}
        onChange={(event) => onChange('kind', event.currentTarget.value)}
      />
      <NativeSelect
        size="xs"
        w={180}
        label={t('options.receipts.memberId')}
        value={filters.memberId ?? ''}
        data={[all, ...members]}
        onChange={(event) => onChange('memberId', event.currentTarget.value)}
      />
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
      {narrowsAudit(filters) && <QuietButton onClick={onClear}>{t('options.receipts.clear')}</QuietButton>}
    </Group>
  )
}
