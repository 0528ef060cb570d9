import { type OptionsFilter, Select, type SelectProps } from '@mantine/core'
import { useSpeech } from '../../ui/words/speech.ts'

/** Most zones that are listed at once; typing finds the others. */
const LISTED = 60

/** `new york` finds America/New_York. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[_/]/g, ' ').trim()

const byWords: OptionsFilter = ({ options, search, limit }) =>
  options.filter((option) => 'label' in option && plain(option.label).includes(plain(search))).slice(0, limit)

const zones = (current: unknown): readonly string[] => [
  ...new Set([
    ...(typeof current === 'string' ? [current] : []),
    'UTC',
    ...Intl.supportedValuesOf('timeZone'),
  ]),
]

/** One of the time zones that this browser's calendar knows, found by typing any part of its name. */
export const TimeZoneField = (field: SelectProps) => {
  const { t } = useSpeech()
  return (
    <Select
      label={t('options.settings.workspace.timeZone')}
      description={t('options.settings.workspace.timeZoneHint')}
      data={zones(field.value)}
      searchable
      allowDeselect={false}
      limit={LISTED}
      maxDropdownHeight={260}
      filter={byWords}
      nothingFoundMessage={t('options.settings.workspace.noTimeZone')}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      {...field}
    />
  )
}
