import { Group, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { forgetDraft, type KeptDraft, keptDrafts } from '../../local/drafts.ts'
import { momentInWords, timeInWords } from '../../ui/moments.ts'
import { QuietButton } from '../../ui/QuietButton.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { storedIfPossible } from '../../vault/storage.ts'
import { useParts } from '../parts.tsx'
import { ArmedButton } from '../session/Arming.tsx'
import type { Place } from './drafting.ts'

/** The newest draft that this browser kept for the place, if any. */
const useKeptDraft = ({ site, place }: Place) => {
  const { local, now } = useParts()
  const [kept, setKept] = useState<KeptDraft>()
  useEffect(() => {
    void storedIfPossible(async () => setKept((await keptDrafts(local, { site, place }, now()))[0]))
  }, [local, now, site, place])
  const forget = (draft: KeptDraft): void => {
    setKept(undefined)
    void storedIfPossible(() => forgetDraft(local, draft.id))
  }
  return { kept, forget }
}

/** Offers what was written for this place before: a finished draft, or one whose end nobody has read. */
export const KeptNotice = ({ place, onOpen }: { place: Place; onOpen: (kept: KeptDraft) => void }) => {
  const { t, locale } = useSpeech()
  const { kept, forget } = useKeptDraft(place)
  if (kept === undefined) return null
  const ended = kept.state === 'ended'
  const time = ended ? momentInWords(kept.at, locale) : timeInWords(kept.at, locale)
  return (
    <div className="notice" data-kept={kept.state}>
      <Text fz="sm">
        {kept.state === 'ended' ? t('assistant.kept.ended', { time }) : t('assistant.kept.asked', { time })}
      </Text>
      <Group gap={12} mt={4}>
        <ArmedButton size="compact-xs" variant="default" onPress={() => onOpen(kept)}>
          {t('assistant.kept.show')}
        </ArmedButton>
        <QuietButton onClick={() => forget(kept)}>{t('assistant.kept.dismiss')}</QuietButton>
      </Group>
    </div>
  )
}
