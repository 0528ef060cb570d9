import type { Key } from '../../../shared/keys.ts'
import { Disconnecting } from '../../ui/keys/Disconnecting.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'

type Props = { readonly card: Key; readonly keys: readonly Key[]; readonly go: Go }

/** Says what stops, then disconnects. */
export const DisconnectKey = ({ card, keys, go }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const back = () => go(home)
  return (
    <Subview title={t('popup.disconnect.title', { provider: t(`providers.${card.provider}`) })} onBack={back}>
      <Disconnecting vault={vault} card={card} keys={keys} onDone={back} onCancel={back} />
    </Subview>
  )
}
