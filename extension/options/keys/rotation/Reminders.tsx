import { Box, Button, Group, Stack, Text } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import type { Key, KeyConnected, KeyList, KeyReminder } from '../../../../shared/keys.ts'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { useDoing } from '../../../ui/reading.ts'
import { useSpeech } from '../../../ui/words/speech.ts'
import { Section } from '../../frame/Section.tsx'
import { useParts } from '../../parts.tsx'
import { goTo, writeRoute } from '../../route.ts'
import type { GoToStep } from '../step.ts'
import { reminderInWords } from './reminder-words.ts'

type Props = { readonly list: KeyList; readonly timeZone: string; readonly go: GoToStep }

/** The card where a model is chosen for the whole provider. */
const cardOf = (keys: readonly Key[], reminder: KeyReminder): Key | undefined =>
  keys.find(({ connected, provider }) => connected && provider === reminder.provider)

/** What the button of a reminder leads to. */
const useDeed = (reminder: KeyReminder, { list, go }: Pick<Props, 'list' | 'go'>) => {
  const { vault } = useParts()
  const checking = useDoing(vault.verifyKey, (connected: KeyConnected) =>
    go({ step: 'done', connected, isAgain: true }),
  )
  const chooseModel = (): void => {
    const card = cardOf(list.keys, reminder)
    const isHere = reminder.kind === 'retiring' && reminder.usual && card !== undefined
    if (isHere) go({ step: 'model', keyId: card.id })
    else goTo(writeRoute('channels'))
  }
  const start = (): void => {
    if (reminder.kind === 'old') go({ step: 'replace', keyId: reminder.keyId })
    else if (reminder.kind === 'unchecked') checking.start(reminder.keyId)
    else chooseModel()
  }
  return { start, busy: checking.busy, problem: checking.problem }
}

const Line = ({ reminder, ...props }: Props & { reminder: KeyReminder }) => {
  const speech = useSpeech()
  const { now } = useParts()
  const deed = useDeed(reminder, props)
  const { happened, todo, button, subject } = reminderInWords(speech, reminder, {
    timeZone: props.timeZone,
    now: now(),
  })
  return (
    <Box component="li" data-reminder={reminder.kind}>
      <Group gap="sm" justify="space-between" align="flex-start">
        <Group gap={8} wrap="nowrap" align="flex-start" flex="1 1 260px" miw={0}>
          <Box c="var(--ownkey-ink-amber)" pt={2} style={{ flex: 'none' }} aria-hidden>
            <IconClock size={16} />
          </Box>
          <Text fz="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
            {happened}
            <Text fz="sm" c="dimmed">
              {todo}
            </Text>
          </Text>
        </Group>
        <Button
          size="xs"
          variant="default"
          aria-label={speech.t('rotation.reminders.about', { button, subject })}
          loading={deed.busy}
          onClick={deed.start}
        >
          {button}
        </Button>
      </Group>
      {deed.problem !== undefined && <ProblemText problem={deed.problem} />}
    </Box>
  )
}

const nameOf = (reminder: KeyReminder): string =>
  reminder.kind === 'retiring'
    ? `${reminder.provider}/${reminder.model}`
    : `${reminder.kind}/${reminder.keyId}`

/** What an admin should see to before it stops anything, each with one way to do so; nothing where nothing is. */
export const Reminders = (props: Props) => {
  const { t } = useSpeech()
  const { reminders } = props.list
  if (reminders.length === 0) return null
  return (
    <Box mb="xl">
      <Section title={t('rotation.reminders.title')}>
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {reminders.map((reminder) => (
            <Line key={nameOf(reminder)} reminder={reminder} {...props} />
          ))}
        </Stack>
      </Section>
    </Box>
  )
}
