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

/** What was put away here last, and how high its line was. */
type Gone = { readonly id: string; readonly height: number }

const useDismissing = (height: () => number) => {
  const { notices } = useParts()
  const [gone, setGone] = useState<Gone>()
  const dismiss = async (alert: Alert): Promise<string> => {
    await notices.dismiss(alert)
    return alert.id
  }
  const dismissing = useDoing(dismiss, (id) => setGone({ id, height: height() }))
  return { ...dismissing, gone }
}

/** Puts it away first: opening the options closes the popup. */
const useFollowing = () => {
  const { notices, surroundings } = useParts()
  const follow = async (alert: Alert): Promise<string | undefined> => {
    await notices.dismiss(alert)
    return leadOf(alert.subject)?.route
  }
  return useDoing(follow, (route) => route !== undefined && surroundings.openOptions(route))
}

/** The newest alert that nobody has put away in this browser, in one line. Following it puts it away too: who goes there has read it. */
export const AlertLine = ({ alert }: { alert: Alert | null }) => {
  const speech = useSpeech()
  const { t } = speech
  const place = useRef<HTMLDivElement>(null)
  const dismissing = useDismissing(() => place.current?.offsetHeight ?? 0)
  const following = useFollowing()
  const { gone } = dismissing
  if (alert === null || alert.id === gone?.id) return gone && <Dismissed height={gone.height} />
  const lead = leadOf(alert.subject)
  const problem = dismissing.problem ?? following.problem
  return (
    <Box ref={place}>
      <NoticeLine
        kind={alert.subject.kind}
        ink={alert.subject.kind === 'cap' ? 'amber' : 'red'}
        text={alertInWords(speech, alert.subject)}
        look={lead && { text: t(`alerts.look.${lead.page}`), onClick: () => following.start(alert) }}
      >
        <PutAway label={t('alerts.dismiss')} onClick={() => dismissing.start(alert)} />
      </NoticeLine>
      {problem !== undefined && <ProblemText problem={problem} />}
    </Box>
  )
}
