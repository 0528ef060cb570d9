import { Button, Group, Skeleton } from '@mantine/core'
import { useState } from 'react'
import type { CapPlace, ScopedCap } from '../../../shared/cap.ts'
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
import { RaiseCap } from './RaiseCap.tsx'
import { placeOf, putBack, raiseAgain, undoRaise } from './restoring.ts'

type Asked =
  | { readonly ask: 'nothing' }
  | { readonly ask: 'add' }
  | { readonly ask: 'edit' | 'raise'; readonly cap: ScopedCap }

const isFurther = ({ scope, kind }: ScopedCap): boolean => scope !== 'workspace' || kind !== 'month'

/** The caps beside the workspace's month, and how they are set, changed and taken away; each of these can be taken back. */
const Known = ({ caps }: { caps: readonly ScopedCap[] }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asked, setAsked] = useState<Asked>({ ask: 'nothing' })
  const { line, saved } = useSaved()
  const close = () => setAsked({ ask: 'nothing' })
  const removing = useDoing(
    (cap: ScopedCap) => vault.removeCap(placeOf(cap)).then(() => cap),
    (cap) => saved(() => putBack(vault, cap)),
  )
  const ending = useDoing(
    (cap: ScopedCap) => vault.endRaise(placeOf(cap)).then(() => cap),
    (cap) => saved(() => raiseAgain(vault, cap)),
  )
  const added = (place: CapPlace) => {
    close()
    saved(() => vault.removeCap(place))
  }
  const changed = (undo: () => Promise<void>) => {
    close()
    saved(undo)
  }
  const problem = removing.problem ?? ending.problem
  return (
    <>
      {caps.length === 0 ? (
        <EmptyState title={t('options.caps.further.emptyTitle')} todo={t('options.caps.further.emptyTodo')} />
      ) : (
        <CapTable
          caps={caps}
          onEdit={(cap) => setAsked({ ask: 'edit', cap })}
          onRaise={(cap) => setAsked({ ask: 'raise', cap })}
          onEndRaise={ending.start}
          onRemove={removing.start}
        />
      )}
      {problem !== undefined && <ProblemText problem={problem} />}
      <Group>
        <Button variant="default" onClick={() => setAsked({ ask: 'add' })}>
          {t('options.caps.further.add')}
        </Button>
        {line}
      </Group>
      {asked.ask === 'add' && <AddCap taken={caps} onDone={added} onCancel={close} />}
      {asked.ask === 'edit' && (
        <EditCap cap={asked.cap} onDone={() => changed(() => putBack(vault, asked.cap))} onCancel={close} />
      )}
      {asked.ask === 'raise' && (
        <RaiseCap
          cap={asked.cap}
          onDone={() => changed(() => undoRaise(vault, asked.cap))}
          onCancel={close}
        />
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
