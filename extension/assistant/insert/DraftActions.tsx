import { ActionIcon, Button, Group, Kbd, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Drafting } from '../draft/drafting.ts'
import { isBusy, textOf, type Version } from '../draft/version.ts'
import { ArmedButton, type ArmedHandle } from '../session/Arming.tsx'
import type { Inserting } from './inserting.ts'

const Versions = ({ drafting, disabled }: { drafting: Drafting; disabled: boolean }) => {
  const { t } = useSpeech()
  const { index, versions, show } = drafting
  if (versions.length < 2) return null
  const arrow = { variant: 'subtle', color: 'gray', size: 'sm' } as const
  return (
    <Group gap={2} wrap="nowrap" ms="auto" fz="xs" c="dimmed">
      <ActionIcon
        {...arrow}
        aria-label={t('assistant.insert.earlier')}
        disabled={disabled || index === 0}
        onClick={() => show(index - 1)}
      >
        <IconChevronLeft size={14} />
      </ActionIcon>
      <Text component="span" inherit>
        {t('assistant.insert.version', { number: index + 1, count: versions.length })}
      </Text>
      <ActionIcon
        {...arrow}
        aria-label={t('assistant.insert.later')}
        disabled={disabled || index === versions.length - 1}
        onClick={() => show(index + 1)}
      >
        <IconChevronRight size={14} />
      </ActionIcon>
    </Group>
  )
}

type Props = {
  readonly version: Version
  readonly drafting: Drafting
  readonly inserting: Inserting
  /** Whether this panel can write into a page at all. */
  readonly canInsert: boolean
  readonly onAgain: () => void
  readonly primary: Ref<ArmedHandle>
}

/** Keeps the focus in this row when the button that had it went away. */
const useKeptFocus = (busy: boolean, focus: () => void): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change of state takes a button away
  useEffect(() => {
    if (document.activeElement === document.body) focus()
  }, [busy])
}

const Primary = ({ version, inserting, canInsert, primary }: Omit<Props, 'drafting' | 'onAgain'>) => {
  const { t } = useSpeech()
  const text = textOf(version)
  const empty = text.trim() === ''
  if (!canInsert || inserting.state === 'blocked')
    return (
      <ArmedButton
        deed="spend"
        size="xs"
        handle={primary}
        disabled={empty}
        onPress={() => inserting.copy(text)}
      >
        {inserting.state === 'copied' ? t('assistant.insert.copied') : t('assistant.insert.copy')}
      </ArmedButton>
    )
  return (
    <>
      <ArmedButton
        deed="insert"
        size="xs"
        handle={primary}
        disabled={empty || inserting.state === 'working'}
        onPress={() => inserting.insert(text, false)}
        variant={inserting.state === 'inserted' ? 'default' : 'filled'}
        rightSection={<Kbd size="xs">↵</Kbd>}
      >
        {inserting.state === 'inserted' ? t('assistant.insert.insertAgain') : t('assistant.insert.insert')}
      </ArmedButton>
      <Button size="xs" variant="default" disabled={empty} onClick={() => inserting.copy(text)}>
        {inserting.state === 'copied' ? t('assistant.insert.copied') : t('assistant.insert.copy')}
      </Button>
    </>
  )
}

/** Stop while it is written; then Insert, Copy, Again, and the way between versions. */
export const DraftActions = ({ version, drafting, inserting, canInsert, onAgain, primary }: Props) => {
  const { t } = useSpeech()
  const busy = isBusy(version)
  const stop = useRef<HTMLButtonElement>(null)
  const inner = useRef<ArmedHandle>(null)
  useImperativeHandle(primary, () => ({
    press: (event) => inner.current?.press(event),
    focus: () => inner.current?.focus(),
  }))
  useKeptFocus(busy, () => (busy ? stop.current?.focus() : inner.current?.focus()))
  return (
    <Group gap={6} wrap="nowrap" mih={30}>
      {busy ? (
        <>
          <Button ref={stop} size="xs" variant="default" onClick={drafting.stop}>
            {t('assistant.draft.stop')}
          </Button>
          <Text fz="xs" c="dimmed" truncate>
            {version.progress.state === 'asking' ? t('assistant.draft.asking') : t('assistant.draft.writing')}
          </Text>
        </>
      ) : (
        <>
          <Primary {...{ version, inserting, canInsert, primary: inner }} />
          <ArmedButton
            deed="spend"
            size="xs"
            variant="default"
            title={t('assistant.insert.againHint')}
            onPress={onAgain}
          >
            {t('assistant.insert.again')}
          </ArmedButton>
        </>
      )}
      <Versions drafting={drafting} disabled={busy} />
    </Group>
  )
}
