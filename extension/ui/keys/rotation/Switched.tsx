import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Key } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { timeInWords } from '../../moments.ts'
import { ProblemText } from '../../ProblemText.tsx'
import { useDoing } from '../../reading.ts'
import { useSpeech } from '../../words/speech.ts'
import { Done } from '../Done.tsx'

type Props = {
  readonly vault: Vault
  readonly card: Key
  /** The version to which one click returns. */
  readonly former: number
  readonly timeZone: string | undefined
  readonly onClose: () => void
}

type BackProps = { readonly until: string; readonly onClose: () => void }

const WentBack = ({ until, onClose }: BackProps) => {
  const { t } = useSpeech()
  return (
    <Stack gap="sm">
      <Done>{t('rotation.wentBack')}</Done>
      {until !== '' && <Text fz="sm">{t('rotation.wentBackHint', { time: until })}</Text>}
      <Group>
        <Button onClick={onClose}>{t('rotation.ready')}</Button>
      </Group>
    </Stack>
  )
}

/** After the switch: what goes on, and the way back for as long as there is one. */
export const Switched = ({ vault, card, former, timeZone, onClose }: Props) => {
  const { t, locale } = useSpeech()
  const [back, setBack] = useState<Key>()
  const returning = useDoing<void, Key>(() => vault.switchKey(card.id, former), setBack)
  const timeOf = (key: Key): string =>
    key.former === null ? '' : timeInWords(key.former.until, locale, timeZone)
  if (back !== undefined) return <WentBack until={timeOf(back)} onClose={onClose} />
  const provider = t(`providers.${card.provider}`)
  return (
    <Stack gap="sm">
      <Done>{t('rotation.switched')}</Done>
      <Text fz="sm">{t('rotation.inFlight')}</Text>
      {card.former !== null && <Text fz="sm">{t('rotation.revoke', { time: timeOf(card), provider })}</Text>}
      {returning.problem !== undefined && <ProblemText problem={returning.problem} />}
      <Group gap="xs">
        <Button onClick={onClose}>{t('rotation.ready')}</Button>
        {card.former !== null && (
          <Button variant="default" loading={returning.busy} onClick={() => returning.start()}>
            {t('rotation.goBack')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
