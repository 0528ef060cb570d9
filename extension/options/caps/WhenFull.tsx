import { List, SimpleGrid, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'

const Things = ({ title, things }: { title: string; things: readonly string[] }) => {
  const id = useId()
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={600} id={id}>
        {title}
      </Text>
      <List size="sm" spacing={4} aria-labelledby={id}>
        {things.map((thing) => (
          <List.Item key={thing}>{thing}</List.Item>
        ))}
      </List>
    </Stack>
  )
}

/** What a full cap stops and what it does not. */
export const WhenFull = () => {
  const { t } = useSpeech()
  return (
    <Section title={t('options.caps.full.title')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <Things
          title={t('options.caps.full.pauses')}
          things={[
            t('options.caps.full.drafts'),
            t('options.caps.full.urgent'),
            t('options.caps.full.verifying'),
          ]}
        />
        <Things
          title={t('options.caps.full.goesOn')}
          things={[
            t('options.caps.full.running'),
            t('options.caps.full.inserting'),
            t('options.caps.full.reading'),
            t('options.caps.full.playground'),
          ]}
        />
      </SimpleGrid>
    </Section>
  )
}
