import { Text } from '@mantine/core'
import { type Picodollars, pico } from '../../shared/money.ts'
import type { Spend } from '../../shared/spend.ts'
import { Amount } from '../ui/Amount.tsx'
import { useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'

const perReply = ({ replies, replyCost }: Spend): Picodollars | undefined =>
  replies === 0 ? undefined : pico(replyCost / BigInt(replies))

const MonthLine = ({ spend }: { spend: Spend }) => {
  const { t } = useSpeech()
  const each = perReply(spend)
  return (
    <>
      {t('popup.month.name')}: {t('popup.month.replies', { count: spend.replies })}
      {each !== undefined && (
        <>
          {' · '}
          <Amount amount={each} /> {t('popup.month.each')}
        </>
      )}
    </>
  )
}

/** How many replies this month had and what one costs. Its line is kept free while it loads. */
export const Month = () => {
  const { vault } = useParts()
  const spend = useReading(['spend'], () => vault.spend())
  return (
    <Text fz="xs" c="dimmed" mih={19}>
      {spend.state === 'ready' && <MonthLine spend={spend.value} />}
    </Text>
  )
}
