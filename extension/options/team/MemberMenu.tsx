import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useRef } from 'react'
import type { TeamMember } from '../../../shared/members.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { type Asked, type Me, mayChange } from './people.ts'

type Props = { readonly me: Me; readonly member: TeamMember; readonly onAsk: (asked: Asked) => void }

/** What can be done with one member; nothing at all is no menu. */
export const MemberMenu = ({ me, member, onAsk }: Props) => {
  const { t } = useSpeech()
  const opener = useRef<HTMLButtonElement>(null)
  const handsOver = me.role === 'owner'
  const ask = (asked: Asked): void => {
    opener.current?.focus()
    onAsk(asked)
  }
  if (!handsOver && !mayChange(me, member)) return null
  return (
    <Menu position="bottom-end" width={240} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon
          ref={opener}
          variant="subtle"
          color="gray"
          aria-label={t('options.team.menuOf', { name: member.name })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {handsOver && (
          <Menu.Item onClick={() => ask({ ask: 'hand-over', to: member.id === me.id ? undefined : member })}>
            {t('options.team.handOver.action')}
          </Menu.Item>
        )}
        {mayChange(me, member) && (
          <Menu.Item onClick={() => ask({ ask: 'remove', member })}>
            {t('options.team.remove.action')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
