import { SimpleGrid, Skeleton, Stack } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useReading } from '../ui/reading.ts'
import { mayManage } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import { CapSetting } from './spend/CapSetting.tsx'
import { Month } from './spend/Month.tsx'
import { Numbers } from './spend/Numbers.tsx'
import { TabHeading } from './TabHeading.tsx'

const Waiting = () => (
  <Stack gap="sm">
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
      {['spent', 'left', 'each', 'overshoot'].map((name) => (
        <Skeleton key={name} height={98} />
      ))}
    </SimpleGrid>
    <Skeleton height={380} />
  </Stack>
)

/** What the workspace spent this month, against its cap. */
export const SpendTab = ({ status }: { status: Status | undefined }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const spend = useReading(['spend'], vault.spend)
  const label = status?.providerLabel ?? null
  const paused = status?.ai.paused === 'cap-reached'
  const zone = status === undefined ? undefined : t('options.spend.zone', { zone: status.workspace.timeZone })
  return (
    <>
      <TabHeading title={t('options.spend.tab')} note={zone} label={label} />
      <Loaded reading={spend} skeleton={<Waiting />}>
        {(month) => (
          <Stack gap="sm">
            <Numbers spend={month} paused={paused} />
            <Month spend={month} />
            <CapSetting
              cap={month.cap}
              paused={paused}
              label={label}
              manages={status !== undefined && mayManage(status.member.role)}
            />
          </Stack>
        )}
      </Loaded>
    </>
  )
}
