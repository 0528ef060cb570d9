import { Box, Skeleton, Stack } from '@mantine/core'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import { draftBounds } from '../../../shared/drafts.ts'
import { isBusy, textOf, type Version } from '../../ui/drafts/version.ts'
import { useSpeech } from '../../ui/words/speech.ts'

/** Within this many pixels of the end a reader counts as reading along. */
const NEAR_END_PIXELS = 24

/** Follows growing text only while the reader is at its end. */
const useFollowing = (text: string): { box: RefObject<HTMLDivElement | null>; onScroll: () => void } => {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new piece of text is the reason to scroll
  useLayoutEffect(() => {
    if (box.current !== null && atEnd.current) box.current.scrollTop = box.current.scrollHeight
  }, [text])
  const onScroll = (): void => {
    const { current } = box
    if (current === null) return
    atEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_END_PIXELS
  }
  return { box, onScroll }
}

const Growing = ({ text }: { text: string }) => {
  const { t } = useSpeech()
  const { box, onScroll } = useFollowing(text)
  return (
    <Box
      ref={box}
      className="draft"
      onScroll={onScroll}
      tabIndex={0}
      role="region"
      aria-label={t('assistant.draft.label')}
    >
      {text === '' ? (
        <Stack gap={10} pt={6} className="late" aria-hidden>
          <Skeleton h={8} w="92%" />
          <Skeleton h={8} w="84%" />
          <Skeleton h={8} w="60%" />
        </Stack>
      ) : (
        <span dir="auto" className="caret">
          {text}
        </span>
      )}
    </Box>
  )
}

type Props = {
  readonly version: Version
  readonly onEdit: (text: string) => void
  readonly onEdited: () => Promise<void>
  readonly field: RefObject<HTMLTextAreaElement | null>
}

/** The draft: text that grows while it is written, then text that the person changes. Always text, never markup. */
export const DraftText = ({ version, onEdit, onEdited, field }: Props) => {
  const { t } = useSpeech()
  if (isBusy(version)) return <Growing text={version.text} />
  return (
    <textarea
      ref={field}
      className="draft"
      aria-label={t('assistant.draft.label')}
      dir="auto"
      maxLength={draftBounds.draft}
      value={textOf(version)}
      onChange={({ currentTarget }) => onEdit(currentTarget.value)}
      onBlur={() => void onEdited()}
    />
  )
}
