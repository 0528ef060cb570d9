import { SegmentedControl, Skeleton, Stack } from '@mantine/core'
import { useState } from 'react'
import type { KeyConnected } from '../../../shared/keys.ts'
import { ProviderName } from '../../../shared/providers.ts'
import type { Vault } from '../../vault/client.ts'
import { Loaded } from '../Loaded.tsx'
import { useSpeech } from '../words/speech.ts'
import { KeyForm } from './KeyForm.tsx'
import { unconnected, useKeys } from './keys.ts'

type Props = { readonly vault: Vault; readonly onDone: (connected: KeyConnected) => void }

const Form = ({ vault, providers, onDone }: Props & { providers: readonly ProviderName[] }) => {
  const { t } = useSpeech()
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

/** Connects a first key of a provider: choose among those without one, paste, verify. */
export const NewKey = ({ vault, onDone }: Props) => (
  <Loaded reading={useKeys(vault)} skeleton={<Skeleton height={120} />}>
    {(known) => <Form vault={vault} providers={unconnected(known)} onDone={onDone} />}
  </Loaded>
)
