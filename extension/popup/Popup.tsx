import { Box, Skeleton, Stack } from '@mantine/core'
import { useRef } from 'react'
import { Loaded } from '../ui/Loaded.tsx'
import { useReading } from '../ui/reading.ts'
import { Paired } from './Paired.tsx'
import { Pairing } from './Pairing.tsx'
import { useParts } from './parts.tsx'

const Waiting = () => (
  <Stack gap="sm" p="md">
    <Skeleton height={18} width="60%" />
    <Skeleton height={14} width="40%" />
    <Skeleton height={8} />
    <Skeleton height={36} />
  </Stack>
)

/** The toolbar's popup: pairing, or the workspace's state and keys. */
export const Popup = () => {
  const { vault } = useParts()
  const connection = useReading(['connection'], async () => (await vault.connection()) ?? null)
  const wasUnpaired = useRef(false)
  if (connection.state === 'ready' && connection.value === null) wasUnpaired.current = true
  return (
    <Box w={360} mih={120}>
      <Loaded reading={connection} skeleton={<Waiting />}>
        {(known) =>
          known === null ? (
            <Pairing />
          ) : (
            <Paired connection={known} justPaired={wasUnpaired.current} skeleton={<Waiting />} />
          )
        }
      </Loaded>
    </Box>
  )
}
