import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { Key, KeyList } from '../../../shared/keys.ts'
import { keyName } from '../../ui/keys/key-names.ts'
import { ModelFacts } from '../../ui/keys/ModelFacts.tsx'
import { type ProviderKeys, rankOf } from '../../ui/keys/places.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { KeyCard } from './KeyCard.tsx'
import { KeyOrder } from './KeyOrder.tsx'
import { MovableKey } from './MovableKey.tsx'
import { useOrdering } from './ordering.ts'
import type { GoToStep } from './step.ts'

/** What the panels of the page share. */
export type PageParts = {
  readonly list: KeyList
  readonly timeZone: string
  readonly go: GoToStep
  /** Tells that something was saved, with the way back. */
  readonly saved: (undo: () => Promise<unknown>) => void
}

type Props = PageParts & {
  readonly group: ProviderKeys
  /** What can be done with the provider as a whole. */
  readonly children?: ReactNode
}

const Model = ({ usual }: { usual: Key }) => {
  const { t } = useSpeech()
  return (
    <Text fz="sm" component="div">
      {t('options.routing.draftsWith')}{' '}
      <Text component="span" inherit fw={600}>
        {usual.model.name}
      </Text>
      <ModelFacts model={usual.model} />
    </Text>
  )
}

const Keys = ({ group, list, timeZone, go, saved }: Props) => {
  const speech = useSpeech()
  const { keys, problem, put, neighborsOf } = useOrdering(group, saved)
  const provider = speech.t(`providers.${group.provider}`)
  const partsOf = (card: Key) => ({
    card,
    timeZone,
    go,
    usual: group.keys[0],
    rank: rankOf(card, list),
    name: keyName(speech, card, list.keys),
    neighbors: neighborsOf(card.id),
  })
  if (keys.length === 1) return <KeyCard {...partsOf(group.keys[0])} />
  return (
    <>
      {problem !== undefined && <ProblemText problem={problem} />}
      <KeyOrder label={speech.t('options.routing.order.list', { provider })} keys={keys} onPut={put}>
        {keys.map((card) => (
          <MovableKey key={card.id} id={card.id} label={card.label}>
            {(handle) => <KeyCard {...partsOf(card)} handle={handle} />}
          </MovableKey>
        ))}
      </KeyOrder>
    </>
  )
}

/** A provider with what it drafts with and its keys in the order in which they answer. */
export const ProviderPanel = (props: Props) => {
  const { t } = useSpeech()
  const id = useId()
  const { group, go, children } = props
  const [usual] = group.keys
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id} data-provider={group.provider}>
      <Stack gap="sm">
        <Group justify="space-between" align="flex-start" gap="sm">
          <Stack gap={2} flex="1 1 220px" miw={0}>
            <Title order={3} fz="md" id={id}>
              {t(`providers.${group.provider}`)}
            </Title>
            <Model usual={usual} />
          </Stack>
          <Group gap="xs">
            {children}
            <Button size="xs" variant="default" onClick={() => go({ step: 'model', keyId: usual.id })}>
              {t('popup.keys.chooseModel')}
            </Button>
          </Group>
        </Group>
        <Keys {...props} />
      </Stack>
    </Paper>
  )
}
