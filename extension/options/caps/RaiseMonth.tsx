import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Cap } from '../../../shared/cap.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { RaiseCap } from './RaiseCap.tsx'
import { RaisedLine } from './RaisedLine.tsx'
import { raiseAgain, undoRaise, workspaceMonth } from './restoring.ts'

/** The temporary raise of the workspace's month: how it stands, and how it is begun and ended. */
export const RaiseMonth = ({ cap }: { cap: Cap }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asks, setAsks] = useState(false)
  const { line, saved } = useSaved()
  const month = { ...workspaceMonth, ...cap, name: null }
  const ending = useDoing(
    () => vault.endRaise(workspaceMonth),
    () => saved(() => raiseAgain(vault, month)),
  )
  const raised = (): void => {
    setAsks(false)
    saved(() => undoRaise(vault, month))
  }
  return (
    <Stack gap="xs">
      <RaisedLine cap={month} onEnd={() => ending.start(undefined)} />
      <Group gap="sm">
        <Button variant="default" onClick={() => setAsks(true)}>
          {t('options.caps.raise.open')}
        </Button>
        {line}
      </Group>
      {ending.problem !== undefined && <ProblemText problem={ending.problem} />}
      {asks && <RaiseCap cap={month} onDone={raised} onCancel={() => setAsks(false)} />}
    </Stack>
  )
}
