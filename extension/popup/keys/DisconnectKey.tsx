import type { Key, KeyList } from '../../../shared/keys.ts'
import { Disconnecting } from '../../ui/keys/Disconnecting.tsx'
import { keyName } from '../../ui/keys/key-names.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'

type Props = { readonly card: Key; readonly list: KeyList; readonly go: Go }

/** Says what stops, then disconnects. */
export const DisconnectKey = ({ card, list, go }: Props) => {
  const speech = useSpeech()
  const { vault } = useParts()
  const back = () => go(home)
  const provider = keyName(speech, card, list.keys)
  return (
    <Subview title={speech.t('popup.disconnect.title', { provider })} onBack={back}>
      <Disconnecting vault={vault} card={card} list={list} onDone={back} onCancel={back} />
    </Subview>
  )
}
