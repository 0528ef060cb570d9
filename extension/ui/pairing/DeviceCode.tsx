import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { PairingCodeAnswer } from '../../../shared/pairing.ts'
import { writePairingLink } from '../../../shared/pairing-link.ts'
import type { Vault } from '../../vault/client.ts'
import { timeInWords } from '../moments.ts'
import { ProblemText } from '../ProblemText.tsx'
import { useDoing } from '../reading.ts'
import { useSpeech } from '../words/speech.ts'
import { Copyable } from './Copyable.tsx'

const MadeCode = ({ address, made }: { address: string; made: PairingCodeAnswer }) => {
  const { t, locale } = useSpeech()
  return (
    <Stack gap="sm">
      <Copyable name={t('popup.device.link')} value={writePairingLink({ address, code: made.code })} />
      <Copyable name={t('popup.device.address')} value={address} />
      <Copyable name={t('popup.device.code')} value={made.code} />
      <Text fz="sm">{t('popup.device.until', { time: timeInWords(made.expiresAt, locale) })}</Text>
    </Stack>
  )
}

type Props = {
  readonly vault: Vault
  readonly address: string
  /** True where another button is the surface's filled one. */
  readonly quiet?: boolean
}

/** Makes a one-time code for another browser of the same member, when asked and not before. */
export const DeviceCode = ({ vault, address, quiet = false }: Props) => {
  const { t } = useSpeech()
  const [made, setMade] = useState<PairingCodeAnswer>()
  const making = useDoing<void, PairingCodeAnswer>(() => vault.makePairingCode({ kind: 'device' }), setMade)
  return (
    <Stack gap="sm">
      <Text fz="sm">{t('popup.device.addHint')}</Text>
      {making.problem !== undefined && <ProblemText problem={making.problem} />}
      {made === undefined ? (
        <Button
          variant={quiet ? 'default' : 'filled'}
          {...(quiet ? { style: { alignSelf: 'flex-start' } } : {})}
          loading={making.busy}
          onClick={() => making.start()}
        >
          {t('popup.device.makeCode')}
        </Button>
      ) : (
        <MadeCode address={address} made={made} />
      )}
    </Stack>
  )
}
