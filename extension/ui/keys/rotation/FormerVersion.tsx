import { Box, Button, Group, Text } from '@mantine/core'
import type { Key } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { timeInWords } from '../../moments.ts'
import { ProblemText } from '../../ProblemText.tsx'
import { useDoing } from '../../reading.ts'
import { useSpeech } from '../../words/speech.ts'
import { useMinutesLeft } from './minutes-left.ts'

type Props = {
  readonly vault: Vault
  readonly card: Key
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly timeZone?: string | undefined
}

/** The vault keeps nothing longer; where it seems so, this computer's clock is behind and no count would be true. */
const MOST_MINUTES = 15

type Kept = NonNullable<Key['former']>

const Banner = ({ vault, card, now, timeZone, kept }: Props & { readonly kept: Kept }) => {
  const { t, locale } = useSpeech()
  const minutes = useMinutesLeft(kept.until, now)
  const returning = useDoing<void, Key>(
    () => vault.switchKey(card.id, kept.version),
    () => undefined,
  )
  if (minutes === 0) return null
  const time = timeInWords(kept.until, locale, timeZone)
  const isNewer = kept.version > card.version
  return (
    <Box
      role="status"
      data-former={kept.version}
      p="xs"
      mt={4}
      bg="var(--ownkey-sunken)"
      style={{ borderRadius: 'var(--mantine-radius-md)' }}
    >
      <Group gap="sm" justify="space-between">
        <Box miw={0}>
          <Text fz="sm">
            {isNewer ? t('rotation.former.newer', { time }) : t('rotation.former.title', { time })}
          </Text>
          {minutes <= MOST_MINUTES && (
            <Text fz="xs" c="dimmed" aria-hidden>
              {t('rotation.former.left', { count: minutes })}
            </Text>
          )}
        </Box>
        <Button size="xs" variant="default" loading={returning.busy} onClick={() => returning.start()}>
          {isNewer ? t('rotation.former.take') : t('rotation.former.return')}
        </Button>
      </Group>
      {returning.problem !== undefined && <ProblemText problem={returning.problem} />}
    </Box>
  )
}

/** While a version is kept after a switch: how long, and the one click that takes it back. Nothing before and after. */
export const FormerVersion = (props: Props) =>
  props.card.former === null ? null : <Banner {...props} kept={props.card.former} />
