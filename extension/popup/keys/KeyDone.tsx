import type { KeyConnected } from '../../../shared/keys.ts'
import { KeyDone as Done } from '../../ui/keys/KeyDone.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'

/** After a key was verified and saved; its receipt opens in the options page. */
export const KeyDone = ({ connected, go }: { connected: KeyConnected; go: Go }) => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
  return (
    <Subview title={t(`providers.${connected.key.provider}`)} onBack={() => go(home)}>
      <Done
        vault={vault}
        connected={connected}
        onReceipt={(id) => surroundings.openOptions(`/receipts/${id}`)}
        onOtherModel={() => go({ view: 'model', keyId: connected.key.id })}
        onReady={() => go(home)}
      />
    </Subview>
  )
}
