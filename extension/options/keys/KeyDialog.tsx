import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key } from '../../../shared/keys.ts'
import { Disconnecting } from '../../ui/keys/Disconnecting.tsx'
import { KeyDone } from '../../ui/keys/KeyDone.tsx'
import { ModelForm } from '../../ui/keys/ModelForm.tsx'
import { NewKey } from '../../ui/keys/NewKey.tsx'
import { NewVersion } from '../../ui/keys/NewVersion.tsx'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import type { Vault } from '../../vault/client.ts'
import { useParts } from '../parts.tsx'
import { goTo, writeRoute } from '../route.ts'
import type { KeyStep } from './step.ts'

type Props = {
  readonly step: KeyStep
  readonly keys: readonly Key[]
  readonly go: (step: KeyStep) => void
  /** Told when another model was chosen, with what puts the former one back. */
  readonly saved: (undo: () => Promise<unknown>) => void
}

type Dialog = { readonly title: string; readonly body: ReactNode }

type OfKey = Omit<Props, 'step'> & { readonly vault: Vault; readonly card: Key }

const ofKey = ({ t }: Speech, step: 'model' | 'replace' | 'disconnect', of: OfKey): Dialog => {
  const { vault, card, keys, go, saved } = of
  const provider = t(`providers.${card.provider}`)
  const close = () => go({ step: 'none' })
  const former = card.model.id
  const changed = () => {
    close()
    saved(() => vault.changeKey(card.id, { model: former }))
  }
  if (step === 'model')
    return {
      title: t('popup.model.title'),
      body: <ModelForm vault={vault} card={card} onDone={changed} />,
    }
  if (step === 'replace')
    return {
      title: t('popup.connect.replaceTitle', { provider }),
      body: <NewVersion vault={vault} card={card} onDone={(connected) => go({ step: 'done', connected })} />,
    }
  return {
    title: t('popup.disconnect.title', { provider }),
    body: <Disconnecting vault={vault} card={card} keys={keys} onDone={close} onCancel={close} />,
  }
}

const dialogOf = (speech: Speech, vault: Vault, { step, keys, go, saved }: Props): Dialog | undefined => {
  const { t } = speech
  if (step.step === 'none') return undefined
  if (step.step === 'connect')
    return {
      title: t('popup.connect.title'),
      body: <NewKey vault={vault} onDone={(connected) => go({ step: 'done', connected })} />,
    }
  if (step.step === 'done')
    return {
      title: t(`providers.${step.connected.key.provider}`),
      body: (
        <KeyDone
          vault={vault}
          connected={step.connected}
          onReceipt={(id) => goTo(writeRoute('receipts', id))}
          onOtherModel={() => go({ step: 'model', keyId: step.connected.key.id })}
          onReady={() => go({ step: 'none' })}
        />
      ),
    }
  const card = keys.find(({ id }) => id === step.keyId)
  return card === undefined ? undefined : ofKey(speech, step.step, { vault, card, keys, go, saved })
}

/** What is being done with a key, over the page. Escape leaves everything as it is, and the focus goes back where it was. */
export const KeyDialog = (props: Props) => {
  const speech = useSpeech()
  const { vault } = useParts()
  const dialog = dialogOf(speech, vault, props)
  return (
    <Modal
      opened={dialog !== undefined}
      onClose={() => props.go({ step: 'none' })}
      title={dialog?.title}
      styles={{ title: { fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': speech.t('common.close') }}
      transitionProps={{ duration: 0 }}
    >
      {dialog?.body}
    </Modal>
  )
}
