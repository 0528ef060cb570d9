import { Anchor, Box, Text } from '@mantine/core'
import type { Receipt } from '../../../shared/receipts.ts'
import { amountInWords, exactAmount } from '../../ui/amounts.ts'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'

const ONE_LINE = 20
/** With the label of a provider that is not the real one. */
const TWO_LINES = 40

const Tokens = ({ receipt }: { receipt: Receipt }) => {
  const { t, locale } = useSpeech()
  const { inputTokens, outputTokens } = receipt
  if (inputTokens === null || outputTokens === null) return t('assistant.receipt.unmeasured')
  const number = new Intl.NumberFormat(locale)
  return t('assistant.receipt.tokens', {
    input: number.format(inputTokens),
    output: number.format(outputTokens),
  })
}

const Dollars = ({ receipt }: { receipt: Receipt }) => {
  const { t, locale } = useSpeech()
  const amount = amountInWords(receipt.settled, locale)
  return (
    <Text
      component="span"
      inherit
      fw={600}
      c="var(--mantine-color-text)"
      title={exactAmount(receipt.settled, locale)}
    >
      {receipt.certainty === 'exact' ? amount : t('assistant.receipt.atMost', { amount })}
    </Text>
  )
}

/** The provider was asked and charged nothing: there are no tokens to tell. */
const isFree = ({ settled, inputTokens }: Receipt): boolean => settled === 0n && inputTokens === null

const Charge = ({ receipt, label }: { receipt: Receipt; label: string | null }) => (
  <>
    <span>
      <Tokens receipt={receipt} />
    </span>
    <span>
      <Dollars receipt={receipt} /> <ProviderLabel label={label} />
    </span>
  </>
)

/** Model, tokens, dollars, and the way to the whole receipt. Keeps its space while there is none yet. */
export const ReceiptLine = ({ receipt, label }: { receipt: Receipt | undefined; label: string | null }) => {
  const { t } = useSpeech()
  const { receiptAddress } = useParts()
  const space = label === null ? ONE_LINE : TWO_LINES
  if (receipt === undefined) return <Box mih={space} />
  return (
    <Box className="facts" mih={space} fz="xs" c="dimmed" data-receipt={receipt.id}>
      <div>
        <span>{receipt.modelName}</span>
        {isFree(receipt) ? (
          <span>{t('assistant.receipt.none')}</span>
        ) : (
          <Charge receipt={receipt} label={label} />
        )}
        {receipt.urgentBy !== null && (
          <span>{t('assistant.receipt.urgentBy', { name: receipt.urgentBy.name })}</span>
        )}
        <span>
          <Anchor inherit href={receiptAddress(receipt.id)} target="_blank" rel="noopener">
            {t('assistant.receipt.open')}
          </Anchor>
        </span>
      </div>
    </Box>
  )
}
