import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key } from '../../../shared/keys.ts'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'

/** Pixels that a pointer moves before it drags, so that a click stays a click. */
const DRAG_AFTER_PX = 4

type Props = {
  readonly label: string
  readonly keys: readonly Key[]
  readonly onPut: (id: string, over: string) => void
  readonly children: ReactNode
}

/** What is said while a key is moved; places count from 1. */
const announcementsOf = ({ t }: Speech, keys: readonly Key[]): Announcements => {
  const said = (id: unknown, over: unknown) => ({
    label: keys.find((key) => key.id === id)?.label ?? '',
    place: keys.findIndex((key) => key.id === over) + 1,
    all: keys.length,
  })
  return {
    onDragStart: ({ active }) => t('options.routing.order.lifted', said(active.id, active.id)),
    onDragOver: ({ active, over }) => t('options.routing.order.over', said(active.id, over?.id ?? active.id)),
    onDragEnd: ({ active, over }) =>
      t('options.routing.order.dropped', said(active.id, over?.id ?? active.id)),
    onDragCancel: ({ active }) => t('options.routing.order.left', said(active.id, active.id)),
  }
}

/** Keys that are moved by pointer and by keyboard; `children` are their list items. */
export const KeyOrder = ({ label, keys, onPut, children }: Props) => {
  const speech = useSpeech()
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: DRAG_AFTER_PX } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const end = ({ active, over }: DragEndEvent): void => {
    if (over !== null && over.id !== active.id) onPut(String(active.id), String(over.id))
  }
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={{
        announcements: announcementsOf(speech, keys),
        screenReaderInstructions: { draggable: speech.t('options.routing.order.how') },
      }}
    >
      <SortableContext items={keys.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
        <Stack component="ol" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-label={label}>
          {children}
        </Stack>
      </SortableContext>
    </DndContext>
  )
}
