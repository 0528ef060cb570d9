import { NativeSelect, SegmentedControl, Skeleton, Text } from '@mantine/core'
import { useState } from 'react'
import { type CapPlace, CapScope, PeriodKind } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useParts } from '../parts.tsx'
import { type Choice, type Choices, keyOf, useChoices } from './choices.ts'
import { LimitForm } from './LimitForm.tsx'

type Props = {
  readonly taken: readonly CapPlace[]
  readonly onDone: (place: CapPlace) => void
  readonly onCancel: () => void
}

/** The workspace and the playground are each only one. */
const isAlone = (scope: CapScope): scope is 'workspace' | 'playground' =>
  scope === 'workspace' || scope === 'playground'

const choicesOf = (choices: Choices, scope: CapScope): readonly Choice[] =>
  isAlone(scope) ? [] : choices[scope]

/** The whole workspace can only be capped by the day here: its month has a cap of its own above. */
const kindsOf = (scope: CapScope): readonly PeriodKind[] =>
  scope === 'workspace' ? ['day'] : PeriodKind.options

/** A place with its first choice. */
const placeIn = (choices: Choices, scope: CapScope, kind: PeriodKind): CapPlace => ({
  scope,
  id: choicesOf(choices, scope).at(0)?.value ?? '',
  kind: kindsOf(scope).includes(kind) ? kind : 'day',
})

type FieldProps = {
  readonly choices: Choices
  readonly place: CapPlace
  readonly onChange: (place: CapPlace) => void
}

const PlaceFields = ({ choices, place, onChange }: FieldProps) => {
  const { t } = useSpeech()
  const { scope, id, kind } = place
  const offered = choicesOf(choices, scope)
  return (
    <>
      <NativeSelect
        label={t('options.caps.further.what')}
        value={scope}
        data={CapScope.options.map((value) => ({ value, label: t(`options.caps.scopes.${value}`) }))}
        onChange={({ currentTarget }) =>
          onChange(placeIn(choices, CapScope.parse(currentTarget.value), kind))
        }
        data-autofocus
      />
      {offered.length > 0 && (
        <NativeSelect
          label={t('options.caps.further.which')}
          value={id}
          data={[...offered]}
          onChange={({ currentTarget }) => onChange({ ...place, id: currentTarget.value })}
        />
      )}
      <SegmentedControl
        aria-label={t('options.caps.further.period')}
        value={kind}
        data={kindsOf(scope).map((value) => ({ value, label: t(`options.caps.kinds.${value}`) }))}
        onChange={(value) => onChange({ ...place, kind: PeriodKind.parse(value) })}
      />
    </>
  )
}

const Form = ({ choices, taken, onDone, onCancel }: Props & { readonly choices: Choices }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [place, setPlace] = useState(() => placeIn(choices, 'member', 'month'))
  const saving = useDoing(
    (limit: Picodollars) => vault.setScopedCap(place, limit),
    () => onDone(place),
  )
  const isTaken = taken.some((one) => keyOf(one) === keyOf(place))
  const isNothing = !isAlone(place.scope) && place.id === ''
  return (
    <LimitForm
      limit={undefined}
      busy={saving.busy}
      problem={saving.problem}
      save={t('options.caps.further.save')}
      blocked={isTaken || isNothing}
      focused={false}
      onSave={saving.start}
      onCancel={onCancel}
    >
      <PlaceFields choices={choices} place={place} onChange={setPlace} />
      <Text fz="sm" c="dimmed" role="status">
        {isTaken && t('options.caps.further.taken')}
        {isNothing && t('options.caps.further.nothing')}
        {!isTaken && !isNothing && t('options.caps.further.counts')}
      </Text>
    </LimitForm>
  )
}

/** Chooses what is capped and how long it counts, and sets the amount. */
export const AddCap = (props: Props) => {
  const { t } = useSpeech()
  const choices = useChoices()
  return (
    <OpenDialog title={t('options.caps.further.add')} onClose={props.onCancel}>
      <Loaded reading={choices} skeleton={<Skeleton height={220} />}>
        {(known) => <Form choices={known} {...props} />}
      </Loaded>
    </OpenDialog>
  )
}
