import { useState } from 'react'
import type { Key, KeyConnected } from '../../../shared/keys.ts'
import { NewVersion } from '../../ui/keys/NewVersion.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'
import { KeyDone } from './KeyDone.tsx'

/** Replaces a key by a new version, verified before it is stored. */
export const ReplaceKey = ({ card, go }: { card: Key; go: Go }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [replaced, setReplaced] = useState<KeyConnected>()
  const provider = t(`providers.${card.provider}`)
  if (replaced !== undefined) return <KeyDone connected={replaced} go={go} />
  return (
    <Subview title={t('popup.connect.replaceTitle', { provider })} onBack={() => go(home)}>
      <NewVersion vault={vault} card={card} onDone={setReplaced} />
    </Subview>
  )
}
