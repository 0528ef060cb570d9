import { Group, Stack, Text } from '@mantine/core'
import { IconCheck, IconClock, IconX } from '@tabler/icons-react'
import type { Delivery } from '../../../shared/books/alerts.ts'
import { deliveryInWords } from '../../ui/alerts/sentences.ts'
import { useSpeech } from '../../ui/words/speech.ts'

const signs = {
  delivered: { Sign: IconCheck, ink: 'var(--mantine-color-dimmed)' },
  waiting: { Sign: IconClock, ink: 'var(--ownkey-ink-amber)' },
  'given-up': { Sign: IconX, ink: 'var(--ownkey-ink-red)' },
} as const

type Props = { readonly deliveries: readonly Delivery[]; readonly timeZone: string | undefined }

const Line = ({ delivery, timeZone }: { delivery: Delivery; timeZone: string | undefined }) => {
  const speech = useSpeech()
  const { via, to, state } = delivery
  const { Sign, ink } = signs[state]
  return (
    <Group component="li" gap={6} wrap="nowrap" align="flex-start" fz="xs" data-delivery={state}>
      <Sign size={14} color={ink} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
      <Text component="span" inherit miw={0} style={{ overflowWrap: 'anywhere' }}>
        {speech.t(`alerts.via.${via}`)} <bdi dir="auto">{to}</bdi>:{' '}
        <Text component="span" inherit c={ink}>
          {deliveryInWords(speech, delivery, timeZone)}
        </Text>
      </Text>
    </Group>
  )
}

/** Whom an alert went to and what became of it; nothing where it went nowhere. */
export const Deliveries = ({ deliveries, timeZone }: Props) => {
  const { t } = useSpeech()
  if (deliveries.length === 0)
    return (
      <Text fz="xs" c="dimmed">
        {t('options.alerts.list.here')}
      </Text>
    )
  return (
    <Stack component="ul" gap={2} m={0} p={0} style={{ listStyle: 'none' }}>
      {deliveries.map((delivery) => (
        <Line key={`${delivery.via} ${delivery.to}`} delivery={delivery} timeZone={timeZone} />
      ))}
    </Stack>
  )
}
