import { Button, Group, Stack, Text } from '@mantine/core'
import type { Key, Rehearsal } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { timeInWords } from '../../moments.ts'
import { ProblemText } from '../../ProblemText.tsx'
import { useDoing } from '../../reading.ts'
import { useSpeech } from '../../words/speech.ts'
import { Done } from '../Done.tsx'
import { ModelFacts } from '../ModelFacts.tsx'
import { ProofCost } from '../ProofCost.tsx'
import { Findings } from './Findings.tsx'
import { findingsOf } from './rehearsal-words.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  readonly rehearsal: Rehearsal
  readonly timeZone: string | undefined
  readonly onReceipt: (receiptId: string) => void
  readonly onSwitched: (card: Key) => void
  /** The vault does not have it any more. */
  readonly onPasteAgain: () => void
  readonly onLeave: () => void
}

const Model = ({ rehearsal }: Pick<Props, 'rehearsal'>) => {
  const { t } = useSpeech()
  return (
    <Stack gap={2}>
      <Text fz="sm">
        {t('rotation.draftsWith')}{' '}
        <Text component="span" inherit fw={600}>
          {rehearsal.model.name}
        </Text>
      </Text>
      <ModelFacts model={rehearsal.model} />
    </Stack>
  )
}

/** What another secret can and cannot do. Nothing has changed yet; nothing does until somebody switches. */
export const Rehearsed = (props: Props) => {
  const { vault, card, rehearsal, timeZone, onReceipt, onSwitched, onPasteAgain, onLeave } = props
  const speech = useSpeech()
  const { t, locale } = speech
  const { version, expiresAt, receiptId } = rehearsal
  const switching = useDoing<void, Key>(() => vault.switchKey(card.id, version), onSwitched)
  const isGone = switching.problem?.slug === 'version-gone'
  return (
    <Stack gap="sm">
      <Done>{t('rotation.rehearsed')}</Done>
      <Model rehearsal={rehearsal} />
      <Findings findings={findingsOf(speech, card.provider, rehearsal)} />
      <ProofCost vault={vault} receiptId={receiptId} what={t('rotation.cost')} onReceipt={onReceipt} />
      {switching.problem !== undefined && <ProblemText problem={switching.problem} />}
      <Group gap="xs">
        {isGone ? (
          <Button onClick={onPasteAgain}>{t('rotation.again')}</Button>
        ) : (
          <Button loading={switching.busy} onClick={() => switching.start()}>
            {t('rotation.switch')}
          </Button>
        )}
        <Button variant="default" onClick={onLeave}>
          {t('rotation.notNow')}
        </Button>
      </Group>
      <Text fz="xs" c="dimmed">
        {t('rotation.until', { time: timeInWords(expiresAt, locale, timeZone) })}
      </Text>
    </Stack>
  )
}
