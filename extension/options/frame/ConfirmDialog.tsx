import { Button, Group, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemText } from '../../ui/ProblemText.tsx'
import type { TellableProblem } from '../../ui/problem-sentences.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { OpenDialog } from './OpenDialog.tsx'

type Props = {
  readonly title: string
  /** The verb on the button that does it. */
  readonly confirm: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
  readonly busy: boolean
  readonly problem: TellableProblem | undefined
  /** True while something that must be given is missing. */
  readonly blocked?: boolean
  readonly children: ReactNode
}

/** Says what will happen, and does it only then. Escape and Cancel leave everything as it is; the focus goes back where it was. */
export const ConfirmDialog = (props: Props) => {
  const { t } = useSpeech()
  const { title, confirm, onConfirm, onCancel, busy, problem, blocked = false, children } = props
  return (
    <OpenDialog title={title} onClose={onCancel}>
      <Stack gap="sm" fz="sm">
        {children}
        {problem !== undefined && <ProblemText problem={problem} />}
        <Group gap="xs" justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button loading={busy} disabled={blocked} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </OpenDialog>
  )
}
