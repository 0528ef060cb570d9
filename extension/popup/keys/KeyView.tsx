import { Skeleton } from '@mantine/core'
import type { Key } from '../../../shared/keys.ts'
import { useKeys } from '../../ui/keys/keys.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { useParts } from '../parts.tsx'
import type { Go, View } from '../view.ts'
import { ChooseModel } from './ChooseModel.tsx'
import { DisconnectKey } from './DisconnectKey.tsx'
import { ReplaceKey } from './ReplaceKey.tsx'

type KeyStep = Extract<View, { keyId: string }>

const Step = ({ view, keys, go }: { view: KeyStep; keys: readonly Key[]; go: Go }) => {
  const card = keys.find(({ id }) => id === view.keyId)
  if (card === undefined) return null
  if (view.view === 'model') return <ChooseModel card={card} go={go} />
  if (view.view === 'replace') return <ReplaceKey card={card} go={go} />
  return <DisconnectKey card={card} keys={keys} go={go} />
}

/** What is done with one key that exists. */
export const KeyView = ({ view, go }: { view: KeyStep; go: Go }) => (
  <Loaded reading={useKeys(useParts().vault)} skeleton={<Skeleton height={120} m="md" />}>
    {(keys) => <Step view={view} keys={keys} go={go} />}
  </Loaded>
)
