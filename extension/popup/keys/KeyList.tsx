import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { Key } from '../../../shared/keys.ts'
import { rankOf, unconnected, useKeys } from '../../ui/keys/keys.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import type { Go } from '../view.ts'
import { KeyCard } from './KeyCard.tsx'

const FirstKey = ({ go }: { go: Go }) => {
  const { t } = useSpeech()
  return <Button onClick={() => go({ view: 'connect' })}>{t('popup.keys.connect')}</Button>
}

const Cards = ({ keys, go }: { keys: readonly Key[]; go: Go }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const first = useDoing(
    (id: string) => vault.changeKey(id, { primary: true }),
    () => undefined,
  )
  return (
    <Stack gap="xs">
      {keys.map((key) => (
        <KeyCard key={key.id} card={key} rank={rankOf(key, keys)} go={go} onUseFirst={first.start} />
      ))}
      {first.problem !== undefined && <ProblemText problem={first.problem} />}
      {unconnected(keys).length > 0 && (
        <QuietButton onClick={() => go({ view: 'connect' })}>
          <Group gap={4} component="span">
            <IconPlus size={14} aria-hidden /> {t('popup.keys.connect')}
          </Group>
        </QuietButton>
      )}
    </Stack>
  )
}

/** The workspace's keys, for owners and admins. */
export const KeyList = ({ go }: { go: Go }) => (
  <Loaded reading={useKeys(useParts().vault)} skeleton={<Skeleton height={40} />}>
    {(keys) => {
      const connected = keys.filter((key) => key.connected)
      return connected.length === 0 ? <FirstKey go={go} /> : <Cards keys={connected} go={go} />
    }}
  </Loaded>
)
