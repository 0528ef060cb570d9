import type { Key } from '../../../shared/keys.ts'
import { Rotation } from '../../ui/keys/rotation/Rotation.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'

/** Gives a key another secret, rehearsed before anything changes; its receipt opens in the options page. */
export const ReplaceKey = ({ card, go }: { card: Key; go: Go }) => {
  const { t } = useSpeech()
  const { vault, surroundings } = useParts()
  const provider = t(`providers.${card.provider}`)
  const back = () => go(home)
  return (
    <Subview title={t('popup.connect.replaceTitle', { provider })} onBack={back}>
      <Rotation
        vault={vault}
        card={card}
        timeZone={surroundings.timeZone}
        onReceipt={(id) => surroundings.openOptions(`/receipts/${id}`)}
        onClose={back}
      />
    </Subview>
  )
}
