import { ActionIcon, Button, Group, Kbd, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type Ref, type RefObject, useEffect, useRef } from 'react'
import { leftInReserve } from '../../ui/drafts/reserve.ts'
import { isBusy, isWhole, textOf, type Version } from '../../ui/drafts/version.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Drafting } from '../draft/drafting.ts'
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
      <Text component="span" inherit style={{ whiteSpace: 'nowrap' }}>
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
  /** Whether the draft is in sight: nothing is inserted that the person does not see. */
  readonly inSight: boolean
  readonly onAgain: () => void
  /** The next step: Insert or Copy for a whole draft, Again for one that is not. */
  readonly next: RefObject<ArmedHandle | null>
}

/** Keeps the focus in this row when the button that had it went away. */
const useKeptFocus = (busy: boolean, focus: () => void): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change of state takes a button away
  useEffect(() => {
    if (document.activeElement?.matches('body, main') === true) focus()
  }, [busy])
}

type UseProps = Pick<Props, 'inserting' | 'canInsert' | 'inSight'> & {
  readonly text: string
  readonly button: ButtonLook
}

/** How a button looks that may be the next step, and who presses it by keyboard. */
type ButtonLook = { readonly variant: 'filled' | 'default'; readonly handle?: RefObject<ArmedHandle | null> }

const CopyButton = ({ inserting, text, button }: Omit<UseProps, 'canInsert' | 'inSight'>) => {
  const { t } = useSpeech()
  return (
    <ArmedButton size="xs" {...button} disabled={text.trim() === ''} onPress={() => inserting.copy(text)}>
      {inserting.state === 'copied' ? t('assistant.insert.copied') : t('assistant.insert.copy')}
    </ArmedButton>
  )
}

const UseButtons = ({ inserting, canInsert, inSight, text, button }: UseProps) => {
  const { t } = useSpeech()
  const { state } = inserting
  if (!canInsert || state === 'blocked') return <CopyButton {...{ inserting, text, button }} />
  return (
    <>
      <ArmedButton
        size="xs"
        {...button}
        variant={state === 'inserted' ? 'default' : button.variant}
        disabled={text.trim() === '' || !inSight}
        onPress={() => inserting.insert(text, false)}
        rightSection={
          <Kbd size="xs" aria-hidden>
            ↵
          </Kbd>
        }
      >
        {state === 'inserted' ? t('assistant.insert.insertAgain') : t('assistant.insert.insert')}
      </ArmedButton>
      <CopyButton {...{ inserting, text }} button={{ variant: 'default' }} />
    </>
  )
}

/** Nobody continues the text so far, which stays: whoever else can answer begins anew, in a version beside it. */
const StartAgainButton = ({ button, onPress }: { button: ButtonLook; onPress: () => void }) => {
  const { t } = useSpeech()
  return (
    <ArmedButton size="xs" {...button} title={t('assistant.draft.startAgainHint')} onPress={onPress}>
      {t('assistant.draft.startAgain')}
    </ArmedButton>
  )
}

const deedOf = ({ progress }: Version): 'asking' | 'waiting' | 'waitingForRoom' | 'writing' => {
  if (progress.state === 'waiting') return progress.reason === 'cap-held' ? 'waitingForRoom' : 'waiting'
  return progress.state === 'asking' ? 'asking' : 'writing'
}

const Writing = ({
  version,
  onStop,
  stop,
}: {
  version: Version
  onStop: () => void
  stop: Ref<HTMLButtonElement>
}) => {
  const { t } = useSpeech()
  return (
    <>
      <Button ref={stop} size="xs" variant="default" onClick={onStop}>
        {t('assistant.draft.stop')}
      </Button>
      <Text fz="xs" c="dimmed" truncate>
        {t(`assistant.draft.${deedOf(version)}`)}
      </Text>
    </>
  )
}

/** Stop while it is written; then Insert, Copy, Again, and the way between versions. */
export const DraftActions = (props: Props) => {
  const { version, drafting, inserting, canInsert, inSight, onAgain, next } = props
  const { t } = useSpeech()
  const busy = isBusy(version)
  const whole = isWhole(version) && textOf(version).trim() !== ''
  const stop = useRef<HTMLButtonElement>(null)
  useKeptFocus(busy, () => (busy ? stop.current?.focus() : next.current?.focus()))
  const nextStep: ButtonLook = { variant: 'filled', handle: next }
  const quiet: ButtonLook = { variant: 'default' }
  const again = leftInReserve(version) === undefined ? nextStep : { ...nextStep, variant: 'default' as const }
  return (
    <Group gap={6} wrap={busy ? 'nowrap' : 'wrap'} mih={30}>
      {busy ? (
        <Writing version={version} onStop={drafting.stop} stop={stop} />
      ) : (
        <>
          <UseButtons
            {...{ inserting, canInsert, inSight }}
            text={textOf(version)}
            button={whole ? nextStep : quiet}
          />
          {drafting.startAgain === undefined ? (
            <ArmedButton
              size="xs"
              {...(whole ? quiet : again)}
              title={t('assistant.insert.againHint')}
              onPress={onAgain}
            >
              {t('assistant.insert.again')}
            </ArmedButton>
          ) : (
            <StartAgainButton button={nextStep} onPress={drafting.startAgain} />
          )}
        </>
      )}
      <Versions drafting={drafting} disabled={busy} />
    </Group>
  )
}
