import { Skeleton } from '@mantine/core'
import type { KeyList } from '../../../shared/keys.ts'
import { useKeyList } from '../../ui/keys/keys.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { useParts } from '../parts.tsx'
import type { Go, View } from '../view.ts'
import { ChooseModel } from './ChooseModel.tsx'
import { DisconnectKey } from './DisconnectKey.tsx'
import { ReplaceKey } from './ReplaceKey.tsx'

type KeyStep = Extract<View, { keyId: string }>

const Step = ({ view, list, go }: { view: KeyStep; list: KeyList; go: Go }) => {
  const card = list.keys.find(({ id }) => id === view.keyId)
  if (card === undefined) return null
  if (view.view === 'model') return <ChooseModel card={card} go={go} />
  if (view.view === 'replace') return <ReplaceKey card={card} go={go} />
  return <DisconnectKey card={card} list={list} go={go} />
}

/** What is done with one key that exists. */
export const KeyView = ({ view, go }: { view: KeyStep; go: Go }) => (
  <Loaded reading={useKeyList(useParts().vault)} skeleton={<Skeleton height={120} m="md" />}>
    {(list) => <Step view={view} list={list} go={go} />}
  </Loaded>
)
