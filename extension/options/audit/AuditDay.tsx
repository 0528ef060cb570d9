import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core'
import type { AuditEntry } from '../../../shared/audit.ts'
import { exactMoment, longDay, timeInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { factInWords, factsOf, subjectOf } from './facts.ts'

const Facts = ({ entry }: { entry: AuditEntry }) => {
  const speech = useSpeech()
  const facts = factsOf(entry)
  if (facts.length === 0) return null
  return (
    <Text fz="xs" c="dimmed" dir="auto" style={{ overflowWrap: 'anywhere' }}>
      {facts.map((fact) => factInWords(speech, entry.kind, fact)).join(' · ')}
    </Text>
  )
}

const Entry = ({ entry, timeZone }: { entry: AuditEntry; timeZone: string | undefined }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  return (
    <Group component="li" wrap="nowrap" gap="md" align="flex-start" py={6} data-audit={entry.kind}>
      <Text
        fz="sm"
        c="dimmed"
        w={72}
        style={{ flex: 'none' }}
        title={`${exactMoment(entry.at, locale, timeZone)} · ${t('options.audit.entry', { seq: entry.seq })}`}
      >
        {timeInWords(entry.at, locale, timeZone)}
      </Text>
      <Stack gap={0} miw={0}>
        <Text fz="sm">
          <Text component="span" inherit fw={600} dir="auto">
            {subjectOf(speech, entry)}
          </Text>{' '}
          {t(`auditKinds.${entry.kind}`)}
        </Text>
        <Facts entry={entry} />
      </Stack>
    </Group>
  )
}

/** The entries of one calendar day. */
export const AuditDay = ({
  entries,
  timeZone,
}: {
  entries: readonly AuditEntry[]
  timeZone: string | undefined
}) => {
  const { locale } = useSpeech()
  const [first] = entries
  if (first === undefined) return null
  return (
    <Box component="section">
      <Title order={2} fz="sm" mb={6}>
        {longDay(first.at, locale, timeZone)}
      </Title>
      <Paper withBorder px="md" py={6} component="ul" m={0} style={{ listStyle: 'none' }}>
        {entries.map((entry) => (
          <Entry key={entry.seq} entry={entry} timeZone={timeZone} />
        ))}
      </Paper>
    </Box>
  )
}
