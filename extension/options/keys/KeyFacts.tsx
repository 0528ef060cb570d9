import { Box, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key } from '../../../shared/keys.ts'
import { ModelFacts } from '../../ui/keys/ModelFacts.tsx'
import { dateInWords, exactMoment, momentInWords } from '../../ui/moments.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'

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

/** The channels that a key may answer for. */
export const placesInWords = ({ t, locale }: Speech, { channels }: Key): string => {
  if (channels === null) return t('options.routing.key.everywhere')
  if (channels.length === 0) return t('common.none')
  return new Intl.ListFormat(locale, { type: 'unit' }).format(channels.map(({ name }) => name))
}

type MomentProps = { readonly name: string; readonly at: number; readonly timeZone: string }

const MomentFact = ({ name, at, timeZone }: MomentProps) => {
  const { locale } = useSpeech()
  return (
    <Fact name={name}>
      <span title={exactMoment(at, locale, timeZone)}>{momentInWords(at, locale, timeZone)}</span>
    </Fact>
  )
}

/** Set only where a key drafts with another model than its provider does, since it may not use that. */
const OtherModel = ({ card, usual }: Pick<Props, 'card' | 'usual'>) => {
  const { t } = useSpeech()
  if (card.model.id === usual.model.id) return null
  return (
    <Fact
      name={t('options.keys.model')}
      hint={
        <>
          <ModelFacts model={card.model} />
          {t('options.routing.key.otherModel', { model: usual.model.name })}
        </>
      }
    >
      {card.model.name}
    </Fact>
  )
}

type Props = {
  readonly card: Key
  /** The key whose model is told for the whole provider. */
  readonly usual: Key
  readonly timeZone: string
}

/** All that is known of a key: nothing of it can tell the key. */
export const KeyFacts = ({ card, usual, timeZone }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const address = card.addressIsDefault ? t('options.keys.standardAddress') : t('options.keys.otherAddress')
  const hint = card.endpoint?.kind === 'region' ? card.endpoint.region : address
  return (
    <SimpleGrid
      component="dl"
      m={0}
      cols={{ base: 1, xs: 2, md: 3, lg: 5 }}
      spacing="md"
      verticalSpacing="xs"
    >
      <OtherModel card={card} usual={usual} />
      <Fact name={t('options.routing.key.limits')}>
        <span dir="auto">{placesInWords(speech, card)}</span>
      </Fact>
      <Fact name={t('options.keys.address')} hint={card.provider === 'compatible' ? undefined : hint}>
        {card.baseAddress}
      </Fact>
      <Fact name={t('options.keys.connected')}>
        <span title={exactMoment(card.connectedAt, locale, timeZone)}>
          {t('options.keys.connectedBy', {
            day: dateInWords(card.connectedAt, locale, timeZone),
            name: card.connectedBy,
          })}
        </span>
      </Fact>
      <MomentFact name={t('options.keys.verified')} at={card.verifiedAt} timeZone={timeZone} />
      {card.checkedAt !== null && (
        <MomentFact name={t('options.routing.key.checked')} at={card.checkedAt} timeZone={timeZone} />
      )}
      <Fact name={t('options.keys.version')}>{card.version}</Fact>
    </SimpleGrid>
  )
}
