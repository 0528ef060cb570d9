import { useSortable } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { ActionIcon } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'
import layout from './keys.module.css'

type Props = {
  readonly id: string
  readonly label: string
  /** The key’s card, given what it is moved by. */
  readonly children: (handle: ReactNode) => ReactNode
}

/** An item of the ordered list, with the handle that moves it. */
export const MovableKey = ({ id, label, children }: Props) => {
  const { t } = useSpeech()
  const moving = useSortable({ id, attributes: { roleDescription: t('options.routing.order.role') } })
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = moving
  const handle = (
    <ActionIcon
      ref={setActivatorNodeRef}
      variant="subtle"
      color="gray"
      size={30}
      className={layout.handle}
      {...attributes}
      {...listeners}
      aria-label={t('options.routing.order.handle', { label })}
    >
      <IconGripVertical size={16} aria-hidden />
    </ActionIcon>
  )
  return (
    <li
      ref={setNodeRef}
      className={layout.item}
      data-moving={isDragging || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
    >
      {children(handle)}
    </li>
  )
}
