import { Button, Group, Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
import type { Picodollars } from '../../../shared/money.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing, useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { AddCap } from './AddCap.tsx'
import { CapTable } from './CapTable.tsx'
import { EditCap } from './EditCap.tsx'

type Asked =
  | { readonly ask: 'nothing' }
  | { readonly ask: 'add' }
  | { readonly ask: 'edit'; readonly cap: ScopedCap }

const isFurther = ({ scope, kind }: ScopedCap): boolean => scope !== 'workspace' || kind !== 'month'

const placeOf = ({ scope, id, kind }: CapPlace): CapPlace => ({ scope, id, kind })

/** The caps beside the workspace's month, and how they are set, changed and taken away; each of these can be taken back. */
const Known = ({ caps }: { caps: readonly ScopedCap[] }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asked, setAsked] = useState<Asked>({ ask: 'nothing' })
  const { line, saved } = useSaved()
  const close = () => setAsked({ ask: 'nothing' })
  const removing = useDoing(
    (cap: ScopedCap) => vault.removeCap(placeOf(cap)).then(() => cap),
    (cap) => saved(() => vault.setScopedCap(placeOf(cap), cap.limit)),
  )
  const added = (place: CapPlace) => {
    close()
    saved(() => vault.removeCap(place))
  }
  const edited = (cap: ScopedCap, before: Picodollars) => {
    close()
    saved(() => vault.setScopedCap(placeOf(cap), before))
  }
  return (
    <>
      {caps.length === 0 ? (
        <EmptyState title={t('options.caps.further.emptyTitle')} todo={t('options.caps.further.emptyTodo')} />
      ) : (
        <CapTable caps={caps} onEdit={(cap) => setAsked({ ask: 'edit', cap })} onRemove={removing.start} />
      )}
      {removing.problem !== undefined && <ProblemText problem={removing.problem} />}
      <Group>
        <Button variant="default" onClick={() => setAsked({ ask: 'add' })}>
          {t('options.caps.further.add')}
        </Button>
        {line}
      </Group>
      {asked.ask === 'add' && <AddCap taken={caps} onDone={added} onCancel={close} />}
      {asked.ask === 'edit' && (
        <EditCap cap={asked.cap} onDone={() => edited(asked.cap, asked.cap.limit)} onCancel={close} />
      )}
    </>
  )
}

/** Caps of members, channels and models, and of days. */
export const FurtherCaps = () => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const caps = useReading(['caps'], vault.caps)
  return (
    <Section title={t('options.caps.further.title')} hint={t('options.caps.further.hint')}>
      <Loaded reading={caps} skeleton={<Skeleton height={120} />}>
        {(all) => <Known caps={all.filter(isFurther)} />}
      </Loaded>
    </Section>
  )
}
