import { Button, Table, Text, VisuallyHidden } from '@mantine/core'
import type { ModelPrice } from '../../../../shared/books/prices.ts'
import { dateInWords, exactMoment } from '../../../ui/moments.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { listInWords, termsInWords } from './terms.ts'

type Props = {
  readonly prices: readonly ModelPrice[]
  readonly timeZone: string
  readonly onChange: (price: ModelPrice) => void
}

const Own = ({ price }: { price: ModelPrice }) => {
  const speech = useSpeech()
  const [current] = price.own
  if (current === undefined || current.terms.kind === 'list') return '–'
  return termsInWords(speech, current.terms, price.list !== null)
}

const Since = ({ price, timeZone }: { price: ModelPrice; timeZone: string }) => {
  const { t, locale } = useSpeech()
  const [current] = price.own
  if (current === undefined) return '–'
  const day = dateInWords(current.setAt, locale, timeZone)
  return (
    <span title={exactMoment(current.setAt, locale, timeZone)}>
      {t('options.prices.setBy', { day, name: current.setBy })}
    </span>
  )
}

const PriceRow = ({ price, timeZone, onChange }: Omit<Props, 'prices'> & { readonly price: ModelPrice }) => {
  const speech = useSpeech()
  const { t } = speech
  return (
    <Table.Tr data-price={price.model} style={{ verticalAlign: 'top' }}>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        {price.modelName}
        <Text fz="xs" c="dimmed">
          {[t(`providers.${price.provider}`), ...(price.inUse ? [t('options.prices.inUse')] : [])].join(
            ' · ',
          )}
        </Text>
      </Table.Td>
      <Table.Td ta="end">{listInWords(speech, price)}</Table.Td>
      <Table.Td ta="end" fw={600}>
        <Own price={price} />
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>
        <Since price={price} timeZone={timeZone} />
      </Table.Td>
      <Table.Td ta="end">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('options.prices.changeOf', { model: price.modelName })}
          onClick={() => onChange(price)}
        >
          {t('options.prices.change')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

/** What models cost: the list, what an admin set instead, since when and by whom. */
export const PriceTable = ({ prices, ...rest }: Props) => {
  const { t } = useSpeech()
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table verticalSpacing={6} horizontalSpacing={8} fz="sm" aria-label={t('options.prices.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.prices.model')}</Table.Th>
            <Table.Th ta="end">{t('options.prices.listed')}</Table.Th>
            <Table.Th ta="end">{t('options.prices.own')}</Table.Th>
            <Table.Th>{t('options.prices.since')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('options.prices.change')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {prices.map((price) => (
            <PriceRow key={`${price.provider}/${price.model}`} price={price} {...rest} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
