import { Box, Text } from '@mantine/core'
import type { ModelPrice } from '../../../../shared/books/prices.ts'
import { momentInWords } from '../../../ui/moments.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { termsInWords } from './terms.ts'

type Props = { readonly price: ModelPrice; readonly timeZone: string }

/** Everything that was ever set for a model, newest first, with who set it. */
export const PriceHistory = ({ price, timeZone }: Props) => {
  const speech = useSpeech()
  const { t, locale } = speech
  return (
    <Box>
      <Text fz="sm" fw={600}>
        {t('options.prices.dialog.history')}
      </Text>
      {price.own.length === 0 && (
        <Text fz="sm" c="dimmed">
          {price.list === null ? t('options.prices.noList') : t('options.prices.dialog.noHistory')}
        </Text>
      )}
      <Box component="ul" m={0} p={0} style={{ listStyle: 'none', maxHeight: 160, overflowY: 'auto' }}>
        {price.own.map(({ id, terms, setBy, setAt }) => (
          <Text key={id} component="li" fz="sm" style={{ overflowWrap: 'anywhere' }}>
            {termsInWords(speech, terms, price.list !== null)}
            <Text component="span" fz="xs" c="dimmed" ms={6}>
              {t('options.prices.setBy', { day: momentInWords(setAt, locale, timeZone), name: setBy })}
            </Text>
          </Text>
        ))}
      </Box>
    </Box>
  )
}
