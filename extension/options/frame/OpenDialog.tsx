import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  /** False: a click beside it does not close it, so that nothing which is shown once is lost. */
  readonly light?: boolean
  /** Pixels. */
  readonly width?: number
  readonly children: ReactNode
}

/** When the dialog goes, the focus returns to where it was when the dialog came. */
const useFocusBack = (): void => {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}

/** A dialog, open for as long as it is rendered. Escape closes it. */
export const OpenDialog = ({ title, onClose, light = true, width = 440, children }: Props) => {
  const { t } = useSpeech()
  useFocusBack()
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={width}
      styles={{ title: { fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeOnClickOutside={light}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      {children}
    </Modal>
  )
}
