import { Anchor, Table, Text } from '@mantine/core'
import { memo } from 'react'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { goTo } from '../route.ts'
import { isReply, toldInShort, toldInWords } from './reply/told.ts'

type Props = {
  readonly receipt: ReceiptSummary
  /** Its place in the whole grid; the head is the first. */
  readonly rowIndex: number
  /** Whether it has the grid's one tab stop. */
  readonly current: boolean
  readonly open: boolean
  readonly timeZone: string
  readonly address: string
}

const unusual = (receipt: ReceiptSummary): boolean =>
  receipt.flawed ||
  receipt.certainty !== 'exact' ||
  receipt.outcome === 'failed' ||
  receipt.outcome === 'lost'

const Count = ({ tokens }: { tokens: number | null }) => {
  const { t, locale } = useSpeech()
  if (tokens === null)
    return (
      <Text component="span" inherit c="dimmed" title={t('options.receipts.notMeasured')}>
        –
      </Text>
    )
  return new Intl.NumberFormat(locale).format(tokens)
}

/** One word, the most important; the hover says all. */
const How = ({ receipt }: { receipt: ReceiptSummary }) => {
  const { t } = useSpeech()
  const sure = t(`certainties.${receipt.certainty}.name`)
  if (!unusual(receipt)) return sure
  const outcome = t(`outcomes.${receipt.outcome}`)
  const flaw = receipt.flawed ? [t('options.receipts.doNotAddUp')] : []
  const words = [...flaw, ...(receipt.outcome === 'answered' ? [sure] : [sure, outcome])]
  return (
    <Text component="span" inherit c="var(--ownkey-ink-amber)" title={[...new Set(words)].join(' · ')}>
      {flaw[0] ?? (receipt.certainty === 'exact' ? outcome : sure)}
    </Text>
  )
}

/** The host of a site is what a person calls it; its scheme is in the receipt. */
const hostOf = (site: string): string => site.replace(/^https?:\/\//, '')

/** The site as a person calls it, and the channel that it belongs to. */
const Place = ({ receipt }: { receipt: ReceiptSummary }) => {
  const { t } = useSpeech()
  const { site, channelName } = receipt
  const whole = site ?? t('options.receipts.noSite')
  return (
    <Table.Td title={channelName === null ? whole : `${whole} · ${channelName}`}>
      {site === null ? '–' : hostOf(site)}
    </Table.Td>
  )
}

const Became = ({ receipt }: { receipt: ReceiptSummary }) => {
  const speech = useSpeech()
  const { told } = receipt
  if (!isReply(receipt)) return <Table.Td />
  return (
    <Table.Td title={toldInWords(speech, told)} data-told={told?.outcome ?? 'nothing'}>
      {told === null ? '–' : toldInShort(speech, told)}
    </Table.Td>
  )
}

/** One receipt as a line. Its time is the link; a click anywhere opens it too. */
export const ReceiptRow = memo(({ receipt, rowIndex, current, open, timeZone, address }: Props) => {
  const { t, locale } = useSpeech()
  return (
    <Table.Tr
      data-receipt={receipt.id}
      aria-rowindex={rowIndex}
      {...(open ? { bg: 'var(--mantine-color-accent-light)' } : {})}
      style={{ cursor: 'pointer' }}
      onClick={() => goTo(address)}
    >
      <Table.Td>
        <Anchor
          href={address}
          inherit
          tabIndex={current ? 0 : -1}
          title={exactMoment(receipt.at, locale, timeZone)}
        >
          {momentInWords(receipt.at, locale, timeZone)}
        </Anchor>
      </Table.Td>
      <Table.Td dir="auto" title={receipt.memberName}>
        {receipt.memberName}
      </Table.Td>
      <Place receipt={receipt} />
      <Table.Td title={receipt.modelName}>{receipt.modelName}</Table.Td>
      <Table.Td>{t(`purposes.${receipt.purpose}`)}</Table.Td>
      <Table.Td ta="end">
        <Count tokens={receipt.inputTokens} />
      </Table.Td>
      <Table.Td ta="end">
        <Count tokens={receipt.outputTokens} />
      </Table.Td>
      <Table.Td ta="end">{exactAmount(receipt.settled, locale)}</Table.Td>
      <Table.Td>
        <How receipt={receipt} />
      </Table.Td>
      <Became receipt={receipt} />
    </Table.Tr>
  )
})
