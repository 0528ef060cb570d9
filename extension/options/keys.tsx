import { Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Key } from '../../shared/keys.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { rankOf, unconnected, useKeys } from '../ui/keys/keys.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useSaved } from './frame/saved.tsx'
import { KeyDialog } from './keys/KeyDialog.tsx'
import { KeyPanel } from './keys/KeyPanel.tsx'
import { Prices } from './keys/prices/Prices.tsx'
import type { KeyStep } from './keys/step.ts'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'

type Go = (step: KeyStep) => void
type Saved = ReturnType<typeof useSaved>['saved']
type KeysProps = { readonly keys: readonly Key[]; readonly timeZone: string }
type PanelsProps = KeysProps & { readonly go: Go; readonly saved: Saved }

const FirstKey = ({ go }: { go: Go }) => {
  const { t } = useSpeech()
  return (
    <EmptyState title={t('options.keys.emptyTitle')} todo={t('options.keys.emptyTodo')}>
      <Button onClick={() => go({ step: 'connect' })}>{t('popup.keys.connect')}</Button>
    </EmptyState>
  )
}

const Panels = ({ keys, timeZone, go, saved }: PanelsProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const putFirst = (id: string) => vault.changeKey(id, { primary: true })
  const first = useDoing(putFirst, () => {
    const before = keys.find(({ primary }) => primary)
    if (before !== undefined) saved(() => putFirst(before.id))
  })
  return (
    <Stack gap="sm">
      {first.problem !== undefined && <ProblemText problem={first.problem} />}
      {keys.map((card) => (
        <KeyPanel
          key={card.id}
          card={card}
          rank={rankOf(card, keys)}
          timeZone={timeZone}
          go={go}
          onUseFirst={() => first.start(card.id)}
        />
      ))}
      {unconnected(keys).length > 0 && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => go({ step: 'connect' })}
          >
            {t('popup.keys.connect')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}

const Keys = ({ keys, timeZone }: KeysProps) => {
  const { line, saved } = useSaved()
  const [step, go] = useState<KeyStep>({ step: 'none' })
  return (
    <>
      <Box mt={-16}>{line}</Box>
      {keys.length === 0 ? (
        <FirstKey go={go} />
      ) : (
        <Panels keys={keys} timeZone={timeZone} go={go} saved={saved} />
      )}
      <KeyDialog step={step} keys={keys} go={go} saved={saved} />
    </>
  )
}

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={230} />
    <Skeleton height={230} />
  </Stack>
)

/** The workspace's provider keys: whether each works, what it drafts with, where it goes, and what can be done with it. */
export const KeysTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const keys = useKeys(vault)
  const timeZone = status?.workspace.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <>
      <TabHeading
        title={t('options.keys.tab')}
        note={t('options.keys.note')}
        label={status?.providerLabel ?? null}
      />
      <Loaded reading={keys} skeleton={<Waiting />}>
        {(known) => <Keys keys={known.filter(({ connected }) => connected)} timeZone={timeZone} />}
      </Loaded>
      <Box mt="md">
        <Prices timeZone={timeZone} />
      </Box>
      <Text fz="sm" c="dimmed" mt="md" maw={640}>
        {t('options.keys.advice')}
      </Text>
    </>
  )
}
