import { Button, Code, Table, Text, VisuallyHidden } from '@mantine/core'
import type { Invite } from '../../../shared/members.ts'
import { exactMoment, momentInWords } from '../../ui/moments.ts'
import { useSpeech } from '../../ui/words/speech.ts'

type Props = { readonly invites: readonly Invite[]; readonly onWithdraw: (code: string) => void }

const columns = ['code', 'role', 'by', 'until'] as const

const InviteRow = ({ invite, onWithdraw }: { invite: Invite; onWithdraw: () => void }) => {
  const { t, locale } = useSpeech()
  return (
    <Table.Tr data-invite={invite.id}>
      <Table.Td>
        <Code>{invite.id}</Code>
      </Table.Td>
      <Table.Td>{t(`roles.${invite.role}`)}</Table.Td>
      <Table.Td dir="auto">{invite.madeBy}</Table.Td>
      <Table.Td title={exactMoment(invite.expiresAt, locale)}>
        {momentInWords(invite.expiresAt, locale)}
      </Table.Td>
      <Table.Td ta="end">
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('options.team.invites.withdrawOf', { code: invite.id })}
          onClick={onWithdraw}
        >
          {t('options.team.invites.withdraw')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

/** Invitations that nobody has used yet. Their links cannot be shown again. */
export const InviteTable = ({ invites, onWithdraw }: Props) => {
  const { t } = useSpeech()
  if (invites.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('options.team.invites.none')}
      </Text>
    )
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing={6} horizontalSpacing={8} fz="sm" aria-label={t('options.team.invites.title')}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => (
              <Table.Th key={name}>{t(`options.team.invites.${name}`)}</Table.Th>
            ))}
            <Table.Th>
              <VisuallyHidden>{t('options.team.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {invites.map((invite) => (
            <InviteRow key={invite.id} invite={invite} onWithdraw={() => onWithdraw(invite.id)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
