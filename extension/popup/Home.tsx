import { Button, Divider, Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Alert } from '../../shared/books/alerts.ts'
import type { Status } from '../../shared/status.ts'
import { CapBar } from '../ui/CapBar.tsx'
import { isMonthReached } from '../ui/cap-names.ts'
import { QuietButton } from '../ui/QuietButton.tsx'
import { mayDraft, maySeeBooks, seesEverybody } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { Connection } from '../vault/connection.ts'
import { AlertLine } from './AlertLine.tsx'
import { BooksAlert } from './BooksAlert.tsx'
import { DraftButton } from './DraftButton.tsx'
import { KeyList } from './keys/KeyList.tsx'
import { Month } from './Month.tsx'
import { useParts } from './parts.tsx'
import { SpendAlert } from './SpendAlert.tsx'
import { State } from './State.tsx'
import type { Go } from './view.ts'

/** Who this browser is paired as, and what the vault said. `alert`: what is still to be told. */
export type Known = {
  readonly connection: Connection
  readonly status: Status
  readonly alert: Alert | null
  readonly manages: boolean
}

const Heading = ({ status, returned }: { status: Status; returned: boolean }) => {
  const { t } = useSpeech()
  const name = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (returned) name.current?.focus()
  }, [returned])
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text
        component="h1"
        ref={name}
        tabIndex={-1}
        fw={600}
        fz="md"
        truncate
        title={status.workspace.name}
        dir="auto"
      >
        {status.workspace.name}
      </Text>
      <Text fz="xs" c="dimmed" style={{ flex: 'none' }}>
        {t(`roles.${status.member.role}`)}
      </Text>
    </Group>
  )
}

const CapPart = ({ known, go }: { known: Known; go: Go }) => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  const { status, manages } = known
  if (status.cap === null) return null
  const reached = isMonthReached(status)
  return (
    <Stack gap="sm">
      <Stack gap={4}>
        <CapBar cap={status.cap} paused={reached} label={status.providerLabel} />
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Month />
          {manages && !reached && (
            <QuietButton onClick={() => go({ view: 'cap' })}>{t('popup.cap.change')}</QuietButton>
          )}
        </Group>
      </Stack>
      {manages && reached && (
        <Button variant={status.ai.urgent ? 'default' : 'filled'} onClick={() => go({ view: 'cap' })}>
          {t('popup.cap.raise')}
        </Button>
      )}
      {manages && !reached && status.ai.paused === 'cap-reached' && (
        <Button onClick={() => surroundings.openOptions('/caps')}>{t('popup.cap.raiseOnPage')}</Button>
      )}
    </Stack>
  )
}

const Footer = ({ reads, go }: { reads: boolean; go: Go }) => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  return (
    <Group gap="md" justify="space-between">
      <QuietButton onClick={() => surroundings.openOptions(reads ? '/spend' : '/settings')}>
        {reads ? t('popup.open.settings') : t('options.settings.tab')}
      </QuietButton>
      <QuietButton onClick={() => go({ view: 'add-browser' })}>{t('popup.device.add')}</QuietButton>
      <QuietButton onClick={() => go({ view: 'sign-out' })}>{t('popup.device.signOut')}</QuietButton>
    </Group>
  )
}

type Props = { readonly known: Known; readonly returned: boolean; readonly go: Go }

/** The first thing that a paired browser shows. */
export const Home = ({ known, returned, go }: Props) => {
  const { status, manages, alert } = known
  const drafts = mayDraft(status.member.role)
  // As it was at first: what is put away makes no room for another line under the pointer.
  const [besides] = useState(alert)
  return (
    <Stack gap="sm" p="md" component="main">
      <Heading status={status} returned={returned} />
      <State status={status} manages={manages} />
      {manages && <BooksAlert />}
      <CapPart known={known} go={go} />
      <AlertLine alert={alert} />
      {seesEverybody(status.member) && <SpendAlert besides={besides} />}
      {drafts && (status.ai.on || status.ai.urgent) && <DraftButton />}
      {manages && <Divider />}
      {manages && <KeyList go={go} />}
      <Divider />
      <Footer reads={maySeeBooks(status.member)} go={go} />
    </Stack>
  )
}
