import { Group, SimpleGrid, Skeleton, Stack } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Spend } from '../../shared/spend.ts'
import type { Status } from '../../shared/status.ts'
import { isMonthReached } from '../ui/cap-names.ts'
import { Loaded } from '../ui/Loaded.tsx'
import { useLiveReading } from '../ui/reading.ts'
import { mayManage } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { useParts } from './parts.tsx'
import type { Route } from './route.ts'
import { Fallbacks } from './spend/Fallbacks.tsx'
import { Month } from './spend/Month.tsx'
import { MonthStepper } from './spend/MonthStepper.tsx'
import { monthIn, presentMonth } from './spend/months.ts'
import { Notices } from './spend/Notices.tsx'
import { Numbers } from './spend/Numbers.tsx'
import { WhoAndWhere } from './spend/WhoAndWhere.tsx'
import { TabHeading } from './TabHeading.tsx'

/** The present month is told anew this often while somebody looks. */
const LIVE_MS = 10_000

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

type Shown = { readonly spend: Spend; readonly status: Status | undefined }

const Whole = ({ spend, status }: Shown) => (
  <Stack gap="sm">
    <Notices notices={spend.notices} foreignUse={spend.foreignUse} timeZone={spend.cap.period.timeZone} />
    <Numbers
      spend={spend}
      paused={isMonthReached(status)}
      manages={status !== undefined && mayManage(status.member.role)}
    />
    <Month key={spend.month} spend={spend} />
    <Fallbacks spend={spend} />
    <WhoAndWhere spend={spend} />
  </Stack>
)

/** The stepper stays while another month is read: any month that was read knows the present one. */
const Stepper = ({ month, spend }: { month: string | undefined; spend: Spend | undefined }) => {
  const client = useQueryClient()
  const known = spend ?? client.getQueriesData<Spend>({ queryKey: ['spend'] }).find(([, one]) => one)?.[1]
  if (known === undefined) return <Skeleton height={28} width={200} />
  const present = presentMonth(known)
  return <MonthStepper month={month ?? present} present={present} />
}

/** What the workspace spent in a month, on what, and why it differs from the month before. */
export const SpendTab = ({ route, status }: { route: Route; status: Status | undefined }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const month = monthIn(route.query)
  const spend = useLiveReading(
    ['spend', month ?? 'present'],
    () => vault.spend(month),
    (read) => read !== undefined && read.month === presentMonth(read) && LIVE_MS,
  )
  const label = status?.providerLabel ?? null
  const zone = status === undefined ? undefined : t('options.spend.zone', { zone: status.workspace.timeZone })
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="sm">
        <TabHeading title={t('options.spend.tab')} note={zone} label={label} />
        <Stepper month={month} spend={spend.state === 'ready' ? spend.value : undefined} />
      </Group>
      <Loaded reading={spend} skeleton={<Waiting />}>
        {(read) => <Whole spend={read} status={status} />}
      </Loaded>
    </>
  )
}
