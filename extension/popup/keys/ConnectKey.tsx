import { SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { useState } from 'react'
import type { KeyConnected } from '../../../shared/keys.ts'
import { ProviderName } from '../../../shared/providers.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { Subview } from '../Subview.tsx'
import { type Go, home } from '../view.ts'
import { KeyDone } from './KeyDone.tsx'
import { KeyForm } from './KeyForm.tsx'
import { unconnected, useKeys } from './keys.ts'

type FormProps = {
  readonly providers: readonly ProviderName[]
  readonly onDone: (connected: KeyConnected) => void
}

const NewKey = ({ providers, onDone }: FormProps) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [chosen, setChosen] = useState<ProviderName>()
  const provider = chosen ?? providers[0]
  if (provider === undefined) return null
  return (
    <Stack gap="sm">
      {providers.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={t('popup.connect.provider')}
          value={provider}
          data={providers.map((name) => ({ value: name, label: t(`providers.${name}`) }))}
          onChange={(name) => setChosen(ProviderName.parse(name))}
        />
      )}
      <KeyForm
        key={provider}
        provider={provider}
        advice={t('popup.connect.advice')}
        send={(key) => vault.connectKey({ provider, key })}
        onDone={onDone}
      />
    </Stack>
  )
}

/** Connects a first key of a provider: choose, paste, verify, done. */
export const ConnectKey = ({ go }: { go: Go }) => {
  const { t } = useSpeech()
  const keys = useKeys()
  const [connected, setConnected] = useState<KeyConnected>()
  if (connected !== undefined) return <KeyDone connected={connected} go={go} />
  return (
    <Subview title={t('popup.connect.title')} onBack={() => go(home)}>
      <Loaded reading={keys} skeleton={<Skeleton height={120} />}>
        {(known) => <NewKey providers={unconnected(known)} onDone={setConnected} />}
      </Loaded>
    </Subview>
  )
}
