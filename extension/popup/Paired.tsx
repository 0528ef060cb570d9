import { Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useNotice } from '../ui/alerts/notices.ts'
import { isToldByPause } from '../ui/alerts/standing.ts'
import { useKeys } from '../ui/keys/keys.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import type { TellableProblem } from '../ui/problem-sentences.ts'
import { type Reading, useReading } from '../ui/reading.ts'
import { mayManage, seesEverybody } from '../ui/rights.ts'
import { ReaderProvider, readerOf } from '../ui/words/reader.ts'
import type { Vault } from '../vault/client.ts'
import type { Connection } from '../vault/connection.ts'
import { AddBrowser } from './AddBrowser.tsx'
import { CapView } from './CapView.tsx'
import { Home, type Known } from './Home.tsx'
import { ConnectKey } from './keys/ConnectKey.tsx'
import { KeyView } from './keys/KeyView.tsx'
import { useParts } from './parts.tsx'
import { SignOut } from './SignOut.tsx'
import { useNotices } from './SpendAlert.tsx'
import { begin, type Go, home, type View } from './view.ts'

type Status = Awaited<ReturnType<Vault['status']>>

const useStatus = (): Reading<Status> => {
  const { vault, onStatus } = useParts()
  return useReading(['status'], async () => {
    const status = await vault.status()
    await onStatus(status)
    return status
  })
}

const Step = ({ view, known, go }: { view: View; known: Known; go: Go }) => {
  const { status, connection } = known
  const back = () => go(home)
  if (view.view === 'home') return <Home known={known} returned={view.returned} go={go} />
  if (view.view === 'add-browser') return <AddBrowser address={connection.address} onBack={back} />
  if (view.view === 'sign-out') return <SignOut onBack={back} />
  if (view.view === 'connect') return <ConnectKey go={go} />
  if (view.view === 'cap')
    return status.cap === null ? null : (
      <CapView cap={status.cap} label={status.providerLabel} onBack={back} />
    )
  return <KeyView view={view} go={go} />
}

/** The vault did not say how things are. Trying again also looks whether this browser is still paired. */
const Unanswered = ({ connection, problem }: { connection: Connection; problem: TellableProblem }) => {
  const client = useQueryClient()
  return (
    <Stack gap="sm" p="md" component="main">
      <Text component="h1" fw={600} fz="md" truncate dir="auto" title={connection.workspaceName}>
        {connection.workspaceName}
      </Text>
      <ProblemText problem={problem} onRetry={() => void client.resetQueries()} />
      <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {connection.address}
      </Text>
    </Stack>
  )
}

type PairedProps = {
  readonly connection: Connection
  /** The form that had the focus went away a moment ago, so the home takes it. */
  readonly justPaired: boolean
  readonly skeleton: ReactNode
}

/** Everything of a browser that is paired. Waits for keys and alerts too, so that nothing moves once it can be clicked. */
export const Paired = ({ connection, justPaired, skeleton }: PairedProps) => {
  const { vault, notices } = useParts()
  const status = useStatus()
  const manages = status.state === 'ready' && mayManage(status.value.member.role)
  const keys = useKeys(vault, manages)
  const alerts = status.state === 'ready' && seesEverybody(status.value.member)
  const spend = useNotices(alerts)
  const notice = useNotice(notices, status.state === 'ready' ? status.value : undefined)
  const [view, go] = useState<View>(justPaired ? home : begin)
  const isPartial =
    (manages && keys.state === 'loading') ||
    (alerts && spend.state === 'loading') ||
    notice.state === 'loading'
  if (status.state === 'loading' || isPartial) return <div className="late">{skeleton}</div>
  if (status.state === 'failed') return <Unanswered connection={connection} problem={status.problem} />
  const told = notice.state === 'ready' ? notice.value : null
  const alert = told !== null && isToldByPause(status.value, told) ? null : told
  return (
    <ReaderProvider value={readerOf(status.value.member)}>
      <Step view={view} known={{ connection, status: status.value, alert, manages }} go={go} />
    </ReaderProvider>
  )
}
