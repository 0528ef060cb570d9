import { Box, NavLink, Stack, Text } from '@mantine/core'
import type { Status } from '../../shared/status.ts'
import { mayManage } from '../ui/rights.ts'
import { useSpeech } from '../ui/words/speech.ts'
import layout from './options.module.css'
import { type PageName, useRoute, writeRoute } from './route.ts'

const pagesFor = (status: Status | undefined): readonly PageName[] =>
  status !== undefined && mayManage(status.member.role)
    ? ['spend', 'receipts', 'audit']
    : ['spend', 'receipts']

/** The pages that this member may see, and whose books they are. */
export const Navigation = ({ status }: { status: Status | undefined }) => {
  const { t } = useSpeech()
  const { page } = useRoute()
  return (
    <Stack component="nav" className={layout.side} gap="md" p="md" aria-label={t('options.navigation')}>
      <Box px={12}>
        <Text fw={700} fz="md">
          {t('options.title')}
        </Text>
        <Text fz="xs" c="dimmed" truncate dir="auto" title={status?.workspace.name}>
          {status?.workspace.name}
        </Text>
      </Box>
      <Box className={layout.links}>
        {pagesFor(status).map((name) => (
          <NavLink
            key={name}
            href={writeRoute(name)}
            label={t(`options.${name}.tab`)}
            active={name === page}
            className={layout.link}
            {...(name === page ? { 'aria-current': 'page' as const } : {})}
          />
        ))}
      </Box>
    </Stack>
  )
}
