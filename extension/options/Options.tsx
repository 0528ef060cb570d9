import { Box, Button, Skeleton, Stack } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemText } from '../ui/ProblemText.tsx'
import { type Reading, useLastKnown, useReading } from '../ui/reading.ts'
import { ReaderProvider, readerOf } from '../ui/words/reader.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { AlertBanner } from './frame/AlertBanner.tsx'
import { EndingBanner } from './frame/EndingBanner.tsx'
import { Navigation } from './frame/Navigation.tsx'
import { NoSuchPage } from './frame/NoSuchPage.tsx'
import layout from './frame/options.module.css'
import { contentOf, pageAt, pagesOf } from './pages.ts'
import { useParts } from './parts.tsx'
import { useRoute } from './route.ts'

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

type Failed = Extract<Reading<Status>, { state: 'failed' }>

/** What the address names. While the vault does not answer nobody knows whether there is such a page. */
const Place = ({ status, silence }: { status: Status | undefined; silence: Failed | undefined }) => {
  const route = useRoute()
  const page = pageAt(status?.member, route)
  const Content = page === undefined ? undefined : contentOf(page)
  if (Content !== undefined) return <Content route={route} status={status} />
  if (silence !== undefined) return <ProblemText problem={silence.problem} onRetry={silence.retry} />
  return <NoSuchPage home={pagesOf(status?.member)[0]} />
}

/**
 * Offline, what this browser kept can still be read, so a status that cannot be read is not the end. A vault that falls silent takes no
 * page away, nor an invitation that is shown once.
 */
const Inside = () => {
  const { vault } = useParts()
  const status = useReading(['status'], vault.status)
  const last = useLastKnown(status)
  const known = last.state === 'ready' ? last.value : undefined
  if (status.state === 'loading') return <Waiting />
  if (status.state === 'failed' && status.problem.slug !== 'no-answer')
    return (
      <Box p="xl">
        <ProblemText problem={status.problem} onRetry={status.retry} />
      </Box>
    )
  return (
    <div className={layout.page}>
      <Navigation status={known} />
      <main className={layout.content}>
        {known !== undefined && <EndingBanner status={known} />}
        {known !== undefined && <AlertBanner status={known} />}
        <ReaderProvider value={readerOf(known?.member)}>
          <Place status={known} silence={status.state === 'failed' ? status : undefined} />
        </ReaderProvider>
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
