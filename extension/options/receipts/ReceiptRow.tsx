import { IconArrowsExchange, IconFlagFilled } from '@tabler/icons-react'
import { memo } from 'react'
import type { ReceiptSummary } from '../../../shared/receipts.ts'
import { countInWords, exactAmount } from '../../ui/amounts.ts'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { goTo } from '../route.ts'
import layout from './receipts.module.css'
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

const countCell = ({ t, locale }: Speech, tokens: number | null) =>
  tokens === null ? (
    <td className={layout.unknown} title={t('options.receipts.notMeasured')}>
      –
    </td>
  ) : (
    <td className={layout.number}>{countInWords(tokens, locale)}</td>
  )

/** One word, the most important; the hover says all. */
const statusCell = ({ t }: Speech, receipt: ReceiptSummary) => {
  const sure = t(`certainties.${receipt.certainty}.name`)
  if (!unusual(receipt)) return <td>{sure}</td>
  const outcome = t(`outcomes.${receipt.outcome}`)
  const flaw = receipt.flawed ? [t('options.receipts.doNotAddUp')] : []
  const words = [...flaw, ...(receipt.outcome === 'answered' ? [sure] : [sure, outcome])]
  return (
    <td className={layout.unusual} title={[...new Set(words)].join(' · ')}>
      {flaw[0] ?? (receipt.certainty === 'exact' ? outcome : sure)}
    </td>
  )
}

/** What it was for, with a flag where somebody marked it urgent. */
const purposeCell = ({ t }: Speech, { purpose, urgentBy }: ReceiptSummary) => {
  if (urgentBy === null) return <td>{t(`purposes.${purpose}`)}</td>
  const marked = t('assistant.receipt.urgentBy', { name: urgentBy.name })
  return (
    <td title={marked} data-urgent>
      {t(`purposes.${purpose}`)}{' '}
      <IconFlagFilled
        role="img"
        size={11}
        color="var(--ownkey-ink-amber)"
        aria-label={t('options.receipts.markedUrgent')}
      />
    </td>
  )
}

/** Who answered, with a mark where somebody else was asked before. */
const modelCell = ({ t }: Speech, { modelName, fellBack }: ReceiptSummary) => {
  if (!fellBack) return <td title={modelName}>{modelName}</td>
  const marked = t('options.receipts.neededBackup')
  return (
    <td title={`${modelName} · ${marked}`} data-fell-back>
      <IconArrowsExchange role="img" size={14} color="var(--ownkey-ink-amber)" aria-label={marked} />{' '}
      {modelName}
    </td>
  )
}

/** The host of a site is what a person calls it; its scheme is in the receipt. */
const hostOf = (site: string): string => site.replace(/^https?:\/\//, '')

/** The site as a person calls it; the hover has the channel that it belongs to. */
const placeCell = ({ t }: Speech, { site, channelName }: ReceiptSummary) => {
  const whole = site ?? t('options.receipts.noSite')
  return (
    <td title={channelName === null ? whole : `${whole} · ${channelName}`}>
      {site === null ? '–' : hostOf(site)}
    </td>
  )
}

const becameCell = (speech: Speech, receipt: ReceiptSummary) => {
  const { told } = receipt
  if (!isReply(receipt)) return <td />
  return (
    <td title={toldInWords(speech, told)} data-told={told?.outcome ?? 'nothing'}>
      {told === null ? '–' : toldInShort(speech, told)}
    </td>
  )
}

/**
 * One receipt as a line. Its time is the link; a click anywhere opens it too. Plain cells: dozens of lines are drawn anew at each turn of the
 * wheel, and a cell of the library costs several times as much.
 */
export const ReceiptRow = memo(({ receipt, rowIndex, current, open, timeZone, address }: Props) => {
  const speech = useSpeech()
  const { locale } = speech
  return (
    <tr
      className={layout.row}
      data-receipt={receipt.id}
      data-open={open}
      aria-rowindex={rowIndex}
      onClick={() => goTo(address)}
    >
      <td>
        <a
          className={`mantine-focus-auto ${layout.link}`}
          href={address}
          tabIndex={current ? 0 : -1}
          title={exactMoment(receipt.at, locale, timeZone)}
        >
          {momentInWords(receipt.at, locale, timeZone)}
        </a>
      </td>
      <td dir="auto" title={receipt.memberName}>
        {receipt.memberName}
      </td>
      {placeCell(speech, receipt)}
      {modelCell(speech, receipt)}
      {purposeCell(speech, receipt)}
      {countCell(speech, receipt.inputTokens)}
      {countCell(speech, receipt.outputTokens)}
      <td className={layout.number}>{exactAmount(receipt.settled, locale)}</td>
      {statusCell(speech, receipt)}
      {becameCell(speech, receipt)}
    </tr>
  )
})
