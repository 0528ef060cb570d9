import { Box, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key } from '../../../shared/keys.ts'
import { ModelFacts } from '../../ui/keys/ModelFacts.tsx'
import { dateInWords, exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type FactProps = { readonly name: string; readonly hint?: ReactNode; readonly children: ReactNode }

const Fact = ({ name, hint, children }: FactProps) => (
  <Box miw={0}>
    <Text component="dt" fz="xs" c="dimmed">
      {name}
    </Text>
    <Text component="dd" fz="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
    {hint !== undefined && (
      <Text component="dd" fz="xs" c="dimmed" m={0}>
        {hint}
      </Text>
    )}
  </Box>
)

/** All that is known of a key: nothing of it can tell the key. */
export const KeyFacts = ({ card, timeZone }: { card: Key; timeZone: string }) => {
  const { t, locale } = useSpeech()
  const address = card.addressIsDefault ? t('options.keys.standardAddress') : t('options.keys.otherAddress')
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 2, md: 3 }} spacing="md" verticalSpacing="sm">
      <Fact name={t('options.keys.model')} hint={<ModelFacts model={card.model} />}>
        {card.model.name}
      </Fact>
      <Fact name={t('options.keys.address')} hint={address}>
        {card.baseAddress}
      </Fact>
      <Fact name={t('options.keys.label')}>
        <span dir="auto">{card.label}</span>
      </Fact>
      <Fact name={t('options.keys.connected')}>
        <span title={exactMoment(card.connectedAt, locale, timeZone)}>
          {t('options.keys.connectedBy', {
            day: dateInWords(card.connectedAt, locale, timeZone),
            name: card.connectedBy,
          })}
        </span>
      </Fact>
      <Fact name={t('options.keys.verified')}>
        <span title={exactMoment(card.verifiedAt, locale, timeZone)}>
          {momentInWords(card.verifiedAt, locale, timeZone)}
        </span>
      </Fact>
      <Fact name={t('options.keys.version')}>{card.version}</Fact>
    </SimpleGrid>
  )
}
