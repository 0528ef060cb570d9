import { Group, Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { ModelPrice } from '../../../../shared/books/prices.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Loaded } from '../../../ui/Loaded.tsx'
import { QuietButton } from '../../../ui/QuietButton.tsx'
import { useReading } from '../../../ui/reading.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { Section } from '../../frame/Section.tsx'
import { useSaved } from '../../frame/saved.tsx'
import { useParts } from '../../parts.tsx'
import { PriceDialog } from './PriceDialog.tsx'
import { PriceTable } from './PriceTable.tsx'

type Props = { readonly prices: readonly ModelPrice[]; readonly timeZone: string }

/** The models that matter at once: those that draft, and those whose price somebody set. */
const matters = ({ inUse, own }: ModelPrice): boolean => inUse || own.length > 0

const useChanging = () => {
  const { vault } = useParts()
  const { line, saved } = useSaved()
  const [price, setPrice] = useState<ModelPrice>()
  const close = () => setPrice(undefined)
  const done = ({ provider, model, own }: ModelPrice) => {
    close()
    const terms = own[0]?.terms ?? { kind: 'list' }
    saved(() => vault.setPrice({ provider, model, terms, confirmed: true }))
  }
  return { line, price, begin: setPrice, close, done }
}

const Known = ({ prices, timeZone }: Props) => {
  const { t } = useSpeech()
  const [all, setAll] = useState(false)
  const { line, price, begin, close, done } = useChanging()
  const few = prices.filter(matters)
  const more = all ? t('options.prices.fewer') : t('options.prices.others', { number: prices.length })
  return (
    <>
      <PriceTable prices={all ? prices : few} timeZone={timeZone} onChange={begin} />
      <Group>
        {few.length < prices.length && <QuietButton onClick={() => setAll(!all)}>{more}</QuietButton>}
      </Group>
      {line}
      {price !== undefined && (
        <PriceDialog price={price} timeZone={timeZone} onClose={close} onSaved={() => done(price)} />
      )}
    </>
  )
}

/** What models cost: the list, and what an admin says instead. */
export const Prices = ({ timeZone }: { timeZone: string }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const prices = useReading(['prices'], () => vault.prices())
  return (
    <Section title={t('options.prices.title')} hint={t('options.prices.hint')}>
      <Loaded reading={prices} skeleton={<Skeleton height={120} />}>
        {(known) =>
          known.length === 0 ? (
            <EmptyState title={t('options.prices.emptyTitle')} todo={t('options.prices.emptyTodo')} />
          ) : (
            <Known prices={known} timeZone={timeZone} />
          )
        }
      </Loaded>
    </Section>
  )
}
