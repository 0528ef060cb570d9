import { Box, Button, Skeleton, Stack } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useReading } from '../ui/reading.ts'
import { mayDraft } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { AuditTab } from './audit.tsx'
import { Navigation } from './Navigation.tsx'
import layout from './options.module.css'
import { useParts } from './parts.tsx'
import { ReceiptsTab } from './receipts.tsx'
import { useRoute } from './route.ts'
import { SpendTab } from './spend.tsx'

const Waiting = () => (
  <Stack gap="md" p="xl" maw={1100}>
    <Skeleton height={24} width={200} />
    <Skeleton height={90} />
    <Skeleton height={280} />
  </Stack>
)

const Unpaired = ({ onAgain }: { onAgain: () => void }) => {
  const { t } = useSpeech()
  return (
    <EmptyState title={t('options.unpaired.title')} todo={t('options.unpaired.todo')}>
      <Button onClick={onAgain}>{t('options.unpaired.again')}</Button>
    </EmptyState>
  )
}

const Tab = ({ status }: { status: Status | undefined }) => {
  const route = useRoute()
  if (route.page === 'receipts') return <ReceiptsTab route={route} status={status} />
  return route.page === 'audit' ? <AuditTab status={status} /> : <SpendTab status={status} />
}

const Restricted = () => {
  const { t } = useSpeech()
  return <EmptyState title={t('options.restricted.title')} todo={t('options.restricted.todo')} />
}

/** Offline, what this browser kept can still be read, so a status that cannot be read is not the end. */
const Inside = () => {
  const { vault } = useParts()
  const status = useReading(['status'], vault.status)
  const known = status.state === 'ready' ? status.value : undefined
  if (status.state === 'loading') return <Waiting />
  if (status.state === 'failed' && status.problem.slug !== 'no-answer')
    return (
      <Box p="xl">
        <ProblemText problem={status.problem} onRetry={status.retry} />
      </Box>
    )
  if (known !== undefined && !mayDraft(known.member.role)) return <Restricted />
  return (
    <div className={layout.page}>
      <Navigation status={known} />
      <main className={layout.content}>
        <Tab status={known} />
      </main>
    </div>
  )
}

/** The options page: what the workspace spent, on what, and what was changed. */
export const Options = () => {
  const { vault } = useParts()
  const connection = useReading(['connection'], async () => (await vault.connection()) ?? null)
  const again = () => location.reload()
  return (
    <Loaded reading={connection} skeleton={<Waiting />}>
      {(known) => (known === null ? <Unpaired onAgain={again} /> : <Inside />)}
    </Loaded>
  )
}
