import { Box, Group, NavLink, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { Status } from '../../../shared/status.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { pageAt, pagesOf } from '../pages.ts'
import { type PageName, useRoute, writeRoute } from '../route.ts'
import layout from './options.module.css'

const Title = ({ status }: { status: Status | undefined }) => {
  const { t } = useSpeech()
  return (
    <Box px={{ base: 0, sm: 12 }} miw={0}>
      <Text fw={700} fz="md">
        {t('options.title')}
      </Text>
      <Text fz="xs" c="dimmed" truncate dir="auto" title={status?.workspace.name}>
        {status?.workspace.name}
      </Text>
    </Box>
  )
}

type OpenerProps = { readonly at: PageName | undefined; readonly open: boolean; readonly onClick: () => void }

/** Where the window is too narrow for a column: the present page, which opens the list of the others. */
const Opener = ({ at, open, onClick }: OpenerProps) => {
  const { t } = useSpeech()
  const pages = t('options.navigation')
  const name = at === undefined ? pages : t(`options.${at}.tab`)
  return (
    <UnstyledButton
      className={layout.opener}
      aria-expanded={open}
      aria-controls="pages"
      aria-label={name === pages ? pages : `${name}, ${pages}`}
      onClick={onClick}
    >
      <Group gap={8} wrap="nowrap">
        <Text fz="sm" fw={600} aria-hidden>
          {name}
        </Text>
        <IconMenu2 size={18} aria-hidden />
      </Group>
    </UnstyledButton>
  )
}

const PageLink = ({ name, here }: { name: PageName; here: boolean }) => {
  const { t } = useSpeech()
  return (
    <NavLink
      href={writeRoute(name)}
      label={t(`options.${name}.tab`)}
      active={here}
      className={layout.link}
      {...(here ? { 'aria-current': 'page' as const } : {})}
    />
  )
}

/** The pages that this member may see, and whose books they are. */
export const Navigation = ({ status }: { status: Status | undefined }) => {
  const { t } = useSpeech()
  const route = useRoute()
  const [open, setOpen] = useState(false)
  const at = pageAt(status?.member, route)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list closes when the page changes
  useEffect(() => setOpen(false), [at])
  return (
    <Stack component="nav" className={layout.side} gap="md" p="md" aria-label={t('options.navigation')}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Title status={status} />
        <Opener at={at} open={open} onClick={() => setOpen(!open)} />
      </Group>
      <Box id="pages" className={layout.links} data-open={open}>
        {pagesOf(status?.member).map((name) => (
          <PageLink key={name} name={name} here={name === at} />
        ))}
      </Box>
    </Stack>
  )
}
