import { Button, CloseButton, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import type { AlertSettings, Threshold } from '../../../shared/books/alerts.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { changeAlerts } from './changing.ts'
import { asTyped, MOST_THRESHOLDS, type TypedThreshold, thresholdFlaw, thresholdsTyped } from './typed.ts'

type RowProps = {
  readonly row: TypedThreshold
  /** Undefined where nothing speaks against it, or where it is not yet time to say so. */
  readonly flaw: string | undefined
  readonly onChange: (row: TypedThreshold) => void
  readonly onRemove: () => void
}

/** The names of a row's controls. A row in which nothing is typed yet has no percentage to be called by. */
const namesOf = ({ t }: Speech, { percent }: TypedThreshold): { on: string; remove: string } =>
  percent === ''
    ? { on: t('options.alerts.thresholds.onNew'), remove: t('options.alerts.thresholds.removeNew') }
    : {
        on: t('options.alerts.thresholds.on', { percent }),
        remove: t('options.alerts.thresholds.remove', { percent }),
      }

const Row = ({ row, flaw, onChange, onRemove }: RowProps) => {
  const speech = useSpeech()
  const { t } = speech
  const names = namesOf(speech, row)
  return (
    <Group gap="md" wrap="nowrap" align="flex-start" component="li" maw={360} data-threshold={row.percent}>
      <NumberInput
        aria-label={t('options.alerts.thresholds.percent')}
        w={{ base: 90, xs: 110 }}
        value={row.percent}
        rightSection="%"
        hideControls
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="none"
        min={1}
        max={100}
        autoFocus={row.percent === ''}
        error={flaw}
        onChange={(percent) => onChange({ ...row, percent })}
      />
      <Switch
        mt={8}
        flex={1}
        label={names.on}
        styles={{ label: { overflowWrap: 'anywhere' } }}
        checked={row.on}
        onChange={({ currentTarget }) => onChange({ ...row, on: currentTarget.checked })}
      />
      <CloseButton mt={4} aria-label={names.remove} title={names.remove} onClick={onRemove} />
    </Group>
  )
}

/** A row that was removed had the focus; the button that adds one is next to where it was. */
const useFocusAfterRemoval = (rows: number) => {
  const add = useRef<HTMLButtonElement>(null)
  const before = useRef(rows)
  useEffect(() => {
    if (rows < before.current) add.current?.focus()
    before.current = rows
  }, [rows])
  return add
}

/** The same for the same shares, in whatever order they lie. */
const wordsOf = (thresholds: readonly Threshold[]): string =>
  thresholds
    .toSorted((one, other) => one.percent - other.percent)
    .map(({ percent, on }) => `${percent} ${on}`)
    .join()

type FormProps = { readonly settings: AlertSettings; readonly telling: ReturnType<typeof useSaved> }

const useRows = ({ settings, telling }: FormProps) => {
  const { vault, newId } = useParts()
  const [rows, setRows] = useState(() => asTyped(settings.thresholds, newId))
  const [judged, setJudged] = useState(false)
  const typed = thresholdsTyped(rows)
  const saving = useDoing(
    (thresholds: Threshold[]) => changeAlerts(vault, () => ({ thresholds })),
    () => telling.saved(() => changeAlerts(vault, () => ({ thresholds: settings.thresholds }))),
  )
  const put = (row: TypedThreshold) => setRows(rows.map((one) => (one.id === row.id ? row : one)))
  const isSame = typed !== undefined && wordsOf(typed) === wordsOf(settings.thresholds)
  const save = (event: SubmitEvent) => {
    event.preventDefault()
    setJudged(true)
    if (typed !== undefined && !isSame) saving.start(typed)
  }
  return {
    rows,
    saving,
    isSame,
    save,
    put,
    flawOf: (row: TypedThreshold) => (judged ? thresholdFlaw(row, rows) : undefined),
    add: () => setRows([...rows, { id: newId(), percent: '', on: true }]),
    remove: (id: string) => setRows(rows.filter((row) => row.id !== id)),
  }
}

const Form = (props: FormProps) => {
  const { t } = useSpeech()
  const { rows, saving, isSame, save, put, flawOf, add, remove } = useRows(props)
  const addButton = useFocusAfterRemoval(rows.length)
  const inWords = (flaw: ReturnType<typeof thresholdFlaw>): string | undefined =>
    flaw && t(`options.alerts.thresholds.${flaw}`)
  return (
    <form onSubmit={save} noValidate>
      <Stack gap="sm">
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {rows.map((row) => (
            <Row
              key={row.id}
              row={row}
              flaw={inWords(flawOf(row))}
              onChange={put}
              onRemove={() => remove(row.id)}
            />
          ))}
        </Stack>
        {!rows.some(({ on }) => on) && <Text fz="sm">{t('options.alerts.thresholds.none')}</Text>}
        <Group gap="sm">
          <Button ref={addButton} variant="default" disabled={rows.length >= MOST_THRESHOLDS} onClick={add}>
            {t('options.alerts.thresholds.add')}
          </Button>
          {rows.length >= MOST_THRESHOLDS && (
            <Text fz="sm" c="dimmed">
              {t('options.alerts.thresholds.most', { count: MOST_THRESHOLDS })}
            </Text>
          )}
        </Group>
        {saving.problem !== undefined && <ProblemText problem={saving.problem} />}
        <Group>
          <Button type="submit" loading={saving.busy} disabled={isSame}>
            {t('options.alerts.thresholds.save')}
          </Button>
          {props.telling.line}
        </Group>
      </Stack>
    </form>
  )
}

/** At which shares of every cap somebody is told. Begins anew when they changed at the vault. */
export const Thresholds = ({ settings }: { settings: AlertSettings }) => {
  const { t } = useSpeech()
  const telling = useSaved()
  return (
    <Section title={t('options.alerts.thresholds.title')} hint={t('options.alerts.thresholds.hint')}>
      <Form key={wordsOf(settings.thresholds)} settings={settings} telling={telling} />
    </Section>
  )
}
