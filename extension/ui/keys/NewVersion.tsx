import type { Key, KeyConnected } from '../../../shared/keys.ts'
import type { Vault } from '../../vault/client.ts'
import { useSpeech } from '../words/speech.ts'
import { KeyForm } from './KeyForm.tsx'

type Props = {
  readonly vault: Vault
  readonly card: Key
  readonly onDone: (replaced: KeyConnected) => void
}

/** Replaces a key by a new version, verified before it is stored. */
export const NewVersion = ({ vault, card, onDone }: Props) => {
  const { t } = useSpeech()
  return (
    <KeyForm
      provider={card.provider}
      advice={t('popup.connect.replaceAdvice', { provider: t(`providers.${card.provider}`) })}
      send={(key) => vault.replaceKey(card.id, key)}
      onDone={onDone}
    />
  )
}
