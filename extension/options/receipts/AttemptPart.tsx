import { Paper, Stack, Text, Title } from '@mantine/core'
import type { Attempt } from '../../../shared/receipts.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { exactMoment } from '../../ui/moments.ts'
import { failureInWords } from '../../ui/problem-sentences.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Contradiction } from './charge/Contradiction.tsx'
import { CopyCharge } from './charge/CopyCharge.tsx'
import { factorsInWords } from './charge/explanation.ts'
import { OverHold } from './charge/OverHold.tsx'
import { meaningInWords, priceInWords } from './charge/price.ts'
import { Reported } from './charge/Reported.tsx'
import { Fact } from './Fact.tsx'
import { Formula } from './Formula.tsx'

type Props = { readonly attempt: Attempt; readonly timeZone: string | undefined }

const Failure = ({ attempt }: { attempt: Attempt }) => {
  const speech = useSpeech()
  if (attempt.failure === null) return null
  return (
    <Text fz="sm" c="var(--ownkey-ink-amber)">
      {failureInWords(speech, attempt.provider, attempt.failure).happened}
    </Text>
  )
}

const Money = ({ attempt }: { attempt: Attempt }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  return (
    <>
      <Fact name={t('options.receipt.settled')}>
        <strong>{exactAmount(attempt.settled, locale)}</strong>
      </Fact>
      {attempt.likely !== null && (
        <Fact name={t('options.receipt.likely')}>{exactAmount(attempt.likely, locale)}</Fact>
      )}
      <Fact name={t('options.receipt.reserved')}>{exactAmount(attempt.held, locale)}</Fact>
      <Fact name={t('options.receipt.certainty')}>
        {t(`certainties.${attempt.certainty}.name`)}
        <Text component="span" display="block" fz="xs" c="dimmed">
          {meaningInWords(speech, attempt)}
        </Text>
      </Fact>
    </>
  )
}

const optional = (value: string | null, otherwise: string): string => value ?? otherwise

const Call = ({ attempt, timeZone }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const unknown = t('options.receipt.unknown')
  return (
    <>
      <Fact name={t('options.receipt.outcome')}>{t(`outcomes.${attempt.outcome}`)}</Fact>
      <Fact name={t('options.receipt.model')}>{attempt.model}</Fact>
      <Fact name={t('options.receipt.key')}>
        {t('options.receipt.keyVersion', { label: attempt.keyLabel, version: attempt.keyVersion })}
      </Fact>
      <Fact name={t('options.receipt.baseAddress')}>{attempt.baseAddress}</Fact>
      <Fact name={t('options.receipt.tier')}>{optional(attempt.tier, unknown)}</Fact>
      {attempt.region !== null && <Fact name={t('options.receipt.region')}>{attempt.region}</Fact>}
      {attempt.multiplier !== null && (
        <Fact name={t('options.receipt.multiplier')}>
          {t('options.receipt.times', { multiplier: attempt.multiplier })}
        </Fact>
      )}
      <Fact name={t('options.receipt.priceSource')}>
        {priceInWords(speech, attempt.price)}
        <Text component="span" display="block" fz="xs" c="dimmed" dir="ltr">
          {attempt.price.id}
        </Text>
      </Fact>
      <Fact name={t('options.receipt.providerRequest')}>{optional(attempt.providerRequestId, unknown)}</Fact>
      <Fact name={t('options.receipt.began')}>{exactMoment(attempt.startedAt, locale, timeZone)}</Fact>
      {attempt.endedAt !== null && (
        <Fact name={t('options.receipt.ended')}>{exactMoment(attempt.endedAt, locale, timeZone)}</Fact>
      )}
    </>
  )
}

const Factors = ({ attempt }: { attempt: Attempt }) => {
  const speech = useSpeech()
  return factorsInWords(speech, attempt).map((sentence) => (
    <Text key={sentence} fz="xs" c="dimmed">
      {sentence}
    </Text>
  ))
}

/** One provider call of a receipt: the formula, what it cost, where it went, by which price. */
export const AttemptPart = ({ attempt, timeZone }: Props) => {
  const { t } = useSpeech()
  return (
    <Paper withBorder p="md" component="section">
      <Stack gap="sm">
        <Title order={3} fz="sm">
          {t('options.receipt.attempt', { number: attempt.number })} · {t(`providers.${attempt.provider}`)} ·{' '}
          {attempt.modelName}
        </Title>
        <Failure attempt={attempt} />
        <Contradiction flaw={attempt.flaw} />
        <OverHold attempt={attempt} />
        {attempt.lines.length > 0 ? (
          <Formula attempt={attempt} />
        ) : (
          <Text fz="sm" c="dimmed">
            {t('options.receipt.noLines')}
          </Text>
        )}
        <Factors attempt={attempt} />
        <Stack component="dl" gap={4} m={0}>
          <Money attempt={attempt} />
          <Call attempt={attempt} timeZone={timeZone} />
        </Stack>
        <Reported usage={attempt.rawUsage} />
        <CopyCharge attempt={attempt} timeZone={timeZone} />
      </Stack>
    </Paper>
  )
}
