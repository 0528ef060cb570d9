import { Box, Button, Group, Stack, Text } from '@mantine/core'
import type { Status } from '../../../shared/status.ts'
import type { Workspace } from '../../../shared/workspace.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing, useReading } from '../../ui/reading.ts'
import { mayManage } from '../../ui/rights.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import layout from './options.module.css'

const Keep = () => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const keeping = useDoing<void, Workspace>(vault.keepWorkspace, () => undefined)
  return (
    <>
      {keeping.problem !== undefined && <ProblemText problem={keeping.problem} />}
      <Group>
        <Button size="xs" loading={keeping.busy} onClick={() => keeping.start()}>
          {t('options.settings.ending.keep')}
        </Button>
      </Group>
    </>
  )
}

/** When it will be gone; undefined when that is not near, and `soon` for those whom the vault does not tell the moment. */
const useEnd = ({ member, ai }: Status): number | 'soon' | undefined => {
  const { vault } = useParts()
  const workspace = useReading(['workspace'], vault.workspace, mayManage(member.role))
  if (workspace.state === 'ready') return workspace.value.deleteAt ?? undefined
  return ai.paused === 'workspace-ending' ? 'soon' : undefined
}

/** Stands on every page while the workspace is about to be deleted; its owner can keep it from here. */
export const EndingBanner = ({ status }: { status: Status }) => {
  const { t, locale } = useSpeech()
  const end = useEnd(status)
  if (end === undefined) return null
  const isOwner = status.member.role === 'owner'
  const moment = end === 'soon' ? '' : momentInWords(end, locale, status.workspace.timeZone)
  return (
    <Box className={layout.banner} role="status" data-banner="ending">
      <Stack gap="xs">
        <Text fz="sm" fw={600}>
          {end === 'soon'
            ? t('options.settings.ending.pendingSoon')
            : t('options.settings.ending.pending', { moment })}
        </Text>
        <Text fz="sm">
          {t('options.settings.ending.until')} {!isOwner && t('options.settings.ending.owner')}
        </Text>
        {isOwner && <Keep />}
      </Stack>
    </Box>
  )
}
