import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { isoDay } from '../ui/moments.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { AuditDay } from './audit/AuditDay.tsx'
import { type Log, useLog } from './audit/log.ts'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap={8}>
    <Skeleton height={18} width={220} />
    <Skeleton height={160} />
  </Stack>
)

const Entries = ({ log, timeZone }: { log: Log; timeZone: string }) => {
  const { t } = useSpeech()
  if (log.entries.length === 0)
    return <EmptyState title={t('options.audit.emptyTitle')} todo={t('options.audit.emptyTodo')} />
  const days = [...Map.groupBy(log.entries, ({ at }) => isoDay(at, timeZone))]
  return (
    <Stack gap="lg">
      {days.map(([day, entries]) => (
        <AuditDay key={day} entries={entries} timeZone={timeZone} />
      ))}
      <Group>
        {log.more === undefined ? (
          <Text fz="sm" c="dimmed">
            {t('options.audit.end')}
          </Text>
        ) : (
          <Button size="xs" variant="default" loading={log.more.busy} onClick={log.more.load}>
            {t('options.audit.more')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** What was changed in the workspace, by whom, by day. */
export const AuditTab = ({ status }: { status: Status | undefined }) => {
  const { t } = useSpeech()
  const log = useLog()
  const timeZone = status?.workspace.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <TabHeading title={t('options.audit.tab')} note={t('options.audit.intro')} label={null} />
      <Loaded reading={log} skeleton={<Waiting />}>
        {(read) => <Entries log={read} timeZone={timeZone} />}
      </Loaded>
    </>
  )
}
