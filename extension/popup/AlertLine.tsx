import { Box, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Alert } from '../../shared/books/alerts.ts'
import { alertInWords, leadOf } from '../ui/alerts/sentences.ts'
import { ProblemText } from '../ui/ProblemText.tsx'
import { useDoing } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import { NoticeLine, PutAway } from './NoticeLine.tsx'
import { useParts } from './parts.tsx'

/** Stands where the line stood and is as high (pixels), so that nothing moves; takes the focus that was on it. */
const Dismissed = ({ height }: { height: number }) => {
  const { t } = useSpeech()
  const line = useRef<HTMLParagraphElement>(null)
  useEffect(() => line.current?.focus(), [])
  return (
    <Text fz="xs" c="dimmed" role="status" tabIndex={-1} ref={line} mih={height} style={{ outline: 'none' }}>
      {t('alerts.dismissed')}
    </Text>
  )
}

/** The newest alert that nobody has put away in this browser, in one line. Following it puts it away too: who goes there has read it. */
export const AlertLine = ({ alert }: { alert: Alert | null }) => {
  const speech = useSpeech()
  const { t } = speech
  const { notices, surroundings } = useParts()
  const place = useRef<HTMLDivElement>(null)
  const [heightBefore, setHeightBefore] = useState<number>()
  const dismissing = useDoing(notices.dismiss, () => setHeightBefore(place.current?.offsetHeight ?? 0))
  const following = useDoing(
    async ({ dismissed, route }: { dismissed: Alert; route: string }) => {
      await notices.dismiss(dismissed)
      return route
    },
    (route) => surroundings.openOptions(route),
  )
  const problem = dismissing.problem ?? following.problem
  if (heightBefore !== undefined) return <Dismissed height={heightBefore} />
  if (alert === null) return null
  const lead = leadOf(alert.subject)
  const look = lead && {
    text: t(`alerts.look.${lead.page}`),
    onClick: () => following.start({ dismissed: alert, route: lead.route }),
  }
  return (
    <Box ref={place}>
      <NoticeLine
        kind={alert.subject.kind}
        ink={alert.subject.kind === 'cap' ? 'amber' : 'red'}
        text={alertInWords(speech, alert.subject)}
        look={look}
      >
        <PutAway label={t('alerts.dismiss')} onClick={() => dismissing.start(alert)} />
      </NoticeLine>
      {problem !== undefined && <ProblemText problem={problem} />}
    </Box>
  )
}
