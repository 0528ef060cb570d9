import { useState } from 'react'
import type { Key, Rehearsal } from '../../../../shared/keys.ts'
import type { Vault } from '../../../vault/client.ts'
import { useSpeech } from '../../words/speech.ts'
import { BedrockKey, type Means } from '../connecting/BedrockFields.tsx'
import { KeyForm } from '../KeyForm.tsx'
import { Rehearsed } from './Rehearsed.tsx'
import { Switched } from './Switched.tsx'

/** How far a key is on its way to another secret. */
type Step =
  | { readonly step: 'pasting' }
  | { readonly step: 'rehearsed'; readonly rehearsal: Rehearsal }
  /** `former`: the version to which one click returns. */
  | { readonly step: 'switched'; readonly former: number; readonly card: Key }

type Props = {
  readonly vault: Vault
  readonly card: Key
  /** The zone that times are told in; the browser's own, without it. */
  readonly timeZone?: string | undefined
  readonly onReceipt: (receiptId: string) => void
  readonly onClose: () => void
}

const Pasting = ({
  vault,
  card,
  onDone,
}: Pick<Props, 'vault' | 'card'> & { onDone: (rehearsal: Rehearsal) => void }) => {
  const { t } = useSpeech()
  const [means, setMeans] = useState<Means>('api')
  return (
    <KeyForm
      provider={card.provider}
      advice={t('rotation.advice')}
      proving={t('rotation.rehearsing')}
      action={t('rotation.rehearse')}
      fields={card.provider === 'bedrock' && <BedrockKey means={means} onMeans={setMeans} />}
      send={(key) => vault.rehearse(card.id, key)}
      onDone={onDone}
    />
  )
}

/** Gives a key another secret: paste, rehearse, see what it can do, switch. Leaving before the switch changes nothing. */
export const Rotation = ({ vault, card, timeZone, onReceipt, onClose }: Props) => {
  const [at, setStep] = useState<Step>({ step: 'pasting' })
  if (at.step === 'pasting')
    return (
      <Pasting vault={vault} card={card} onDone={(rehearsal) => setStep({ step: 'rehearsed', rehearsal })} />
    )
  if (at.step === 'rehearsed')
    return (
      <Rehearsed
        vault={vault}
        card={card}
        rehearsal={at.rehearsal}
        timeZone={timeZone}
        onReceipt={onReceipt}
        onSwitched={(switched) => setStep({ step: 'switched', former: card.version, card: switched })}
        onPasteAgain={() => setStep({ step: 'pasting' })}
        onLeave={onClose}
      />
    )
  return <Switched vault={vault} card={at.card} former={at.former} timeZone={timeZone} onClose={onClose} />
}
