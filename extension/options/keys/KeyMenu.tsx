import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef } from 'react'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Neighbors } from './ordering.ts'
import type { GoToStep } from './step.ts'

type Props = {
  readonly keyId: string
  /** What the key is called. */
  readonly name: string
  readonly neighbors: Neighbors
  readonly go: GoToStep
}

/** What can be done with one key, beside replacing it. */
export const KeyMenu = ({ keyId, name, neighbors, go }: Props) => {
  const { t } = useSpeech()
  const opener = useRef<HTMLButtonElement>(null)
  const ask = (step: 'name' | 'limit' | 'disconnect'): void => {
    opener.current?.focus()
    go({ step, keyId })
  }
  const { up, down } = neighbors
  return (
    <Menu position="bottom-end" width={220} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon
          ref={opener}
          variant="subtle"
          color="gray"
          size={30}
          aria-label={t('options.routing.key.menu', { label: name })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {up !== undefined && <Menu.Item onClick={up}>{t('options.routing.order.up')}</Menu.Item>}
        {down !== undefined && <Menu.Item onClick={down}>{t('options.routing.order.down')}</Menu.Item>}
        {(up !== undefined || down !== undefined) && <Menu.Divider />}
        <Menu.Item onClick={() => ask('name')}>{t('options.routing.key.rename')}</Menu.Item>
        <Menu.Item onClick={() => ask('limit')}>{t('options.routing.key.limit')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => ask('disconnect')}>{t('popup.keys.disconnect')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
