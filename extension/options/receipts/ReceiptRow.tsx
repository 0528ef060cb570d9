import { Anchor, Table, Text } from '@mantine/core'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { goTo } from '../route.ts'

type Props = {
  readonly receipt: ReceiptSummary
  readonly open: boolean
  readonly timeZone: string | undefined
  readonly address: string
}

const unusual = (receipt: ReceiptSummary): boolean =>
  receipt.certainty !== 'exact' || receipt.outcome === 'failed' || receipt.outcome === 'lost'

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
  const words = receipt.outcome === 'answered' ? [sure] : [sure, outcome]
  return (
    <Text component="span" inherit c="var(--ownkey-ink-amber)" title={[...new Set(words)].join(' · ')}>
      {receipt.certainty === 'exact' ? outcome : sure}
    </Text>
  )
}

/** The host of a site is what a person calls it; its scheme is in the receipt. */
const hostOf = (site: string): string => site.replace(/^https?:\/\//, '')

/** One receipt as a line. Its time is the link; a click anywhere opens it too. */
export const ReceiptRow = ({ receipt, open, timeZone, address }: Props) => {
  const { t, locale } = useSpeech()
  const time = momentInWords(receipt.at, locale, timeZone)
  return (
    <Table.Tr
      data-receipt={receipt.id}
      {...(open ? { bg: 'var(--mantine-color-accent-light)' } : {})}
      style={{ cursor: 'pointer' }}
      onClick={() => goTo(address)}
    >
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <Anchor href={address} inherit title={exactMoment(receipt.at, locale, timeZone)}>
          {time}
        </Anchor>
      </Table.Td>
      <Table.Td maw={140}>
        <Text component="div" inherit truncate dir="auto" title={receipt.memberName}>
          {receipt.memberName}
        </Text>
      </Table.Td>
      <Table.Td maw={160}>
        <Text component="div" inherit truncate title={receipt.site ?? t('options.receipts.noSite')}>
          {receipt.site === null ? '–' : hostOf(receipt.site)}
        </Text>
      </Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>{receipt.modelName}</Table.Td>
      <Table.Td>{t(`purposes.${receipt.purpose}`)}</Table.Td>
      <Table.Td ta="end">
        <Count tokens={receipt.inputTokens} />
      </Table.Td>
      <Table.Td ta="end">
        <Count tokens={receipt.outputTokens} />
      </Table.Td>
      <Table.Td ta="end">{exactAmount(receipt.settled, locale)}</Table.Td>
      <Table.Td style={{ whiteSpace: 'nowrap' }}>
        <How receipt={receipt} />
      </Table.Td>
    </Table.Tr>
  )
}
