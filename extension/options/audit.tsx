import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { isoDay } from '../ui/moments.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { AuditDay } from './audit/AuditDay.tsx'
import { AuditFilterBar } from './audit/AuditFilterBar.tsx'
import { ChainPart } from './audit/ChainPart.tsx'
import { type Log, useLog } from './audit/log.ts'
import { auditSearchOf, narrowsAudit, readAuditFilters } from './audit/search.ts'
import { withFilter } from './receipts/search.ts'
import { goTo, type Route, writeRoute } from './route.ts'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap={8}>
    <Skeleton height={18} width={220} />
    <Skeleton height={160} />
  </Stack>
)

type EntriesProps = {
  readonly log: Log
  readonly timeZone: string
  readonly filtered: boolean
  readonly onClear: () => void
}

const Empty = ({ filtered, onClear }: Pick<EntriesProps, 'filtered' | 'onClear'>) => {
  const { t } = useSpeech()
  return filtered ? (
    <EmptyState title={t('options.audit.noneTitle')} todo={t('options.receipts.noneTodo')}>
      <Button variant="default" onClick={onClear}>
        {t('options.receipts.clear')}
      </Button>
    </EmptyState>
  ) : (
    <EmptyState title={t('options.audit.emptyTitle')} todo={t('options.audit.emptyTodo')} />
  )
}

const Foot = ({ log: { more }, filtered }: Pick<EntriesProps, 'log' | 'filtered'>) => {
  const { t } = useSpeech()
  if (more !== undefined)
    return (
      <Button size="xs" variant="default" loading={more.busy} onClick={more.load}>
        {t('options.audit.more')}
      </Button>
    )
  return (
    <Text fz="sm" c="dimmed">
      {filtered ? t('options.audit.endFiltered') : t('options.audit.end')}
    </Text>
  )
}

const Entries = ({ log, timeZone, filtered, onClear }: EntriesProps) => {
  if (log.entries.length === 0) return <Empty filtered={filtered} onClear={onClear} />
  const days = [...Map.groupBy(log.entries, ({ at }) => isoDay(at, timeZone))]
  return (
    <Stack gap="lg">
      {days.map(([day, entries]) => (
        <AuditDay key={day} entries={entries} timeZone={timeZone} />
      ))}
      <Group>
        <Foot log={log} filtered={filtered} />
      </Group>
    </Stack>
  )
}

const membersIn = (log: Log | undefined): ReadonlyMap<string, string> =>
  new Map(
    (log?.entries ?? []).flatMap(({ memberId, memberName }) =>
      memberId === null || memberName === null ? [] : [[memberId, memberName] as const],
    ),
  )

const Entered = ({ query, timeZone }: { query: URLSearchParams; timeZone: string }) => {
  const filters = readAuditFilters(query)
  const log = useLog(auditSearchOf(filters, timeZone))
  const clear = (): void => goTo(writeRoute('audit'))
  return (
    <>
      <AuditFilterBar
        filters={filters}
        known={membersIn(log.state === 'ready' ? log.value : undefined)}
        onChange={(name, value) => goTo(writeRoute('audit', undefined, withFilter(query, name, value)))}
        onClear={clear}
      />
      <Loaded reading={log} skeleton={<Waiting />}>
        {(read) => (
          <Entries log={read} timeZone={timeZone} filtered={narrowsAudit(filters)} onClear={clear} />
        )}
      </Loaded>
    </>
  )
}

const browserZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** What was changed in the workspace, by whom, by day; whether the chains that hold it are whole. */
export const AuditTab = ({ route, status }: { route: Route; status: Status | undefined }) => {
  const { t } = useSpeech()
  return (
    <>
      <TabHeading title={t('options.audit.tab')} note={t('options.audit.intro')} label={null} />
      <Stack gap="lg">
        {status !== undefined && <ChainPart workspace={status.workspace} />}
        <div>
          <Entered query={route.query} timeZone={status?.workspace.timeZone ?? browserZone()} />
        </div>
      </Stack>
    </>
  )
}
