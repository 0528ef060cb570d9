import { Button, Stack, Text, Title } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Status } from '../../shared/status.ts'
import { useReading } from '../ui/reading.ts'
import { mayDraft } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { Connection } from '../vault/connection.ts'
import { useParts } from './parts.tsx'

const Next = ({ status }: { status: Status }) => {
  const { t } = useSpeech()
  const { openOptions } = useParts()
  const { role } = status.member
  if (!mayDraft(role)) return <Text fz="sm">{t('pair.nextLight')}</Text>
  return (
    <>
      <Text fz="sm">{t('pair.next')}</Text>
      <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={openOptions}>
        {t('popup.open.settings')}
      </Button>
    </>
  )
}

/** It worked: as whom, and what to do next. What the vault says more is a help and no condition. */
export const Done = ({ connection }: { connection: Connection }) => {
  const { t } = useSpeech()
  const { vault, onStatus } = useParts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const status = useReading(['status'], async () => {
    const said = await vault.status()
    await onStatus(said)
    return said
  })
  return (
    <Stack gap="md">
      <Title order={1} fz={22} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
        {t('pair.done')}
      </Title>
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('pair.doneWith', { workspace: connection.workspaceName, address: connection.address })}
      </Text>
      {status.state === 'ready' && (
        <>
          <Text fz="sm">{t('pair.role', { role: t(`roles.${status.value.member.role}`) })}</Text>
          <Next status={status.value} />
        </>
      )}
    </Stack>
  )
}
