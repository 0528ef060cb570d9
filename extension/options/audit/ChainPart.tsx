import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ChainState, Log } from '../../../shared/chains.ts'
import type { Status } from '../../../shared/status.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { Section } from '../frame/Section.tsx'
import { type Checked, useChains, useExport } from './chains.ts'
import { SeenBooks } from './SeenBooks.tsx'

/** Characters of a hash by which two are told apart at a glance; the copy has all. */
const SHORT = 12

const Head = ({ head, name }: { head: string; name: string }) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  return (
    <Group component="span" gap={6} wrap="nowrap" display="inline-flex">
      <Text component="code" inherit ff="monospace" dir="auto">
        {head.slice(0, SHORT)}…
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={clipboard.copied ? t('common.copied') : t('options.audit.copyHead', { log: name })}
        onClick={() => clipboard.copy(head)}
      >
        {clipboard.copied ? t('common.copied') : t('common.copy')}
      </Button>
    </Group>
  )
}

const Broken = ({ broken }: { broken: NonNullable<ChainState['broken']> }) => {
  const { t } = useSpeech()
  return (
    <Stack gap={2} role="alert">
      <Text fz="sm" fw={600} c="var(--ownkey-ink-red)">
        {t(`options.audit.faults.${broken.fault}`, { seq: broken.seq })}
      </Text>
      <Text fz="sm">{t('options.audit.brokenTodo')}</Text>
    </Stack>
  )
}

const Verdict = ({ chain }: { chain: ChainState }) => {
  const { t, locale } = useSpeech()
  if (chain.broken !== null) return <Broken broken={chain.broken} />
  if (chain.length === 0) return <Text fz="sm">{t('options.audit.chainEmpty')}</Text>
  const written = new Intl.NumberFormat(locale).format(chain.length)
  return <Text fz="sm">{t('options.audit.whole', { count: chain.length, written })}</Text>
}

type LineProps = {
  readonly chain: ChainState
  readonly exporting: { readonly start: (log: Log) => void; readonly busy: boolean }
}

const Line = ({ chain, exporting }: LineProps) => {
  const { t } = useSpeech()
  const name = t(`options.audit.logs.${chain.log}`)
  const isBroken = chain.broken !== null
  const Icon = isBroken ? IconAlertTriangle : IconCheck
  return (
    <Group wrap="nowrap" align="flex-start" gap="sm" data-chain={chain.log} data-broken={isBroken}>
      <Icon
        size={18}
        color={isBroken ? 'var(--ownkey-ink-red)' : 'var(--mantine-color-anchor)'}
        style={{ flex: 'none', marginTop: 1 }}
        aria-hidden
      />
      <Stack gap={4} flex={1} miw={0}>
        <Text fz="sm" fw={600}>
          {name}
        </Text>
        <Verdict chain={chain} />
        {chain.head !== null && (
          <Text component="div" fz="xs" c="dimmed">
            {t('options.audit.head')} <Head head={chain.head} name={name} />
          </Text>
        )}
      </Stack>
      <Button
        size="xs"
        variant="default"
        style={{ flex: 'none' }}
        aria-label={t('options.audit.exportLog', { log: name })}
        disabled={exporting.busy}
        onClick={() => exporting.start(chain.log)}
      >
        {t('options.audit.export')}
      </Button>
    </Group>
  )
}

const Foot = ({ checked, timeZone }: { checked: Checked; timeZone: string }) => {
  const { t, locale } = useSpeech()
  const at = checked.chains?.[0]?.checkedAt
  return (
    <Group gap="md" justify="space-between">
      <Text fz="xs" c="dimmed" role="status">
        {at !== undefined && t('options.audit.checked', { time: momentInWords(at, locale, timeZone) })}
      </Text>
      <Button size="xs" variant="default" loading={checked.busy} onClick={checked.again}>
        {t('options.audit.checkAgain')}
      </Button>
    </Group>
  )
}

/** Whether both chains hold from their first entry to their last, and each of them as a file to take along. */
export const ChainPart = ({ workspace }: { workspace: Status['workspace'] }) => {
  const { t } = useSpeech()
  const checked = useChains()
  const exporting = useExport(workspace)
  return (
    <Section title={t('options.audit.chains')} hint={t('options.audit.chainsHint')}>
      {checked.problem !== undefined && <ProblemText problem={checked.problem} />}
      {checked.chains === undefined && checked.problem === undefined && (
        <Skeleton height={120} className="late" role="status" aria-label={t('common.loading')} />
      )}
      {checked.chains?.map((chain) => (
        <Line key={chain.log} chain={chain} exporting={exporting} />
      ))}
      <SeenBooks timeZone={workspace.timeZone} />
      {exporting.problem !== undefined && <ProblemText problem={exporting.problem} />}
      <Foot checked={checked} timeZone={workspace.timeZone} />
    </Section>
  )
}
