import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import type { Spend } from '../../../shared/spend.ts'
import { amountInWords, exactAmount } from '../../ui/amounts.ts'
import { raisedInWords } from '../../ui/cap-names.ts'
import { useSpeech } from '../../ui/words/speech.ts'

/** Every digit: a sum of rounded amounts would not add up. */
const Part = ({ amount, children }: { amount: Picodollars; children: ReactNode }) => {
  const { locale } = useSpeech()
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      <Text component="span" inherit fw={600} data-amount>
        {exactAmount(amount, locale)}
      </Text>{' '}
      {children}
    </span>
  )
}

/** Spent, reserved and left are the cap; where it was lowered below what is used, that is said instead. */
const Sum = ({ cap: { limit, settled, held, left } }: { cap: Cap }) => {
  const { t } = useSpeech()
  const isOver = settled + held > limit
  return (
    <Text fz="sm" data-balance>
      <Part amount={settled}>{t('options.spend.balance.settled')}</Part> +{' '}
      <Part amount={held}>{t('options.spend.balance.held')}</Part>{' '}
      {!isOver && (
        <>
          + <Part amount={left}>{t('options.spend.balance.left')}</Part>{' '}
        </>
      )}
      {isOver ? '>' : '='} <Part amount={limit}>{t('options.spend.balance.limit')}</Part>
    </Text>
  )
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <Text fz="xs" c="dimmed">
    {children}
  </Text>
)

/** What was tried out in the month; nothing while nothing was. */
export const TriedOut = ({ amount }: { amount: Picodollars }) => {
  const { t, locale } = useSpeech()
  return amount === 0n ? null : (
    <Quiet>{t('options.spend.playground', { amount: amountInWords(amount, locale) })}</Quiet>
  )
}

/** The cap of the whole workspace as it stands now: what it is made of, what is kept of it, and until when it is raised. */
export const Balance = ({ spend: { cap } }: { spend: Spend }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  return (
    <Stack gap={2} role="group" aria-label={t('options.spend.balance.name')}>
      <Sum cap={cap} />
      {cap.reserve > 0n && (
        <Quiet>{t('options.spend.balance.reserve', { amount: amountInWords(cap.reserve, locale) })}</Quiet>
      )}
      {cap.raised !== null && <Quiet>{raisedInWords(speech, cap, cap.raised)}</Quiet>}
    </Stack>
  )
}
