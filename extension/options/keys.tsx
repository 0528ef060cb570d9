import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { KeyList } from '../../shared/keys.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { useKeyList } from '../ui/keys/keys.ts'
import { connectedOf } from '../ui/keys/places.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useSpeech } from '../ui/words/speech.ts'
import { useSaved } from './frame/saved.tsx'
import { KeyDialog } from './keys/KeyDialog.tsx'
import layout from './keys/keys.module.css'
import { Places } from './keys/Places.tsx'
import { Prices } from './keys/prices/Prices.tsx'
import { RemindAfter } from './keys/rotation/RemindAfter.tsx'
import { Reminders } from './keys/rotation/Reminders.tsx'
import type { GoToStep, KeyStep } from './keys/step.ts'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'

const FirstKey = ({ go }: { go: GoToStep }) => {
  const { t } = useSpeech()
  return (
    <EmptyState title={t('options.keys.emptyTitle')} todo={t('options.keys.emptyTodo')}>
      <Button onClick={() => go({ step: 'connect' })}>{t('popup.keys.connect')}</Button>
    </EmptyState>
  )
}

const FurtherKey = ({ go }: { go: GoToStep }) => {
  const { t } = useSpeech()
  return (
    <Group my="md">
      <Button
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => go({ step: 'connect' })}
      >
        {t('popup.keys.connect')}
      </Button>
    </Group>
  )
}

const Keys = ({ list, timeZone }: { list: KeyList; timeZone: string }) => {
  const { line, saved } = useSaved()
  const [step, go] = useState<KeyStep>({ step: 'none' })
  return (
    <>
      <div className={layout.told}>{line}</div>
      {list.keys.length === 0 ? (
        <FirstKey go={go} />
      ) : (
        <>
          <Reminders list={list} timeZone={timeZone} go={go} />
          <Places list={list} timeZone={timeZone} go={go} saved={saved} />
          <FurtherKey go={go} />
          <RemindAfter list={list} saved={saved} />
        </>
      )}
      <KeyDialog step={step} list={list} timeZone={timeZone} go={go} saved={saved} />
    </>
  )
}

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={230} />
    <Skeleton height={230} />
  </Stack>
)

/** The workspace's provider keys: who answers first and who stands in, whether each works, what it drafts with, and what can be done with it. */
export const KeysTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const list = useKeyList(vault)
  const timeZone = status?.workspace.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <TabHeading
        title={t('options.keys.tab')}
        note={t('options.keys.note')}
        label={status?.providerLabel ?? null}
      />
      <Loaded reading={list} skeleton={<Waiting />}>
        {(known) => <Keys list={{ ...known, keys: [...connectedOf(known.keys)] }} timeZone={timeZone} />}
      </Loaded>
      <Box mt="xl">
        <Prices timeZone={timeZone} />
      </Box>
      <Text fz="sm" c="dimmed" mt="md" maw={640}>
        {t('options.keys.advice')}
      </Text>
    </>
  )
}
