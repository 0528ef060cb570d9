import { Box } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemText } from './ProblemText.tsx'
import type { Reading } from './reading.ts'
import { useSpeech } from './words/speech.ts'

type Props<Value> = {
  readonly reading: Reading<Value>
  /** Keeps the space of what will come. Seen only when loading takes longer than 200 ms. */
  readonly skeleton: ReactNode
  readonly children: (value: Value) => ReactNode
}

/** Shows something that is read: its skeleton, its failure with a way to try again, or itself. */
export const Loaded = <Value,>({ reading, skeleton, children }: Props<Value>) => {
  const { t } = useSpeech()
  if (reading.state === 'ready') return children(reading.value)
  if (reading.state === 'failed') return <ProblemText problem={reading.problem} onRetry={reading.retry} />
  return (
    <Box className="late" role="status" aria-label={t('common.loading')}>
      {skeleton}
    </Box>
  )
}
