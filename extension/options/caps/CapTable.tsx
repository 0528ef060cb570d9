import { Button, Group, Table, Text, VisuallyHidden } from '@mantine/core'
import type { ScopedCap } from '../../../shared/cap.ts'
import { Amount } from '../../ui/Amount.tsx'
import { CapBar } from '../../ui/CapBar.tsx'
import { capInWords } from '../../ui/cap-names.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { keyOf } from './choices.ts'
import { RaisedLine } from './RaisedLine.tsx'

type Deed = (cap: ScopedCap) => void

type Deeds = {
  readonly onEdit: Deed
  readonly onRaise: Deed
  readonly onEndRaise: Deed
  readonly onRemove: Deed
}

/** What a cap counts: its kind above, its name below; where there is but one of a kind, the kind is its name. */
const Counted = ({ cap }: { cap: ScopedCap }) => {
  const { t } = useSpeech()
  const kind = t(`options.caps.scopes.${cap.scope}`)
  return (
    <>
      {cap.name !== null && (
        <Text fz="xs" c="dimmed">
          {kind}
        </Text>
      )}
      <Text fz="sm" fw={600} dir="auto">
        {cap.name ?? kind}
      </Text>
    </>
  )
}

const Actions = ({ cap, onEdit, onRaise, onRemove }: Deeds & { cap: ScopedCap }) => {
  const speech = useSpeech()
  const { t } = speech
  const which = capInWords(speech, cap)
  return (
    <Group gap={6} justify="flex-end" wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('options.caps.further.editOf', { which })}
        onClick={() => onEdit(cap)}
      >
        {t('options.caps.further.edit')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('options.caps.raise.openOf', { which })}
        onClick={() => onRaise(cap)}
      >
        {t('options.caps.raise.short')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('options.caps.further.removeOf', { which })}
        onClick={() => onRemove(cap)}
      >
        {t('options.caps.further.remove')}
      </Button>
    </Group>
  )
}

const CapRow = ({ cap, ...deeds }: Deeds & { cap: ScopedCap }) => {
  const { t } = useSpeech()
  return (
    <Table.Tr data-cap={keyOf(cap)}>
      <Table.Td miw={130} style={{ overflowWrap: 'anywhere' }}>
        <Counted cap={cap} />
      </Table.Td>
      <Table.Td>{t(`options.caps.kinds.${cap.kind}`)}</Table.Td>
      <Table.Td miw={190}>
        <CapBar cap={cap} paused={cap.left === 0n} label={null} compact />
        <RaisedLine cap={cap} onEnd={() => deeds.onEndRaise(cap)} />
      </Table.Td>
      <Table.Td ta="end">
        <Amount amount={cap.left} />
      </Table.Td>
      <Table.Td>
        <Actions cap={cap} {...deeds} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Caps as they stand, each with its bar. */
export const CapTable = ({ caps, ...deeds }: Deeds & { caps: readonly ScopedCap[] }) => {
  const { t } = useSpeech()
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={8} aria-label={t('options.caps.further.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('options.caps.further.what')}</Table.Th>
            <Table.Th>{t('options.caps.further.period')}</Table.Th>
            <Table.Th>{t('options.caps.further.used')}</Table.Th>
            <Table.Th ta="end">{t('options.caps.left')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('options.caps.further.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {caps.map((cap) => (
            <CapRow key={keyOf(cap)} cap={cap} {...deeds} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
