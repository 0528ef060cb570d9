import { Anchor, Box, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import type { Receipt } from '../../../shared/receipts.ts'
import { countInWords, exactAmount } from '../../ui/amounts.ts'
import { SpokenDraft } from '../../ui/drafts/SpokenDraft.tsx'
import { isBusy, receiptOf, type Version } from '../../ui/drafts/version.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { writeRoute } from '../route.ts'
import { tookInWords } from './took.ts'

const factsOf = ({ t, locale }: Speech, receipt: Receipt): readonly string[] => {
  const { inputTokens, outputTokens, modelName } = receipt
  const took = tookInWords(receipt, locale)
  const tokens =
    inputTokens === null || outputTokens === null
      ? t('assistant.receipt.unmeasured')
      : t('assistant.receipt.tokens', {
          input: countInWords(inputTokens, locale),
          output: countInWords(outputTokens, locale),
        })
  return [modelName, tokens, ...(took === undefined ? [] : [took])]
}

/** What it cost, exactly, with the way to the receipt, and how long it took. */
const Cost = ({ receipt, label }: { receipt: Receipt; label: string | null }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const amount = exactAmount(receipt.settled, locale)
  return (
    <Group gap={8} fz="sm" c="dimmed" data-receipt={receipt.id}>
      <Anchor inherit fw={600} href={writeRoute('receipts', receipt.id)} target="_blank" rel="noopener">
        {receipt.certainty === 'exact' ? amount : t('assistant.receipt.atMost', { amount })}
      </Anchor>
      <ProviderLabel label={label} />
      <Text component="span" inherit>
        {factsOf(speech, receipt).join(' · ')}
      </Text>
    </Group>
  )
}

const noteOf = ({ t }: Speech, { progress, text }: Version): string | undefined => {
  if (progress.state === 'stopped') return t('options.playground.stopped')
  if (progress.state !== 'whole') return undefined
  if (text.trim() === '') return t('assistant.draft.empty')
  return progress.receipt.outcome === 'limit' ? t('problems.output-limit.happened') : undefined
}

/** What has to be said about an answer that is not simply whole. What had come stays above it. */
const Note = ({ version }: { version: Version }) => {
  const speech = useSpeech()
  const { progress } = version
  if (progress.state === 'failed') return <ProblemText problem={progress.problem} />
  const note = noteOf(speech, version)
  return note === undefined ? null : (
    <Text fz="sm" c="dimmed">
      {note}
    </Text>
  )
}

const Words = ({ version }: { version: Version }) => {
  const { text } = version
  if (text === '')
    return isBusy(version) ? (
      <Stack gap={10} className="late" aria-hidden>
        <Skeleton h={10} w="92%" />
        <Skeleton h={10} w="84%" />
        <Skeleton h={10} w="60%" />
      </Stack>
    ) : null
  return (
    <Text
      fz="sm"
      lh={1.55}
      dir="auto"
      data-answer
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {text}
    </Text>
  )
}

const deedOf = ({ progress }: Version): 'asking' | 'waiting' | 'waitingForRoom' | 'writing' => {
  if (progress.state === 'waiting') return progress.reason === 'cap-held' ? 'waitingForRoom' : 'waiting'
  return progress.state === 'asking' ? 'asking' : 'writing'
}

/** Stop while it is written, which has the focus that the pressed button lost; then Copy. */
const Deeds = ({ version, onStop }: { version: Version; onStop: () => void }) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  const button = useRef<HTMLButtonElement>(null)
  const busy = isBusy(version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the change of state takes a button away
  useEffect(() => {
    if (document.activeElement?.matches('body, :disabled') === true) button.current?.focus()
  }, [busy])
  if (busy)
    return (
      <Group gap="sm">
        <Button ref={button} size="xs" variant="default" onClick={onStop}>
          {t('assistant.draft.stop')}
        </Button>
        <Text fz="sm" c="dimmed">
          {t(`assistant.draft.${deedOf(version)}`)}
        </Text>
      </Group>
    )
  return version.text === '' ? null : (
    <Group>
      <Button ref={button} size="xs" variant="default" onClick={() => clipboard.copy(version.text)}>
        {clipboard.copied ? t('common.copied') : t('common.copy')}
      </Button>
    </Group>
  )
}

type Props = {
  readonly version: Version | undefined
  readonly label: string | null
  readonly onStop: () => void
}

/** What the model answered: as it is written, then whole, stopped or as far as it came; always text, never markup. */
export const Answer = ({ version, label, onStop }: Props) => {
  const { t } = useSpeech()
  const receipt = version === undefined ? undefined : receiptOf(version)
  return (
    <Section title={t('options.playground.answer')}>
      {version === undefined ? (
        <Text fz="sm" c="dimmed">
          {t('options.playground.empty')}
        </Text>
      ) : (
        <Box data-trial={version.progress.state}>
          <Stack gap="md">
            <Words version={version} />
            <Note version={version} />
            <Deeds version={version} onStop={onStop} />
            {receipt !== undefined && <Cost receipt={receipt} label={label} />}
            <SpokenDraft version={version} />
          </Stack>
        </Box>
      )}
    </Section>
  )
}
