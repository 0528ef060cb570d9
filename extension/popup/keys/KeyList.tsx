import { Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { KeyList as AllKeys } from '../../../shared/keys.ts'
import { keyName } from '../../ui/keys/key-names.ts'
import { useKeyList } from '../../ui/keys/keys.ts'
import { connectedOf, rankOf } from '../../ui/keys/places.ts'
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

const Deeds = ({ go }: { go: Go }) => {
  const { t } = useSpeech()
  const { surroundings } = useParts()
  return (
    <Group gap="md" justify="space-between">
      <QuietButton onClick={() => go({ view: 'connect' })}>
        <Group gap={4} component="span">
          <IconPlus size={14} aria-hidden /> {t('popup.keys.connect')}
        </Group>
      </QuietButton>
      <QuietButton onClick={() => surroundings.openOptions('/keys')}>{t('popup.keys.order')}</QuietButton>
    </Group>
  )
}

const Cards = ({ list, go }: { list: AllKeys; go: Go }) => {
  const speech = useSpeech()
  const { vault } = useParts()
  const first = useDoing(
    (id: string) => vault.changeKey(id, { primary: true }),
    () => undefined,
  )
  return (
    <Stack gap="xs">
      {list.keys.map((key) => (
        <KeyCard
          key={key.id}
          card={key}
          rank={rankOf(key, list)}
          name={keyName(speech, key, list.keys)}
          go={go}
          onUseFirst={first.start}
        />
      ))}
      {first.problem !== undefined && <ProblemText problem={first.problem} />}
      <Deeds go={go} />
    </Stack>
  )
}

/** The workspace's keys, for owners and admins: those that answer first, then those that stand in, then the others. */
export const KeyList = ({ go }: { go: Go }) => (
  <Loaded reading={useKeyList(useParts().vault)} skeleton={<Skeleton height={40} />}>
    {(list) => {
      const keys = [...connectedOf(list.keys)]
      return keys.length === 0 ? <FirstKey go={go} /> : <Cards list={{ ...list, keys }} go={go} />
    }}
  </Loaded>
)
