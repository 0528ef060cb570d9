import { Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Spend } from '../../../shared/spend.ts'
import { Amount } from '../../ui/Amount.tsx'
import { amountInWords } from '../../ui/amounts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { perReply } from './figures.ts'

type Figure = {
  readonly name: string
  readonly value: ReactNode
  readonly note: string
  readonly alarming?: boolean
}

const Card = ({ name, value, note, alarming = false }: Figure) => (
  <Paper withBorder p="md" component="section" aria-label={name}>
    <Text fz="xs" c="dimmed">
      {name}
    </Text>
    <Text fz={24} fw={600} lh={1.3}>
      {value}
    </Text>
    <Text fz="xs" c={alarming ? 'var(--ownkey-ink-red)' : 'dimmed'}>
      {note}
    </Text>
  </Paper>
)

const Overshoot = ({ spend }: { spend: Spend }) => {
  const { t } = useSpeech()
  const note = spend.overshoot === 0n ? t('options.spend.overshootNone') : t('options.spend.overshootSome')
  return <Card name={t('options.spend.overshoot')} value={<Amount amount={spend.overshoot} />} note={note} />
}

/** The four numbers that matter: spent, left, per reply, and how far the cap could be passed at most. */
export const Numbers = ({ spend, paused }: { spend: Spend; paused: boolean }) => {
  const { t, locale } = useSpeech()
  const each = perReply(spend)
  const { settled, held, left, limit } = spend.cap
  const heldNote = t('options.spend.heldToo', { amount: amountInWords(held, locale) })
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Card
          name={t('options.spend.thisMonth')}
          value={<Amount amount={settled} />}
          note={held > 0n ? heldNote : t('options.spend.settled')}
        />
        <Card
          name={t('options.spend.left')}
          value={<Amount amount={left} />}
          note={t(paused ? 'options.spend.leftPaused' : 'options.spend.leftHint', {
            limit: amountInWords(limit, locale),
          })}
          alarming={paused}
        />
        <Card
          name={t('options.spend.perReply')}
          value={each === undefined ? '–' : <Amount amount={each} />}
          note={
            each === undefined
              ? t('options.spend.perReplyNone')
              : t('options.spend.perReplyHint', { count: spend.replies })
          }
        />
        <Overshoot spend={spend} />
      </SimpleGrid>
      <Text fz="xs" c="dimmed">
        {t('options.spend.overshootAssumption')}
      </Text>
    </Stack>
  )
}
