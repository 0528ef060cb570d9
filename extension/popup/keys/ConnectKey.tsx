import { useState } from 'react'
import type { KeyConnected } from '../../../shared/keys.ts'
import { NewKey } from '../../ui/keys/NewKey.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'
import { KeyDone } from './KeyDone.tsx'

/** Connects a first key of a provider: choose, paste, verify, done. */
export const ConnectKey = ({ go }: { go: Go }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [connected, setConnected] = useState<KeyConnected>()
  if (connected !== undefined) return <KeyDone connected={connected} go={go} />
  return (
    <Subview title={t('popup.connect.title')} onBack={() => go(home)}>
      <NewKey vault={vault} onDone={setConnected} />
    </Subview>
  )
}
