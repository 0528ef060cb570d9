import { Select, Stack } from '@mantine/core'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { useDoing } from '../../../ui/reading.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { useParts } from '../../parts.tsx'
import type { PageParts } from '../ProviderPanel.tsx'

/** What is offered beside the choice in force. */
const usualDays = [90, 180, 365]

const offered = (chosen: number): readonly number[] =>
  [...new Set([...usualDays, chosen])].toSorted((one, other) => one - other)

/** From which age on a key is pointed out. */
export const RemindAfter = ({ list, saved }: Pick<PageParts, 'list' | 'saved'>) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const before = list.routing.remindAfterDays
  const to = (remindAfterDays: number) => vault.changeRouting({ remindAfterDays })
  const changing = useDoing(to, () => saved(() => to(before)))
  return (
    <Stack gap="xs" align="flex-start">
      <Select
        label={t('options.routing.remind.label')}
        description={t('options.routing.remind.hint')}
        data={offered(before).map((days) => ({
          value: String(days),
          label: t('options.routing.remind.days', { count: days }),
        }))}
        value={String(before)}
        onChange={(days) => days !== null && changing.start(Number(days))}
        allowDeselect={false}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      {changing.problem !== undefined && <ProblemText problem={changing.problem} />}
    </Stack>
  )
}
