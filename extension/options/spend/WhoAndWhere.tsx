import type { Spend } from '../../../shared/spend.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { writeRoute } from '../route.ts'
import { daysIn } from './months.ts'
import { type Share, Shares } from './Shares.tsx'

const receiptsIn = (month: string, filter: Record<string, string>): string => {
  const days = daysIn(month)
  const between = { from: days[0] ?? '', to: days.at(-1) ?? '' }
  return writeRoute('receipts', undefined, new URLSearchParams({ ...filter, ...between }))
}

const membersIn = ({ members, month }: Spend): readonly Share[] =>
  members.map(({ memberId, memberName, settled, receipts }) => ({
    key: memberId,
    name: memberName,
    settled,
    receipts,
    address: receiptsIn(month, { memberId }),
  }))

const channelsIn = ({ channels, month }: Spend, none: string): readonly Share[] =>
  channels.map(({ channelId, channelName, settled, receipts }) => ({
    key: channelId ?? 'none',
    name: channelName ?? none,
    settled,
    receipts,
    address: channelId === null ? undefined : receiptsIn(month, { channelId }),
  }))

/** The month by member and by channel, for who may see everybody's. Without any channel there is nothing to tell apart. */
export const WhoAndWhere = ({ spend }: { spend: Spend }) => {
  const { t } = useSpeech()
  const channels = channelsIn(spend, t('options.spend.noChannel'))
  const hasChannels = spend.channels.some(({ channelId }) => channelId !== null)
  return (
    <>
      {spend.members.length > 0 && (
        <Shares
          title={t('options.spend.byMember')}
          nameOfRow={t('options.receipts.memberId')}
          shares={membersIn(spend)}
          total={spend.settled}
        />
      )}
      {hasChannels && (
        <Shares
          title={t('options.spend.byChannel')}
          nameOfRow={t('options.receipts.channelId')}
          shares={channels}
          total={spend.settled}
        />
      )}
    </>
  )
}
