import { Box, Button, Group, Paper, Text, Title } from '@mantine/core'
import { useId } from 'react'
import type { ProviderName } from '../../../shared/providers.ts'
import type { ProviderKeys } from '../../ui/keys/places.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly primary: ProviderKeys
  /** The providers that are connected and could. */
  readonly others: readonly ProviderKeys[]
  readonly onStandIn: (provider: ProviderName) => void
}

/** The place of the backup while nobody has it: what that means, and what a backup would do. */
export const NobodyStandsIn = ({ primary, others, onStandIn }: Props) => {
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
        {others.length === 0 ? (
          <Text fz="sm" c="dimmed" mt={4}>
            {t('options.routing.nobodyElse')}
          </Text>
        ) : (
          <Group gap="xs" mt="sm">
            {others.map(({ provider }) => (
              <Button key={provider} size="xs" variant="default" onClick={() => onStandIn(provider)}>
                {t('options.routing.standIn', { provider: t(`providers.${provider}`) })}
              </Button>
            ))}
          </Group>
        )}
      </Paper>
    </Box>
  )
}
