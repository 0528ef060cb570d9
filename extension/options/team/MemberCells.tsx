import { NativeSelect, Stack, Switch, Text } from '@mantine/core'
import type { TeamMember } from '../../../shared/members.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { mayManage } from '../../ui/rights.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { useParts } from '../parts.tsx'
import { type GivenRole, givenRoles, isGivenRole } from './people.ts'

type RoleProps = {
  readonly member: TeamMember
  readonly changes: boolean
  readonly onRole: (role: GivenRole) => void
}

/** The role of a member and what it may do; choosing another asks first, so the present one stays until then. */
export const RoleCell = ({ member, changes, onRole }: RoleProps) => {
  const { t } = useSpeech()
  const choose = (role: string): void => {
    if (isGivenRole(role) && role !== member.role) onRole(role)
  }
  return (
    <Stack gap={2}>
      {changes ? (
        <NativeSelect
          size="xs"
          w={140}
          aria-label={t('options.team.roleOf', { name: member.name })}
          value={member.role}
          data={givenRoles.map((value) => ({ value, label: t(`roles.${value}`) }))}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      ) : (
        <Text fz="sm">{t(`roles.${member.role}`)}</Text>
      )}
      <Text fz="xs" c="dimmed">
        {t(`options.team.roleMeans.${member.role}`)}
      </Text>
    </Stack>
  )
}

/** Whether a member sees everybody's receipts. Owners and admins always do. It stays as it was until the vault agreed. */
export const ReportsCell = ({ member, changes }: { member: TeamMember; changes: boolean }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const saving = useDoing(
    (seesReports: boolean) => vault.changeMember(member.id, { seesReports }),
    () => undefined,
  )
  if (mayManage(member.role))
    return (
      <Text fz="sm" c="dimmed">
        {t('options.team.always')}
      </Text>
    )
  return (
    <Stack gap={4}>
      <Switch
        aria-label={t('options.team.reportsOf', { name: member.name })}
        checked={member.seesReports}
        disabled={!changes || saving.busy}
        onChange={(event) => saving.start(event.currentTarget.checked)}
      />
      {saving.problem !== undefined && <ProblemText problem={saving.problem} />}
    </Stack>
  )
}
