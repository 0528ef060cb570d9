import type { TeamMember } from '../../../shared/members.ts'
import type { Connection } from '../../vault/connection.ts'
import { RemoveDeviceDialog, WithdrawDialog } from './AccessDialogs.tsx'
import { HandOverDialog } from './HandOverDialog.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { type Deciding, RemoveDialog, RoleDialog } from './MemberDialogs.tsx'
import type { Asked, Me } from './people.ts'

type Props = Deciding & {
  readonly asked: Asked
  readonly me: Me
  readonly members: readonly TeamMember[]
  readonly connection: Connection
}

const heirsAmong = (members: readonly TeamMember[], me: Me): readonly TeamMember[] =>
  members.filter(({ id, devices }) => id !== me.id && devices > 0)

/** What the page asks before it does something. */
export const Dialog = ({ asked, me, members, connection, ...deciding }: Props) => {
  switch (asked.ask) {
    case 'invite':
      return <InviteDialog connection={connection} onClose={deciding.onCancel} />
    case 'hand-over':
      return <HandOverDialog heirs={heirsAmong(members, me)} to={asked.to} {...deciding} />
    case 'remove':
      return <RemoveDialog member={asked.member} {...deciding} />
    case 'role':
      return <RoleDialog member={asked.member} role={asked.role} {...deciding} />
    case 'withdraw':
      return <WithdrawDialog code={asked.code} {...deciding} />
    case 'remove-device':
      return <RemoveDeviceDialog device={asked.device} owner={asked.owner} {...deciding} />
  }
}
