import { SegmentedControl, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useId } from 'react'
import { keepPreferences, Preferences, readPreferences, watchPreferences } from '../../local/preferences.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { type Reading, useDoing, useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'

const usePreferences = (): Reading<Preferences> => {
  const client = useQueryClient()
  useEffect(() => watchPreferences((changed) => client.setQueryData(['preferences'], changed)), [client])
  return useReading(['preferences'], readPreferences)
}

type ChoiceProps<Value extends string> = {
  readonly name: string
  readonly value: Value
  readonly options: readonly Value[]
  readonly labelOf: (option: Value) => string
  readonly onChange: (chosen: string) => void
}

const Choice = <Value extends string>(props: ChoiceProps<Value>) => {
  const { name, value, options, labelOf, onChange } = props
  const id = useId()
  return (
    <Stack gap={4} maw={420}>
      <Text fz="sm" fw={500} id={id}>
        {name}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        transitionDuration={0}
        value={value}
        data={options.map((option) => ({ value: option, label: labelOf(option) }))}
        onChange={onChange}
      />
    </Stack>
  )
}

const Choices = ({ preferences }: { preferences: Preferences }) => {
  const { t } = useSpeech()
  const keeping = useDoing(
    (change: object) => keepPreferences(Preferences.parse({ ...preferences, ...change })),
    () => undefined,
  )
  const { language, theme } = Preferences.shape
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
      <Choice
        name={t('options.settings.browser.language')}
        value={preferences.language}
        options={language.unwrap().options}
        labelOf={(option) => t(`options.settings.browser.languages.${option}`)}
        onChange={(chosen) => keeping.start({ language: chosen })}
      />
      <Choice
        name={t('options.settings.browser.theme')}
        value={preferences.theme}
        options={theme.unwrap().options}
        labelOf={(option) => t(`options.settings.browser.themes.${option}`)}
        onChange={(chosen) => keeping.start({ theme: chosen })}
      />
    </SimpleGrid>
  )
}

/** How every surface of this browser speaks and looks; a choice counts at once, also where a surface is open already. */
export const BrowserChoices = () => {
  const { t } = useSpeech()
  const preferences = usePreferences()
  return (
    <Section title={t('options.settings.browser.title')} hint={t('options.settings.browser.hint')}>
      <Loaded reading={preferences} skeleton={<Skeleton height={60} />}>
        {(known) => <Choices preferences={known} />}
      </Loaded>
    </Section>
  )
}
