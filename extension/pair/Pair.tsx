import { Box, Checkbox, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { Loaded } from '../ui/Loaded.tsx'
import { PairingForm } from '../ui/pairing/PairingForm.tsx'
import { useReading } from '../ui/reading.ts'
import { useSpeech } from '../ui/words/speech.ts'
import type { Connection } from '../vault/connection.ts'
import { Done } from './Done.tsx'
import { useParts } from './parts.tsx'
import { useSteady } from './steady.ts'

const Waiting = () => (
  <Stack gap="sm">
    <Skeleton height={24} width={220} />
    <Skeleton height={60} />
    <Skeleton height={60} />
  </Stack>
)

type EarlierProps = {
  readonly earlier: Connection
  readonly left: boolean
  readonly onLeave: (leaves: boolean) => void
}

/** This browser has a vault already: says what pairing anew would take away, and asks. */
const Earlier = ({ earlier, left, onLeave }: EarlierProps) => {
  const { t } = useSpeech()
  const workspace = earlier.workspaceName
  return (
    <Paper withBorder p="md" bg="var(--ownkey-sunken)">
      <Stack gap="xs">
        <Text fz="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {t('pair.earlier', { workspace, address: earlier.address })}
        </Text>
        <Text fz="sm">{t('pair.earlierHint')}</Text>
        <Checkbox
          label={t('pair.leave', { workspace })}
          checked={left}
          onChange={(event) => onLeave(event.currentTarget.checked)}
        />
      </Stack>
    </Paper>
  )
}

type AskProps = { readonly earlier: Connection | null; readonly onPaired: (connection: Connection) => void }

const Ask = ({ earlier, onPaired }: AskProps) => {
  const { t } = useSpeech()
  const { vault, browser, handed } = useParts()
  const [left, setLeft] = useState(false)
  const steady = useSteady()
  return (
    <Stack gap="md">
      <Title order={1} fz={22}>
        {t('popup.pairing.title')}
      </Title>
      <Text fz="sm" c="dimmed">
        {t('popup.pairing.intro')}
      </Text>
      {handed.address !== '' && (
        <Text fz="sm" data-vault={handed.address}>
          {t('pair.whose')}{' '}
          <Text component="strong" inherit fw={600} dir="ltr" style={{ overflowWrap: 'anywhere' }}>
            {handed.address}
          </Text>
        </Text>
      )}
      {earlier !== null && <Earlier earlier={earlier} left={left} onLeave={setLeft} />}
      <PairingForm
        vault={vault}
        browser={browser}
        filled={handed}
        ready={steady && (earlier === null || left)}
        onPaired={onPaired}
      />
    </Stack>
  )
}

/** The page behind a pairing link: fills in what the link says, shows whose vault it is, and pairs when the person asks. */
export const Pair = () => {
  const { vault } = useParts()
  const [paired, setPaired] = useState<Connection>()
  const earlier = useReading(['connection'], async () => (await vault.connection()) ?? null)
  return (
    <Box component="main" maw={480} mx="auto" px="md" py={48}>
      {paired === undefined ? (
        <Loaded reading={earlier} skeleton={<Waiting />}>
          {(connection) => <Ask earlier={connection} onPaired={setPaired} />}
        </Loaded>
      ) : (
        <Done connection={paired} />
      )}
    </Box>
  )
}
