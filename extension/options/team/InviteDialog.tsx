import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import type { PairingCodeAnswer } from '../../../shared/pairing.ts'
import { writePairingLink } from '../../../shared/pairing-link.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { Copyable } from '../../ui/pairing/Copyable.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import type { Connection } from '../../vault/connection.ts'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { useParts } from '../parts.tsx'
import { type GivenRole, givenRoles, isGivenRole } from './people.ts'

type Made = PairingCodeAnswer & { readonly role: GivenRole }

const Choice = ({ onMade }: { onMade: (made: Made) => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [role, setRole] = useState<GivenRole>('agent')
  const making = useDoing(async (wanted: GivenRole): Promise<Made> => {
    const made = await vault.makePairingCode({ kind: 'invite', role: wanted })
    return { ...made, role: wanted }
  }, onMade)
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('options.team.inviting.role')}
        value={role}
        onChange={(chosen) => isGivenRole(chosen) && setRole(chosen)}
      >
        <Stack gap="xs" mt="xs">
          {givenRoles.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`roles.${value}`)}
              description={t(`options.team.roleMeans.${value}`)}
              {...(value === 'agent' ? { 'data-autofocus': true } : {})}
            />
          ))}
        </Stack>
      </Radio.Group>
      {making.problem !== undefined && <ProblemText problem={making.problem} />}
      <Button loading={making.busy} onClick={() => making.start(role)} style={{ alignSelf: 'flex-end' }}>
        {t('options.team.inviting.make')}
      </Button>
    </Stack>
  )
}

type ShownProps = { readonly made: Made; readonly connection: Connection; readonly onDone: () => void }

const Shown = ({ made, connection, onDone }: ShownProps) => {
  const { t, locale } = useSpeech()
  const clipboard = useClipboard()
  const once = useRef<HTMLParagraphElement>(null)
  useEffect(() => once.current?.focus(), [])
  const { address, workspaceName: workspace } = connection
  const link = writePairingLink({ address, code: made.code })
  const role = t(`roles.${made.role}`)
  const time = momentInWords(made.expiresAt, locale)
  const message = t('options.team.inviting.text', { workspace, role, link, time })
  return (
    <Stack gap="md">
      <Text fz="sm" fw={600} ref={once} tabIndex={-1} style={{ outline: 'none' }}>
        {t('options.team.inviting.once', { time })}
      </Text>
      <Copyable name={t('options.team.inviting.link')} value={link} />
      <Textarea label={t('options.team.inviting.message')} value={message} readOnly autosize minRows={6} />
      <Copyable name={t('popup.device.code')} value={made.code} />
      <Group gap="xs" justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('options.team.inviting.ready')}
        </Button>
        <Button onClick={() => clipboard.copy(message)}>
          {clipboard.copied ? t('common.copied') : t('options.team.inviting.copyMessage')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Makes an invitation and shows it this once; a click beside the dialog does not lose it. */
export const InviteDialog = ({ connection, onClose }: { connection: Connection; onClose: () => void }) => {
  const { t } = useSpeech()
  const [made, setMade] = useState<Made>()
  const title =
    made === undefined
      ? t('options.team.inviting.title')
      : t('options.team.inviting.made', { role: t(`roles.${made.role}`) })
  return (
    <OpenDialog title={title} onClose={onClose} light={made === undefined} width={560}>
      {made === undefined ? (
        <Choice onMade={setMade} />
      ) : (
        <Shown made={made} connection={connection} onDone={onClose} />
      )}
    </OpenDialog>
  )
}
