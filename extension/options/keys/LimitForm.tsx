import { Anchor, Button, Group, MultiSelect, Radio, Skeleton, Stack, Text } from '@mantine/core'
import { type SubmitEvent, useState } from 'react'
import type { Channel } from '../../../shared/channels.ts'
import type { Key } from '../../../shared/keys.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing, useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { writeRoute } from '../route.ts'

type Props = { readonly card: Key; readonly onDone: () => void; readonly onCancel: () => void }

/** `all`: everywhere, whatever is chosen below. */
type Chosen = { readonly all: boolean; readonly ids: readonly string[] }

const isMissing = ({ all, ids }: Chosen): boolean => !all && ids.length === 0

type FieldsProps = {
  readonly channels: readonly Channel[]
  readonly chosen: Chosen
  readonly choose: (chosen: Chosen) => void
  /** Told only after somebody tried without. */
  readonly flawed: boolean
}

const NoChannel = () => {
  const { t } = useSpeech()
  return (
    <Text fz="sm" c="dimmed">
      {t('options.routing.limit.none')}{' '}
      <Anchor inherit href={writeRoute('channels')}>
        {t('options.routing.limit.toChannels')}
      </Anchor>
    </Text>
  )
}

const Fields = ({ channels, chosen, choose, flawed }: FieldsProps) => {
  const { t } = useSpeech()
  const { all, ids } = chosen
  return (
    <>
      <Radio.Group
        value={all ? 'all' : 'some'}
        onChange={(value) => choose({ all: value === 'all', ids })}
        aria-label={t('options.routing.key.limits')}
      >
        <Stack gap="xs">
          <Radio value="all" label={t('options.routing.limit.all')} data-autofocus />
          <Radio value="some" label={t('options.routing.limit.some')} disabled={channels.length === 0} />
        </Stack>
      </Radio.Group>
      {channels.length === 0 && <NoChannel />}
      {!all && (
        <MultiSelect
          label={t('options.routing.limit.channels')}
          placeholder={ids.length === 0 ? t('options.routing.limit.choose') : ''}
          data={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={[...ids]}
          onChange={(values) => choose({ all, ids: values })}
          error={flawed && t('options.routing.limit.needed')}
          hidePickedOptions
          searchable
          comboboxProps={{ transitionProps: { duration: 0 } }}
          styles={{ pill: { maxWidth: '100%' } }}
        />
      )}
    </>
  )
}

const Form = ({ card, channels, onDone, onCancel }: Props & { channels: readonly Channel[] }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [chosen, choose] = useState<Chosen>({
    all: card.channels === null,
    ids: card.channels?.map(({ id }) => id) ?? [],
  })
  const [tried, setTried] = useState(false)
  const limiting = useDoing(
    ({ all, ids }: Chosen) => vault.changeKey(card.id, { channels: all ? null : [...ids] }),
    onDone,
  )
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isMissing(chosen)) limiting.start(chosen)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <Fields channels={channels} chosen={chosen} choose={choose} flawed={tried && isMissing(chosen)} />
        <Text fz="xs" c="dimmed">
          {t('options.routing.limit.honest')}
        </Text>
        {limiting.problem !== undefined && <ProblemText problem={limiting.problem} />}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={limiting.busy}>
            {t('options.routing.limit.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Chooses where a key may answer: everywhere, or in some channels only. */
export const LimitForm = (props: Props) => {
  const { vault } = useParts()
  const channels = useReading(['channels'], vault.channels)
  return (
    <Loaded reading={channels} skeleton={<Skeleton height={160} />}>
      {(known) => <Form {...props} channels={known} />}
    </Loaded>
  )
}
