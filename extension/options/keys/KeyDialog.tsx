import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Key, KeyChange, KeyList } from '../../../shared/keys.ts'
import { Disconnecting } from '../../ui/keys/Disconnecting.tsx'
import { KeyDone } from '../../ui/keys/KeyDone.tsx'
import { keyName } from '../../ui/keys/key-names.ts'
import { ModelForm } from '../../ui/keys/ModelForm.tsx'
import { NewKey } from '../../ui/keys/NewKey.tsx'
import { Rotation } from '../../ui/keys/rotation/Rotation.tsx'
import { type Speech, useSpeech } from '../../ui/words/speech.ts'
import type { Vault } from '../../vault/client.ts'
import { useParts } from '../parts.tsx'
import { goTo, writeRoute } from '../route.ts'
import { LimitForm } from './LimitForm.tsx'
import { NameForm } from './NameForm.tsx'
import type { GoToStep, KeyStep } from './step.ts'

type Props = {
  readonly step: KeyStep
  readonly list: KeyList
  readonly timeZone: string
  readonly go: GoToStep
  /** Told when something was changed, with what puts back what was there before. */
  readonly saved: (undo: () => Promise<unknown>) => void
}

type Dialog = { readonly title: string; readonly body: ReactNode }

type OfKey = Omit<Props, 'step'> & { readonly vault: Vault; readonly card: Key }

const ofKey = (speech: Speech, step: Extract<KeyStep, { keyId: string }>['step'], of: OfKey): Dialog => {
  const { vault, card, list, timeZone, go, saved } = of
  const { t } = speech
  const name = keyName(speech, card, list.keys)
  const close = () => go({ step: 'none' })
  const changed = (before: KeyChange) => () => {
    close()
    saved(() => vault.changeKey(card.id, before))
  }
  switch (step) {
    case 'model':
      return {
        title: t('popup.model.title'),
        body: <ModelForm vault={vault} card={card} onDone={changed({ model: card.model.id })} />,
      }
    case 'name':
      return {
        title: t('options.routing.name.title'),
        body: <NameForm card={card} onDone={changed({ label: card.label })} onCancel={close} />,
      }
    case 'limit': {
      const channels = card.channels?.map(({ id }) => id) ?? null
      return {
        title: t('options.routing.limit.title', { label: name }),
        body: <LimitForm card={card} onDone={changed({ channels })} onCancel={close} />,
      }
    }
    case 'replace':
      return {
        title: t('popup.connect.replaceTitle', { provider: name }),
        body: (
          <Rotation
            key={card.id}
            vault={vault}
            card={card}
            timeZone={timeZone}
            onReceipt={(id) => goTo(writeRoute('receipts', id))}
            onClose={close}
          />
        ),
      }
    case 'disconnect':
      return {
        title: t('popup.disconnect.title', { provider: name }),
        body: <Disconnecting vault={vault} card={card} list={list} onDone={close} onCancel={close} />,
      }
  }
}

const dialogOf = (speech: Speech, vault: Vault, { step, ...rest }: Props): Dialog | undefined => {
  const { t } = speech
  const { list, go } = rest
  if (step.step === 'none') return undefined
  if (step.step === 'connect')
    return {
      title: t('popup.connect.title'),
      body: <NewKey vault={vault} onDone={(connected) => go({ step: 'done', connected })} />,
    }
  if (step.step === 'done') {
    const provider = t(`providers.${step.connected.key.provider}`)
    return {
      title: provider,
      body: (
        <KeyDone
          vault={vault}
          connected={step.connected}
          done={step.isAgain ? t('rotation.rejected.accepted', { provider }) : undefined}
          onReceipt={(id) => goTo(writeRoute('receipts', id))}
          onOtherModel={() => go({ step: 'model', keyId: step.connected.key.id })}
          onReady={() => go({ step: 'none' })}
        />
      ),
    }
  }
  const card = list.keys.find(({ id }) => id === step.keyId)
  return card === undefined ? undefined : ofKey(speech, step.step, { ...rest, vault, card })
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
