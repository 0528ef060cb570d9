import { Button, Group, SimpleGrid, Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Member } from '../../../shared/members.ts'
import { useDoing, useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { useParts } from '../parts.tsx'

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Text component="dt" fz="xs" c="dimmed">
      {name}
    </Text>
    <Text component="dd" fz="sm" m={0} style={{ overflowWrap: 'anywhere' }}>
      {children}
    </Text>
  </div>
)

const SignOut = ({ onCancel }: { onCancel: () => void }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const leaving = useDoing<void, void>(vault.signOut, () => location.reload())
  return (
    <ConfirmDialog
      title={t('popup.device.signOutAsk')}
      confirm={t('popup.device.signOutConfirm')}
      onConfirm={() => leaving.start()}
      onCancel={onCancel}
      busy={leaving.busy}
      problem={leaving.problem}
    >
      <Text inherit>{t('popup.device.signOutHint')}</Text>
    </ConfirmDialog>
  )
}

type Props = { readonly member: Member; readonly workspaceName: string }

/** As whom this browser is paired, with which vault, and how it is signed out. */
export const Pairing = ({ member, workspaceName }: Props) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const [asking, setAsking] = useState(false)
  const connection = useReading(['connection'], async () => (await vault.connection()) ?? null)
  const address = connection.state === 'ready' ? connection.value?.address : undefined
  return (
    <Section title={t('options.settings.pairing.title')}>
      <SimpleGrid component="dl" m={0} cols={{ base: 1, xs: 3 }} spacing="md" verticalSpacing="sm">
        <Fact name={t('options.settings.pairing.who')}>
          <bdi>{member.name}</bdi> · {t(`roles.${member.role}`)}
        </Fact>
        <Fact name={t('options.settings.pairing.workspace')}>
          <span dir="auto">{workspaceName}</span>
        </Fact>
        <Fact name={t('options.settings.pairing.where')}>{address}</Fact>
      </SimpleGrid>
      <Group>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('popup.device.signOut')}
        </Button>
      </Group>
      {asking && <SignOut onCancel={() => setAsking(false)} />}
    </Section>
  )
}
