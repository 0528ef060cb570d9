import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ReportingProvider } from '../../../shared/providers.ts'
import {
  type KeyLink,
  type ReportingKey,
  reportingKeyFlaw,
} from '../../../shared/statements/reporting-keys.ts'
import { KeyForm } from '../../ui/keys/KeyForm.tsx'
import { Loaded } from '../../ui/Loaded.tsx'
import { dateInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing, useReading } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import { ConfirmDialog } from '../frame/ConfirmDialog.tsx'
import { OpenDialog } from '../frame/OpenDialog.tsx'
import { Section } from '../frame/Section.tsx'
import { useParts } from '../parts.tsx'

type Step = 'none' | 'put' | 'disconnect'

type SourceProps = { readonly provider: ReportingProvider; readonly card: ReportingKey | undefined }

/** Where no hint tells which key of the provider ours is, the owner picks it. */
const Linking = ({ provider, link }: { provider: ReportingProvider; link: KeyLink }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const { keyId, label, version } = link
  const offered = useReading(['provider-keys', provider], () => vault.providerKeys(provider))
  const linking = useDoing(
    (providerKeyId: string) => vault.linkKey(provider, { keyId, version, providerKeyId }),
    () => {},
  )
  const name = t(`providers.${provider}`)
  return (
    <Loaded reading={offered} skeleton={<Skeleton height={58} />}>
      {(keys) => (
        <>
          <Select
            label={t('options.statements.link', { provider: name, label, version })}
            placeholder={t('options.statements.linkPlaceholder')}
            data={keys.map(({ id, name: called }) => ({
              value: id,
              label: called === null ? id : `${called} (${id})`,
            }))}
            disabled={linking.busy}
            onChange={(id) => id !== null && linking.start(id)}
          />
          {linking.problem !== undefined && <ProblemText problem={linking.problem} />}
        </>
      )}
    </Loaded>
  )
}

const Dialogs = ({
  step,
  provider,
  close,
}: {
  step: Step
  provider: ReportingProvider
  close: () => void
}) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const disconnecting = useDoing<void, void>(() => vault.disconnectReportingKey(provider), close)
  const name = t(`providers.${provider}`)
  if (step === 'put')
    return (
      <OpenDialog title={t('options.statements.connectTitle', { provider: name })} onClose={close}>
        <KeyForm<ReportingKey>
          provider={provider}
          advice={t('options.statements.advice')}
          proving={t('options.statements.proving')}
          judge={(_name, key) => reportingKeyFlaw(provider, key)}
          send={(key) => vault.putReportingKey(provider, key)}
          onDone={close}
        />
      </OpenDialog>
    )
  if (step === 'none') return null
  return (
    <ConfirmDialog
      title={t('options.statements.disconnectTitle', { provider: name })}
      confirm={t('options.statements.disconnect')}
      onConfirm={() => disconnecting.start()}
      onCancel={close}
      busy={disconnecting.busy}
      problem={disconnecting.problem}
    >
      {t('options.statements.disconnectText')}
    </ConfirmDialog>
  )
}

const Actions = ({ provider, card, go }: SourceProps & { readonly go: (step: Step) => void }) => {
  const { t } = useSpeech()
  if (card === undefined)
    return (
      <Button variant="default" onClick={() => go('put')}>
        {t('options.statements.connect', { provider: t(`providers.${provider}`) })}
      </Button>
    )
  return (
    <Group gap="xs">
      <Button variant="default" onClick={() => go('put')}>
        {t('options.statements.replace')}
      </Button>
      <Button variant="default" onClick={() => go('disconnect')}>
        {t('options.statements.disconnect')}
      </Button>
    </Group>
  )
}

const Source = ({ provider, card }: SourceProps) => {
  const { t, locale } = useSpeech()
  const [step, setStep] = useState<Step>('none')
  const unknown = (card?.links ?? []).filter(
    ({ current, providerKeyId }) => current && providerKeyId === null,
  )
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <div>
          <Text fz="sm" fw={600}>
            {t(`providers.${provider}`)}
          </Text>
          <Text fz="xs" c="dimmed">
            {card === undefined
              ? t('options.statements.none')
              : `${card.connectedBy}, ${dateInWords(card.connectedAt, locale)}`}
          </Text>
        </div>
        <Actions provider={provider} card={card} go={setStep} />
      </Group>
      {unknown.map((link) => (
        <Linking key={`${link.keyId} ${link.version}`} provider={provider} link={link} />
      ))}
      <Dialogs step={step} provider={provider} close={() => setStep('none')} />
    </Stack>
  )
}

/** The keys that read the providers' reports, for the owner. */
export const Sources = () => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const cards = useReading(['reporting-keys'], vault.reportingKeys)
  return (
    <Section title={t('options.statements.sources')} hint={t('options.statements.sourcesHint')}>
      <Loaded reading={cards} skeleton={<Skeleton height={80} />}>
        {(known) => (
          <Stack gap="md">
            {ReportingProvider.options.map((provider) => (
              <Source
                key={provider}
                provider={provider}
                card={known.find((one) => one.provider === provider)}
              />
            ))}
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}
