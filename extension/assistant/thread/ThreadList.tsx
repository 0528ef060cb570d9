import { Box, Text } from '@mantine/core'
import { draftBounds } from '../../../shared/drafts.ts'
import type { Capture } from '../../messages.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { countsOf, type Sending, withTurn } from './sending.ts'
import { BegunRow, TurnRow } from './TurnRow.tsx'

type LeftOut = Capture['leftOut']

const cutInWords = ({ t, locale }: Speech, { turns, characters }: LeftOut): string | undefined => {
  if (turns === 0 && characters === 0) return undefined
  const what =
    turns > 0
      ? t('assistant.sending.cutTurns', { count: turns })
      : t('assistant.sending.cutCharacters', {
          count: characters,
          number: new Intl.NumberFormat(locale).format(characters),
        })
  return t('assistant.sending.cut', { what })
}

type Props = {
  readonly sending: Sending
  readonly leftOut: LeftOut
  readonly onChange: (sending: Sending) => void
}

/** Exactly what will be sent, oldest first, opened at the newest; every message can be changed or left out. */
export const ThreadList = ({ sending, leftOut, onChange }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { characters, tooMuch } = countsOf(sending)
  const cut = cutInWords(speech, leftOut)
  const number = new Intl.NumberFormat(locale)
  return (
    <Box className="scroll from-end">
      <div>
        {tooMuch && (
          <Text role="alert" fz="xs" mb={8} c="var(--ownkey-ink-red)">
            {t('assistant.sending.tooMuch', {
              characters: number.format(characters),
              limit: number.format(draftBounds.allText),
            })}
          </Text>
        )}
        {cut !== undefined && (
          <Text fz="xs" mb={8} c="var(--ownkey-ink-amber)">
            {cut}
          </Text>
        )}
        {sending.subject !== undefined && (
          <Text fz="xs" c="dimmed" mb={8} dir="auto">
            {t('assistant.sending.subject')}: {sending.subject}
          </Text>
        )}
        <Box component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {sending.turns.map((row) => (
            <TurnRow key={row.id} row={row} onChange={(changed) => onChange(withTurn(sending, changed))} />
          ))}
          {sending.begun.trim() !== '' && (
            <BegunRow
              text={sending.begun}
              included={sending.begunIncluded}
              onText={(begun) => onChange({ ...sending, begun })}
              onIncluded={(begunIncluded) => onChange({ ...sending, begunIncluded })}
            />
          )}
        </Box>
      </div>
    </Box>
  )
}
