import { Skeleton, Stack } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { isMonthReached } from '../ui/cap-names.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { CapHistory } from './caps/CapHistory.tsx'
import { FurtherCaps } from './caps/FurtherCaps.tsx'
import { MonthCap } from './caps/MonthCap.tsx'
import { Overshoot } from './caps/Overshoot.tsx'
import { WhenFull } from './caps/WhenFull.tsx'
import type { PageProps } from './pages.ts'
import { useParts } from './parts.tsx'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={300} />
    <Skeleton height={180} />
  </Stack>
)

const Caps = ({ status }: { status: Status | undefined }) => {
  const { vault } = useParts()
  const spend = useReading(['spend', 'present'], () => vault.spend())
  return (
    <Loaded reading={spend} skeleton={<Waiting />}>
      {({ cap, overshoot }) => (
        <Stack gap="sm">
          <MonthCap cap={cap} paused={isMonthReached(status)} />
          <FurtherCaps />
          <Overshoot amount={overshoot} />
          <WhenFull />
          <CapHistory timeZone={cap.period.timeZone} />
        </Stack>
      )}
    </Loaded>
  )
}

/** The workspace's cap and those of members, channels, models and days: how they are used, what they do, and who changed them. */
export const CapsTab = ({ status }: PageProps) => {
  const { t } = useSpeech()
  return (
    <>
      <TabHeading
        title={t('options.caps.tab')}
        note={t('options.caps.note')}
        label={status?.providerLabel ?? null}
      />
      <Caps status={status} />
    </>
  )
}
