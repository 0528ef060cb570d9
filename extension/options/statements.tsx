import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { Statement } from '../../shared/statements/statements.ts'
import type { Status } from '../../shared/status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { isoDay } from '../ui/moments.ts'
import { useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import type { Route } from './route.ts'
import { MonthStepper } from './spend/MonthStepper.tsx'
import { monthIn, monthInWords } from './spend/months.ts'
import { Comparing } from './statements/Comparing.tsx'
import { Sources } from './statements/Sources.tsx'
import { StatementTable } from './statements/StatementTable.tsx'
import print from './statements/statements.module.css'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={60} />
    <Skeleton height={320} />
  </Stack>
)

const Month = ({ statement }: { statement: Statement }) => {
  const { t, locale } = useSpeech()
  const month = monthInWords(statement.month, locale)
  if (statement.comparisons.length === 0 && statement.rows.length === 0)
    return <EmptyState title={t('options.statements.emptyTitle')} todo={t('options.statements.emptyTodo')} />
  const body =
    statement.rows.length === 0 ? (
      <EmptyState
        title={t('options.statements.noRowsTitle', { month })}
        todo={t('options.statements.noRowsTodo')}
      />
    ) : (
      <StatementTable statement={statement} />
    )
  return (
    <Stack gap="sm">
      <Text className={print.printed} fw={600}>
        {t('options.statements.statementOf', { month })}
      </Text>
      <Group className={print.screen} gap="sm" justify="space-between" align="flex-start">
        <Comparing comparisons={statement.comparisons} />
        <Button variant="default" onClick={() => window.print()}>
          {t('options.statements.print')}
        </Button>
      </Group>
      {body}
    </Stack>
  )
}

/** The present month in UTC, by the vault's own answer where it was given, so that the browser's clock decides nothing. */
const presentOf = (status: Status | undefined): string =>
  isoDay((status?.cap?.period.endsAt ?? 0) - 1, 'UTC').slice(0, 7)

/** What the providers' reports and the receipts say about a month, and the keys that read the reports. */
export const StatementsTab = ({ route, status }: { route: Route; status: Status | undefined }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const month = monthIn(route.query)
  const statement = useReading(['statement', month ?? 'present'], () => vault.statement(month))
  const shown = statement.state === 'ready' ? statement.value.month : month
  const present = [presentOf(status), shown ?? ''].toSorted().at(-1) ?? ''
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm">
        <TabHeading
          title={t('options.statements.tab')}
          note={t('options.statements.note')}
          label={status?.providerLabel ?? null}
        />
        {shown !== undefined && <MonthStepper month={shown} present={present} page="statements" />}
      </Group>
      <Text fz="sm" c="dimmed" mb="md" className={print.screen}>
        {t('options.statements.subtitle')}
      </Text>
      <Stack gap="md">
        {status?.member.role === 'owner' && (
          <div className={print.screen}>
            <Sources />
          </div>
        )}
        <Loaded reading={statement} skeleton={<Waiting />}>
          {(read) => <Month statement={read} />}
        </Loaded>
      </Stack>
    </>
  )
}
