import { Anchor, Box, Paper, SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Spend } from '../../../shared/spend.ts'
import { Amount } from '../../ui/Amount.tsx'
import { amountInWords } from '../../ui/amounts.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { writeRoute } from '../route.ts'
import { Balance, TriedOut } from './Balance.tsx'
import { perInserted, perReply } from './figures.ts'
import { monthInWords, presentMonth } from './months.ts'

type Figure = {
  readonly name: string
  readonly value: ReactNode
  readonly note: string
  readonly alarming?: boolean
  readonly children?: ReactNode
}

const Card = ({ name, value, note, alarming = false, children }: Figure) => (
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
    {children}
  </Paper>
)

const Overshoot = ({ spend }: { spend: Spend }) => {
  const { t } = useSpeech()
  const note = spend.overshoot === 0n ? t('options.spend.overshootNone') : t('options.spend.overshootSome')
  return (
    <Card name={t('options.spend.overshoot')} value={<Amount amount={spend.overshoot} />} note={note}>
      <Box component="details" fz="xs">
        <summary>{t('options.caps.overshoot.why')}</summary>
        <Text fz="xs" c="dimmed" mt={4}>
          {t('options.spend.overshootAssumption')}
        </Text>
      </Box>
    </Card>
  )
}

const PerInserted = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  const each = perInserted(spend)
  const asked = perReply(spend)
  return (
    <Card
      name={t('options.spend.perInserted')}
      value={each === undefined ? '–' : <Amount amount={each} />}
      note={
        each === undefined
          ? t('options.spend.perInsertedNone')
          : t('options.spend.perInsertedHint', { count: spend.inserted })
      }
    >
      {spend.untold > 0 && (
        <Text fz="xs" c="dimmed" data-untold={spend.untold}>
          {t('options.spend.untold', { count: spend.untold })}
        </Text>
      )}
      {asked !== undefined && (
        <Text fz="xs" c="dimmed">
          {t('options.spend.perReply', { amount: amountInWords(asked, locale) })}
        </Text>
      )}
    </Card>
  )
}

const Spent = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  const { held } = spend.cap
  const isPresent = spend.month === presentMonth(spend)
  const own = spend.whose === 'own' ? t('options.spend.settledOwn') : t('options.spend.settled')
  const heldNote = t('options.spend.heldToo', { amount: amountInWords(held, locale) })
  return (
    <Card
      name={isPresent ? t('options.spend.thisMonth') : monthInWords(spend.month, locale)}
      value={<Amount amount={spend.settled} />}
      note={isPresent && spend.whose === 'everybody' && held > 0n ? heldNote : own}
    />
  )
}

const Left = ({ spend, paused, manages }: Props) => {
  const { t, locale } = useSpeech()
  const { left, limit } = spend.cap
  return (
    <Card
      name={t('options.spend.left')}
      value={<Amount amount={left} />}
      note={t(paused ? 'options.spend.leftPaused' : 'options.spend.leftHint', {
        limit: amountInWords(limit, locale),
      })}
      alarming={paused}
    >
      {manages && (
        <Anchor fz="xs" href={writeRoute('caps')}>
          {t(paused ? 'options.spend.capRaise' : 'options.spend.capChange')}
        </Anchor>
      )}
    </Card>
  )
}

const Replies = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  return (
    <Card
      name={t('options.spend.replies')}
      value={new Intl.NumberFormat(locale).format(spend.replies)}
      note={t('options.spend.repliesHint')}
    />
  )
}

const Estimated = ({ spend }: { spend: Spend }) => {
  const { t, locale } = useSpeech()
  return (
    <Card
      name={t('options.spend.estimates')}
      value={new Intl.NumberFormat(locale).format(spend.estimated)}
      note={spend.estimated === 0 ? t('options.spend.estimatesNone') : t('options.spend.estimatesSome')}
    />
  )
}

type Props = { readonly spend: Spend; readonly paused: boolean; readonly manages: boolean }

/**
 * The four numbers that matter: spent, left, per inserted reply, and how far the cap could be passed at most; then what the cap is made of. A past month has no cap any more: instead
 * how many replies there were, and how many amounts stayed estimates.
 */
export const Numbers = (props: Props) => {
  const { spend } = props
  const isPresent = spend.month === presentMonth(spend)
  return (
    <Stack gap="xs">
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <Spent spend={spend} />
        {isPresent ? <Left {...props} /> : <Replies spend={spend} />}
        <PerInserted spend={spend} />
        {isPresent ? <Overshoot spend={spend} /> : <Estimated spend={spend} />}
      </SimpleGrid>
      {isPresent && <Balance spend={spend} />}
      <TriedOut amount={spend.playground} />
    </Stack>
  )
}
