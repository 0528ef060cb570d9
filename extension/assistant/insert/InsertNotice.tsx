import { Group, Text } from '@mantine/core'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { ArmedButton } from '../session/Arming.tsx'
import type { Inserting, InsertState } from './inserting.ts'

const silent: readonly InsertState['state'][] = ['idle', 'working', 'copied']
const fine: readonly InsertState['state'][] = ['inserted']

const useSentence = (state: InsertState['state']): string => {
  const { t } = useSpeech()
  switch (state) {
    case 'inserted':
      return t('assistant.insert.inserted')
    case 'blocked':
      return t('assistant.insert.blocked')
    case 'moved':
      return t('assistant.insert.moved')
    case 'no-box':
      return t('assistant.insert.noBox')
    case 'copy-failed':
      return t('assistant.insert.copyFailed')
    case 'unseen':
      return t('assistant.insert.unseen')
    case 'copied':
      return t('assistant.insert.copied')
    case 'idle':
    case 'working':
      return ''
  }
}

/** Says what became of an insertion. The live region is always there, so that a screen reader hears what appears in it. */
export const InsertNotice = ({ inserting, text }: { inserting: Inserting; text: string }) => {
  const { t } = useSpeech()
  const { state } = inserting
  const sentence = useSentence(state)
  const shown = !silent.includes(state)
  return (
    <div role="status" {...(shown ? { className: 'notice', 'data-insert': state } : { className: 'spoken' })}>
      {sentence !== '' && (
        <Text fz="sm" c={fine.includes(state) ? 'dimmed' : 'var(--ownkey-ink-amber)'}>
          {sentence}
        </Text>
      )}
      {state === 'moved' && (
        <Group gap={12} mt={4}>
          <ArmedButton size="compact-xs" variant="default" onPress={() => inserting.insert(text, true)}>
            {t('assistant.insert.anyway')}
          </ArmedButton>
          <QuietButton onClick={inserting.dismiss}>{t('assistant.insert.cancel')}</QuietButton>
        </Group>
      )}
    </div>
  )
}
