import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type SubmitEvent, useState } from 'react'
import type { AlertSettings } from '../../../shared/books/alerts.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { useSaved } from '../frame/saved.tsx'
import { useParts } from '../parts.tsx'
import { changeAlerts } from './changing.ts'
import { emailFlaw, MOST_EMAILS } from './typed.ts'

/** Without a mail server an address is of no use; what the operator has to set is told by name. */
const NoMail = () => {
  const { t } = useSpeech()
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" data-mail="none">
      <IconAlertTriangle
        size={16}
        color="var(--ownkey-ink-amber)"
        style={{ flex: 'none', marginTop: 2 }}
        aria-hidden
      />
      <Text fz="sm" c="var(--ownkey-ink-amber)" style={{ overflowWrap: 'anywhere' }}>
        {t('options.alerts.emails.noMail')}
      </Text>
    </Group>
  )
}

type ListProps = { readonly emails: readonly string[]; readonly onRemove: (address: string) => void }

const Addresses = ({ emails, onRemove }: ListProps) => {
  const { t } = useSpeech()
  if (emails.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('options.alerts.emails.none')}
      </Text>
    )
  return (
    <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
      {emails.map((address) => (
        <Group key={address} component="li" gap="xs" wrap="nowrap" justify="space-between" maw={480}>
          <Text fz="sm" dir="auto" miw={0} style={{ overflowWrap: 'anywhere' }}>
            {address}
          </Text>
          <CloseButton
            aria-label={t('options.alerts.emails.remove', { address })}
            onClick={() => onRemove(address)}
          />
        </Group>
      ))}
    </Stack>
  )
}

type AddProps = {
  readonly emails: readonly string[]
  readonly busy: boolean
  readonly onAdd: (address: string) => void
}

const AddAddress = ({ emails, busy, onAdd }: AddProps) => {
  const { t } = useSpeech()
  const [typed, setTyped] = useState('')
  const [judged, setJudged] = useState(false)
  const flaw = emailFlaw(typed, emails)
  const add = (event: SubmitEvent) => {
    event.preventDefault()
    setJudged(flaw !== undefined && flaw !== 'empty')
    if (flaw !== undefined || busy) return
    onAdd(typed.trim())
    setTyped('')
  }
  const isTold = judged && flaw !== undefined && flaw !== 'empty'
  return (
    <form onSubmit={add} noValidate style={{ flex: '0 1 480px' }}>
      <Group gap="xs" align="flex-end">
        <TextInput
          type="email"
          dir="ltr"
          flex={1}
          miw={180}
          label={t('options.alerts.emails.address')}
          placeholder={t('options.alerts.emails.example')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          error={isTold && t(`options.alerts.emails.${flaw}`, { count: MOST_EMAILS })}
          inputWrapperOrder={['label', 'error', 'input']}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('options.alerts.emails.add')}
        </Button>
      </Group>
    </form>
  )
}

const withOne = (address: string) => (emails: readonly string[]) => [
  ...emails.filter((one) => one !== address),
  address,
]
const withoutOne = (address: string) => (emails: readonly string[]) => emails.filter((one) => one !== address)

type Deed = { readonly address: string; readonly adds: boolean }

/** Who is told by e-mail. Each change counts at once and can be taken back. */
export const Emails = ({ settings }: { settings: AlertSettings }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const { line, saved } = useSaved()
  const doing = ({ address, adds }: Deed): Promise<void> => {
    const change = adds ? withOne(address) : withoutOne(address)
    return changeAlerts(vault, ({ emails }) => ({ emails: change(emails) }))
  }
  const changing = useDoing(
    (deed: Deed) => doing(deed).then(() => deed),
    ({ address, adds }) => saved(() => doing({ address, adds: !adds })),
  )
  return (
    <Section title={t('options.alerts.emails.title')} hint={t('options.alerts.emails.hint')}>
      {!settings.mail && <NoMail />}
      <Addresses emails={settings.emails} onRemove={(address) => changing.start({ address, adds: false })} />
      <Group align="flex-end" gap="sm">
        <AddAddress
          emails={settings.emails}
          busy={changing.busy}
          onAdd={(address) => changing.start({ address, adds: true })}
        />
        {line}
      </Group>
      {changing.problem !== undefined && <ProblemText problem={changing.problem} />}
    </Section>
  )
}
