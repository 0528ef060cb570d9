import { Button, Group, Skeleton, Table, Text } from '@mantine/core'
import type { Picodollars } from '../../../shared/money.ts'
import { Amount } from '../../ui/Amount.tsx'
import { capInWords } from '../../ui/cap-names.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { subjectOf } from '../audit/facts.ts'
import { Section } from '../frame/Section.tsx'
import { type CapChanged, useCapHistory } from './history.ts'

const Limit = ({ amount }: { amount: Picodollars | undefined }) =>
  amount === undefined ? '–' : <Amount amount={amount} />

const Change = ({ change, timeZone }: { change: CapChanged; timeZone: string }) => {
  const speech = useSpeech()
  const { entry, place, before, after } = change
  return (
    <Table.Tr data-change={entry.seq}>
      <Table.Td title={exactMoment(entry.at, speech.locale, timeZone)}>
        {momentInWords(entry.at, speech.locale, timeZone)}
      </Table.Td>
      <Table.Td dir="auto">{subjectOf(speech, entry)}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{capInWords(speech, place)}</Table.Td>
      <Table.Td ta="end">
        <Limit amount={before} />
      </Table.Td>
      <Table.Td ta="end">
        <Limit amount={after} />
      </Table.Td>
    </Table.Tr>
  )
}

const Changes = ({ changes, timeZone }: { changes: readonly CapChanged[]; timeZone: string }) => {
  const { t } = useSpeech()
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={6} aria-label={t('options.caps.history.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.caps.history.when')}</Table.Th>
            <Table.Th>{t('options.caps.history.who')}</Table.Th>
            <Table.Th>{t('options.caps.history.which')}</Table.Th>
            <Table.Th ta="end">{t('options.caps.history.before')}</Table.Th>
            <Table.Th ta="end">{t('options.caps.history.after')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.map((change) => (
            <Change key={change.entry.seq} change={change} timeZone={timeZone} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Who changed which cap, when, and from what to what. */
export const CapHistory = ({ timeZone }: { timeZone: string }) => {
  const { t } = useSpeech()
  const history = useCapHistory()
  return (
    <Section title={t('options.caps.history.title')}>
      <Loaded reading={history} skeleton={<Skeleton height={90} />}>
        {({ changes, more }) =>
          changes.length === 0 ? (
            <EmptyState
              title={t('options.caps.history.emptyTitle')}
              todo={t('options.caps.history.emptyTodo')}
            />
          ) : (
            <>
              <Changes changes={changes} timeZone={timeZone} />
              {more !== undefined && (
                <Group>
                  <Button size="xs" variant="default" loading={more.busy} onClick={more.load}>
                    {t('options.caps.history.more')}
                  </Button>
                </Group>
              )}
            </>
          )
        }
      </Loaded>
      <Text fz="xs" c="dimmed">
        {t('options.caps.history.elsewhere')}
      </Text>
    </Section>
  )
}
