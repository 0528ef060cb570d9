import { ActionIcon, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useSpeech } from '../ui/words/speech.ts'

type Moving = (dx: number, dy: number, done: boolean) => void

const STEP_PIXELS = 16

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-STEP_PIXELS, 0],
  ArrowRight: [STEP_PIXELS, 0],
  ArrowUp: [0, -STEP_PIXELS],
  ArrowDown: [0, STEP_PIXELS],
}

type Point = { readonly x: number; readonly y: number }

/** Dragging is measured on the screen, since the panel moves under the pointer. */
const useGrip = (onMove: Moving) => {
  const from = useRef<Point>(undefined)
  const follow = (event: PointerEvent, done: boolean): void => {
    const start = from.current
    if (start === undefined) return
    onMove(event.screenX - start.x, event.screenY - start.y, done)
    from.current = done ? undefined : { x: event.screenX, y: event.screenY }
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      from.current = { x: event.screenX, y: event.screenY }
      event.currentTarget.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent) => follow(event, false),
    onPointerUp: (event: PointerEvent) => follow(event, true),
    onPointerCancel: (event: PointerEvent) => follow(event, true),
    onKeyDown: (event: KeyboardEvent) => {
      const step = steps[event.key]
      if (step === undefined) return
      event.preventDefault()
      onMove(step[0], step[1], true)
    },
  }
}

const Title = ({ name, detail }: { name: string | undefined; detail: string | undefined }) => {
  const { t } = useSpeech()
  return (
    <Text component="span" fz="sm" truncate display="block" dir="auto">
      <Text component="span" inherit fw={600}>
        {name === undefined ? t('assistant.header.reply') : t('assistant.header.replyTo', { name })}
      </Text>
      {detail !== undefined && (
        <Text component="span" inherit c="dimmed">
          {' · '}
          {detail}
        </Text>
      )}
    </Text>
  )
}

type Props = {
  readonly name: string | undefined
  readonly detail: string | undefined
  /** Undefined in a window of its own: the browser's frame moves it. */
  readonly onMove: Moving | undefined
  readonly onClose: () => void
}

/** Whom the reply is for; the whole title is the handle that moves the panel. */
export const Header = ({ name, detail, onMove, onClose }: Props) => {
  const { t } = useSpeech()
  const grip = useGrip(onMove ?? (() => undefined))
  return (
    <Group component="header" className="bar" gap={8} wrap="nowrap">
      <h1 className="heading">
        {onMove === undefined ? (
          <Title name={name} detail={detail} />
        ) : (
          <button type="button" className="grip" title={t('assistant.header.move')} {...grip}>
            <Title name={name} detail={detail} />
          </button>
        )}
      </h1>
      <ActionIcon variant="subtle" color="gray" aria-label={t('assistant.header.close')} onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
    </Group>
  )
}
