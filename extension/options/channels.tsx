import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Channel, ChannelForm } from '../../shared/channels.ts'
import type { Key } from '../../shared/keys.ts'
import type { ProviderName } from '../../shared/providers.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { keyName } from '../ui/keys/key-names.ts'
import { useKeyList } from '../ui/keys/keys.ts'
import { silentWithout } from '../ui/keys/places.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemText } from '../ui/ProblemText.tsx'
import { QuietButton } from '../ui/QuietButton.tsx'
import { useDoing, useReading } from '../ui/reading.ts'
import { type Speech, useSpeech } from '../ui/words/speech.ts'
import { ChannelDialog } from './channels/ChannelDialog.tsx'
import { ChannelTable } from './channels/ChannelTable.tsx'
import { type Choosable, choosableOf } from './channels/models.ts'
import { UnassignedSites } from './channels/UnassignedSites.tsx'
import { Told } from './frame/Told.tsx'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'

const rows = ['one', 'two', 'three']

const Waiting = () => (
  <Stack gap={8}>
    {rows.map((row) => (
      <Skeleton key={row} height={44} />
    ))}
  </Stack>
)

/** What the form is open for; `edited` is undefined for a new channel. */
type Editing = { readonly edited: Channel | undefined; readonly filled: ChannelForm }

/** What was done last. A channel that was removed can be made again as it was. */
type Deed = { readonly text: string; readonly removed: Channel | undefined }

const newChannel = (site?: string): Editing => ({
  edited: undefined,
  filled: { name: '', sites: site === undefined ? [] : [site] },
})

const removedInWords = (speech: Speech, { id, name }: Channel, keys: readonly Key[]): string => {
  const { t, locale } = speech
  const silent = silentWithout(id, keys).map((key) => keyName(speech, key, keys))
  const removed = t('options.channels.removed', { name })
  if (silent.length === 0) return removed
  const names = new Intl.ListFormat(locale, { type: 'conjunction' }).format(silent)
  return `${removed} ${t('options.channels.silenced', { keys: names })}`
}

const useDeeds = (keys: readonly Key[]) => {
  const speech = useSpeech()
  const { t } = speech
  const { vault } = useParts()
  const [last, setLast] = useState<Deed>({ text: '', removed: undefined })
  const tell = (text: string): void => setLast({ text, removed: undefined })
  const [going, setGoing] = useState<Channel>()
  const removing = useDoing(
    async (channel: Channel) => {
      setGoing(channel)
      await vault.removeChannel(channel.id)
      return channel
    },
    (removed) => setLast({ text: removedInWords(speech, removed, keys), removed }),
  )
  const restoring = useDoing(
    ({ name, sites, models }: Channel) => vault.makeChannel({ name, sites, models }),
    ({ name }) => tell(t('options.channels.back', { name })),
  )
  return { last, tell, removing, going: removing.busy ? going?.id : undefined, restoring }
}

const Explained = () => {
  const { t } = useSpeech()
  return (
    <Stack gap={4} maw={720} mb="md">
      <Text fz="sm">{t('options.channels.intro')}</Text>
      <Text fz="sm" c="dimmed">
        {t('options.channels.honest')}
      </Text>
    </Stack>
  )
}

const Done = ({ deeds }: { deeds: ReturnType<typeof useDeeds> }) => {
  const { t } = useSpeech()
  const { last, removing, restoring } = deeds
  const problem = restoring.problem ?? removing.problem
  const { removed } = last
  return (
    <>
      <Told text={last.text}>
        {removed !== undefined && (
          <QuietButton onClick={() => restoring.start(removed)}>{t('options.channels.undo')}</QuietButton>
        )}
      </Told>
      {problem !== undefined && <ProblemText problem={problem} />}
    </>
  )
}

/** What a model is called; its id where no key offers it any more. */
const nameIn =
  (choosable: readonly Choosable[]) =>
  (provider: ProviderName, model: string): string => {
    const models = choosable.find((one) => one.provider === provider)?.models ?? []
    return models.find(({ id }) => id === model)?.name ?? model
  }

type ListProps = {
  readonly channels: readonly Channel[]
  readonly choosable: readonly Choosable[]
  readonly deeds: ReturnType<typeof useDeeds>
  readonly onEdit: (editing: Editing) => void
}

const List = ({ channels, choosable, deeds, onEdit }: ListProps) => {
  const { t } = useSpeech()
  return (
    <>
      {channels.length === 0 ? (
        <EmptyState title={t('options.channels.emptyTitle')} todo={t('options.channels.emptyTodo')} />
      ) : (
        <ChannelTable
          channels={channels}
          nameOf={nameIn(choosable)}
          removing={deeds.going}
          onEdit={(edited) => onEdit({ edited, filled: edited })}
          onRemove={deeds.removing.start}
        />
      )}
      <UnassignedSites channels={channels} onAdd={(site) => onEdit(newChannel(site))} />
    </>
  )
}

/** Named lists of sites, by which spend can be read and capped, each with models of its own where somebody chose one. */
export const ChannelsTab = () => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const channels = useReading(['channels'], vault.channels)
  const keys = useKeyList(vault)
  const list = keys.state === 'ready' ? keys.value : undefined
  const choosable = list === undefined ? [] : choosableOf(list)
  const deeds = useDeeds(list?.keys ?? [])
  const [editing, setEditing] = useState<Editing>()
  const edited = editing?.edited
  const saved = (name: string): void => {
    deeds.tell(
      edited === undefined ? t('options.channels.made', { name }) : t('options.channels.changed', { name }),
    )
    setEditing(undefined)
  }
  return (
    <>
      <Group justify="space-between" align="flex-start" mb="xs">
        <TabHeading title={t('options.channels.tab')} note={t('options.channels.note')} label={null} />
        <Button onClick={() => setEditing(newChannel())}>{t('options.channels.add')}</Button>
      </Group>
      <Explained />
      <Done deeds={deeds} />
      <Loaded reading={channels} skeleton={<Waiting />}>
        {(list) => <List channels={list} choosable={choosable} deeds={deeds} onEdit={setEditing} />}
      </Loaded>
      {editing !== undefined && (
        <ChannelDialog
          editedName={edited?.name}
          filled={editing.filled}
          choosable={choosable}
          save={(form) =>
            edited === undefined ? vault.makeChannel(form) : vault.changeChannel(edited.id, form)
          }
          onSaved={saved}
          onCancel={() => setEditing(undefined)}
        />
      )}
    </>
  )
}
