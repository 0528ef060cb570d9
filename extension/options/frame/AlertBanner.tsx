import { Anchor, Box, CloseButton, Group, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Alert } from '../../../shared/books/alerts.ts'
import type { Status } from '../../../shared/status.ts'
import { useNotice } from '../../ui/alerts/notices.ts'
import { alertInWords, leadOf } from '../../ui/alerts/sentences.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { type PageName, useRoute } from '../route.ts'
import layout from './options.module.css'

/** Where a page tells of the event itself, the banner would say it twice. */
const isToldOn = (page: string, { subject }: Alert): boolean => {
  const telling: readonly PageName[] = subject.kind === 'foreign-use' ? ['alerts', 'spend'] : ['alerts']
  return telling.some((name) => name === page)
}

const Banner = ({ alert }: { alert: Alert }) => {
  const speech = useSpeech()
  const { t } = speech
  const { notices } = useParts()
  const dismissing = useDoing(notices.dismiss, () => undefined)
  const lead = leadOf(alert.subject)
  return (
    <Box
      className={layout.banner}
      component="section"
      aria-label={t('options.alerts.banner')}
      data-banner="alert"
    >
      <Group gap="sm" wrap="nowrap" align="flex-start" justify="space-between">
        <Text fz="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
          {alertInWords(speech, alert.subject)}{' '}
          {lead !== undefined && (
            <Anchor
              inherit
              underline="always"
              href={`#${lead.route}`}
              onClick={() => dismissing.start(alert)}
            >
              {t(`alerts.look.${lead.page}`)}
            </Anchor>
          )}
        </Text>
        <CloseButton
          size="sm"
          aria-label={t('alerts.dismiss')}
          title={t('alerts.dismiss')}
          onClick={() => dismissing.start(alert)}
        />
      </Group>
      {dismissing.problem !== undefined && <ProblemText problem={dismissing.problem} />}
    </Box>
  )
}

/** Stands on every page until it is put away in this browser, here or in the popup; following it puts it away too. */
export const AlertBanner = ({ status }: { status: Status }) => {
  const { notices } = useParts()
  const { page } = useRoute()
  const read = useNotice(notices, status)
  const place = useRef<HTMLDivElement>(null)
  const alert = read.state === 'ready' ? read.value : null
  const id = alert?.id
  const before = useRef(id)
  useEffect(() => {
    const isGone = before.current !== undefined && id === undefined
    before.current = id
    if (isGone && document.activeElement === document.body) place.current?.focus()
  }, [id])
  return (
    <div role="status" tabIndex={-1} ref={place} style={{ outline: 'none' }}>
      {alert !== null && !isToldOn(page, alert) && <Banner alert={alert} />}
    </div>
  )
}
