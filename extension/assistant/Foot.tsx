import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Cap } from '../../shared/cap.ts'
import type { Status } from '../../shared/status.ts'
import { CapBar } from '../ui/CapBar.tsx'
import { isMonthReached } from '../ui/cap-names.ts'
import { isPausedByCap, Paused } from '../ui/drafts/Paused.tsx'
import { Loaded } from '../ui/Loaded.tsx'
import { ProblemText } from '../ui/ProblemText.tsx'
import type { TellableProblem } from '../ui/problem-sentences.ts'
import type { Reading } from '../ui/reading.ts'
import { mayDraft, mayManage } from '../ui/rights.ts'

/** Why this member cannot draft now; undefined when they can. Where only a cap's reserve is left, an urgent draft still can be asked for. */
export const obstacleOf = ({ member, ai, drafting }: Status): TellableProblem | undefined => {
  if (!mayDraft(member.role)) return { slug: 'not-allowed', facts: {} }
  if (ai.paused !== null) return { slug: 'ai-paused', facts: { reason: ai.paused } }
  if (!ai.on) return { slug: 'ai-paused', facts: { reason: 'switched-off' } }
  return drafting === null ? { slug: 'no-key', facts: {} } : undefined
}

const Waiting = () => (
  <Stack gap={10} py={4}>
    <Skeleton h={34} />
    <Skeleton h={10} w="60%" />
    <Skeleton h={34} />
  </Stack>
)

type Props = {
  readonly status: Reading<Status>
  /** Newer than the status, when a draft has told it. */
  readonly cap: Cap | undefined
  /** What is in the way is told above, at the draft that it declined. */
  readonly told: boolean
  readonly children: (status: Status) => ReactNode
}

/** What the person can do next, what stands in the way of it, and the cap. */
export const Foot = ({ status, cap, told, children }: Props) => (
  <Stack component="footer" className="foot" gap={8}>
    <Loaded reading={status} skeleton={<Waiting />}>
      {(ready) => {
        const obstacle = obstacleOf(ready)
        const shownCap = cap ?? ready.cap
        return (
          <>
            {!told && isPausedByCap(ready) && (
              <Paused status={ready} manages={mayManage(ready.member.role)} />
            )}
            {!told && !isPausedByCap(ready) && obstacle !== undefined && <ProblemText problem={obstacle} />}
            {children(ready)}
            {shownCap !== null && (
              <CapBar cap={shownCap} paused={isMonthReached(ready)} label={ready.providerLabel} compact />
            )}
          </>
        )
      }}
    </Loaded>
  </Stack>
)
