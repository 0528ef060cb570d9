import { Box, Paper, Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { ProviderKeys } from '../../ui/keys/places.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly primary: ProviderKeys
  /** Whether another provider is connected, which could. */
  readonly others: boolean
}

/** The place of the backup while nobody has it: what that means, and what a backup would do. */
export const NobodyStandsIn = ({ primary, others }: Props) => {
  const { t } = useSpeech()
  const id = useId()
  return (
    <Box component="section" aria-labelledby={id} data-place="backup">
      <Title order={2} fz="md" id={id} mb="xs">
        {t('options.routing.backup')}
      </Title>
      <Paper p="md" bg="var(--ownkey-sunken)" bd="1px dashed var(--ownkey-edge)">
        <Text fz="sm" fw={600}>
          {t('options.routing.nobodyTitle')}
        </Text>
        <Text fz="sm" maw={680}>
          {t('options.routing.nobodyWhat', { primary: t(`providers.${primary.provider}`) })}
        </Text>
        {!others && (
          <Text fz="sm" c="dimmed" mt={4}>
            {t('options.routing.nobodyElse')}
          </Text>
        )}
      </Paper>
    </Box>
  )
}
