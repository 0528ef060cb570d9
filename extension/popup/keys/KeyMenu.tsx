import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { Key } from '../../../shared/keys.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Go } from '../view.ts'

type Props = {
  readonly card: Key
  readonly name: string
  /** Whether it answers first already. */
  readonly isFirst: boolean
  readonly go: Go
  readonly onUseFirst: (id: string) => void
}

/** What can be done with one key. */
export const KeyMenu = ({ card, name, isFirst, go, onUseFirst }: Props) => {
  const { t } = useSpeech()
  const keyId = card.id
  return (
    <Menu position="bottom-end" width={220} withinPortal={false} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('popup.keys.menu', { provider: name })}
          style={{ flex: 'none' }}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => go({ view: 'model', keyId })}>{t('popup.keys.chooseModel')}</Menu.Item>
        {!isFirst && <Menu.Item onClick={() => onUseFirst(keyId)}>{t('popup.keys.useFirst')}</Menu.Item>}
        <Menu.Item onClick={() => go({ view: 'replace', keyId })}>{t('popup.keys.replace')}</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => go({ view: 'disconnect', keyId })}>{t('popup.keys.disconnect')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
