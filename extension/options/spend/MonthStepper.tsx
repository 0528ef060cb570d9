import { ActionIcon, Group, Text, useDirection } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useSpeech } from '../../ui/words/speech.ts'
import { type PageName, writeRoute } from '../route.ts'
import { monthAfter, monthInWords } from './months.ts'

type Props = { readonly month: string; readonly present: string; readonly page?: PageName }

const addressOf = (page: PageName, month: string, present: string): string =>
  writeRoute(page, undefined, month === present ? undefined : new URLSearchParams({ month }))

/** The month that is shown, and the way to the ones beside it. Each has its address. */
export const MonthStepper = ({ month, present, page = 'spend' }: Props) => {
  const { t, locale } = useSpeech()
  const { dir } = useDirection()
  const [Back, On] = dir === 'rtl' ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight]
  const isLast = month >= present
  return (
    <Group gap={4} wrap="nowrap" mb="sm" role="group" aria-label={t('options.spend.month')}>
      <ActionIcon
        component="a"
        href={addressOf(page, monthAfter(month, -1), present)}
        variant="default"
        aria-label={t('options.spend.previous')}
      >
        <Back size={16} />
      </ActionIcon>
      <Text fz="sm" fw={600} ta="center" miw={130} aria-live="polite">
        {monthInWords(month, locale)}
      </Text>
      <ActionIcon
        {...(isLast
          ? { component: 'button' as const, disabled: true }
          : { component: 'a' as const, href: addressOf(page, monthAfter(month, 1), present) })}
        variant="default"
        aria-label={t('options.spend.next')}
      >
        <On size={16} />
      </ActionIcon>
    </Group>
  )
}
