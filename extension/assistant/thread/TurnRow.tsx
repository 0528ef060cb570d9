import { ActionIcon, Box, Group, Text, Textarea } from '@mantine/core'
import { IconCheck, IconPencil, IconPlus, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { z } from 'zod'
import { draftBounds, type Turn } from '../../../shared/drafts.ts'
import { momentInWords } from '../../ui/moments.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import type { SendingTurn } from './sending.ts'

const authors = ['customer', 'us', 'note', 'unknown'] as const satisfies readonly Turn['author'][]
const LONG_CHARACTERS = 420
const SHOWN_LINES = 6

const AuthorChoice = ({
  author,
  onChange,
}: {
  author: Turn['author']
  onChange: (next: Turn['author']) => void
}) => {
  const { t } = useSpeech()
  const choose = (value: string): void => {
    const chosen = authors.find((each) => each === value)
    if (chosen !== undefined) onChange(chosen)
  }
  return (
    <select
      className="author"
      aria-label={t('assistant.turn.author')}
      value={author}
      onChange={({ currentTarget }) => choose(currentTarget.value)}
    >
      {authors.map((each) => (
        <option key={each} value={each}>
          {t(`assistant.turn.authors.${each}`)}
        </option>
      ))}
    </select>
  )
}

const isoMoment = z.iso.datetime({ offset: true })

/** A time as the page wrote it; one that is written for machines is written for people here. What is sent stays as it was read. */
const whenInWords = (at: string, locale: string): string =>
  isoMoment.safeParse(at).success ? momentInWords(Date.parse(at), locale) : at

const Quote = ({ text }: { text: string }) => {
  const { t } = useSpeech()
  const [whole, setWhole] = useState(false)
  const long = text.length > LONG_CHARACTERS || text.split('\n').length > SHOWN_LINES
  return (
    <>
      <Text className="quote" fz="sm" dir="auto" {...(long && !whole ? { lineClamp: SHOWN_LINES } : {})}>
        {text}
      </Text>
      {long && !whole && (
        <QuietButton onClick={() => setWhole(true)}>{t('assistant.turn.whole')}</QuietButton>
      )}
    </>
  )
}

const Editor = (props: { text: string; onChange: (text: string) => void; onDone: () => void }) => {
  const { t } = useSpeech()
  return (
    <Textarea
      aria-label={t('assistant.turn.text')}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={draftBounds.turnText}
      dir="auto"
      autoFocus
      value={props.text}
      onChange={({ currentTarget }) => props.onChange(currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        props.onDone()
      }}
    />
  )
}

type RowProps = {
  readonly by: ReactNode
  readonly text: string
  readonly included: boolean
  readonly onText: (text: string) => void
  readonly onIncluded: (included: boolean) => void
}

const Row = ({ by, text, included, onText, onIncluded }: RowProps) => {
  const { t } = useSpeech()
  const [editing, setEditing] = useState(false)
  const action = { variant: 'subtle', color: 'gray', size: 'sm' } as const
  return (
    <Box component="li" className="turn">
      <Group gap={6} wrap="nowrap" justify="space-between" mb={2}>
        <Text fz="xs" c="dimmed" truncate className={included ? '' : 'left-out'}>
          {by}
          {!included && ` · ${t('assistant.turn.isLeftOut')}`}
        </Text>
        <Group gap={2} wrap="nowrap" style={{ flex: 'none' }}>
          {included && (
            <ActionIcon
              {...action}
              aria-label={editing ? t('assistant.turn.done') : t('assistant.turn.edit')}
              onClick={() => setEditing(!editing)}
            >
              {editing ? <IconCheck size={14} /> : <IconPencil size={14} />}
            </ActionIcon>
          )}
          <ActionIcon
            {...action}
            aria-label={included ? t('assistant.turn.leaveOut') : t('assistant.turn.include')}
            onClick={() => {
              setEditing(false)
              onIncluded(!included)
            }}
          >
            {included ? <IconX size={14} /> : <IconPlus size={14} />}
          </ActionIcon>
        </Group>
      </Group>
      {included && editing && <Editor text={text} onChange={onText} onDone={() => setEditing(false)} />}
      {included && !editing && <Quote text={text} />}
    </Box>
  )
}

/** One message of the thread: who, when, the whole text that will be sent, and the means to change it or leave it out. */
export const TurnRow = ({ row, onChange }: { row: SendingTurn; onChange: (row: SendingTurn) => void }) => {
  const { locale } = useSpeech()
  const { turn, included } = row
  const change = (part: Partial<Turn>): void => onChange({ ...row, turn: { ...turn, ...part } })
  const by = (
    <>
      <AuthorChoice author={turn.author} onChange={(author) => change({ author })} />
      {turn.name !== undefined && (
        <Text component="span" inherit fw={600} c="var(--mantine-color-text)" dir="auto">
          {' '}
          {turn.name}
        </Text>
      )}
      {turn.at !== undefined && <span title={turn.at}> · {whenInWords(turn.at, locale)}</span>}
    </>
  )
  return (
    <Row
      by={by}
      text={turn.text}
      included={included}
      onText={(text) => change({ text })}
      onIncluded={(next) => onChange({ ...row, included: next })}
    />
  )
}

type BegunProps = {
  readonly text: string
  readonly included: boolean
  readonly onText: (text: string) => void
  readonly onIncluded: (included: boolean) => void
}

/** What already stands in the reply box: the draft goes on from there. */
export const BegunRow = (props: BegunProps) => {
  const { t } = useSpeech()
  return <Row by={t('assistant.turn.yourBeginning')} {...props} />
}
