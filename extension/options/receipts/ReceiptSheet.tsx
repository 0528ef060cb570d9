import { Button, Drawer, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { Receipt, ReceiptSummary } from '../../../shared/receipts.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { Loaded } from '../../ui/Loaded.tsx'
import { exactMoment } from '../../ui/moments.ts'
import { ProviderLabel } from '../../ui/ProviderLabel.tsx'
import { useSpeech } from '../../ui/words/speech.ts'
import { AttemptPart } from './AttemptPart.tsx'
import { CallList } from './charge/CallList.tsx'
import { Fact } from './Fact.tsx'
import { useReceipt } from './feed.ts'
import { Resolution } from './reply/Resolution.tsx'
import { isReply, toldInWords } from './reply/told.ts'

type Shown = { readonly timeZone: string; readonly label: string | null }

const CopyId = ({ id }: { id: string }) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  return (
    <Button size="compact-xs" variant="default" onClick={() => clipboard.copy(id)}>
      {clipboard.copied ? t('common.copied') : t('options.receipt.copyId')}
    </Button>
  )
}

const Head = ({ receipt, timeZone, label }: { receipt: Receipt | ReceiptSummary } & Shown) => {
  const speech = useSpeech()
  const { t, locale } = speech
  return (
    <Stack gap={4}>
      <Group gap="xs" align="baseline">
        <Text fz={26} fw={600}>
          {exactAmount(receipt.settled, locale)}
        </Text>
        <ProviderLabel label={label} />
      </Group>
      {receipt.likely !== null && (
        <Text fz="sm" c="var(--ownkey-ink-amber)">
          {t('options.receipt.likelyIs', { amount: exactAmount(receipt.likely, locale) })}
        </Text>
      )}
      <Text fz="sm" c="dimmed">
        {t(`purposes.${receipt.purpose}`)} · {t(`outcomes.${receipt.outcome}`)}
        {'attempts' in receipt && ` · ${t('options.receipt.attempts', { count: receipt.attempts.length })}`}
      </Text>
      <Stack component="dl" gap={4} m={0} mt="xs">
        <Fact name={t('options.receipts.time')}>{exactMoment(receipt.at, locale, timeZone)}</Fact>
        <Fact name={t('options.receipts.who')}>{receipt.memberName}</Fact>
        <Fact name={t('options.receipts.site')}>{receipt.site ?? t('options.receipts.noSite')}</Fact>
        {receipt.channelName !== null && (
          <Fact name={t('options.receipts.channelId')}>{receipt.channelName}</Fact>
        )}
        {receipt.urgentBy !== null && (
          <Fact name={t('options.receipts.urgent')}>
            {t('options.receipt.urgentBy', { name: receipt.urgentBy.name })}
          </Fact>
        )}
        {isReply(receipt) && (
          <Fact name={t('options.receipts.told')}>{toldInWords(speech, receipt.told)}</Fact>
        )}
        <Fact name={t('options.receipt.id')}>{receipt.id}</Fact>
        <Fact name={t('options.receipt.resolution')}>{receipt.resolutionId}</Fact>
      </Stack>
      <Group mt={4}>
        <CopyId id={receipt.id} />
      </Group>
    </Stack>
  )
}

const Calls = ({ receipt, timeZone }: { receipt: Receipt; timeZone: string }) => {
  const { t } = useSpeech()
  if (receipt.attempts.length === 0) return <Text fz="sm">{t('options.receipt.empty')}</Text>
  return (
    <>
      {receipt.attempts.length > 1 && <CallList attempts={receipt.attempts} />}
      {receipt.attempts.map((attempt) => (
        <AttemptPart key={attempt.id} attempt={attempt} timeZone={timeZone} />
      ))}
    </>
  )
}

const Whole = ({ receipt, ...shown }: { receipt: Receipt | ReceiptSummary } & Shown) => {
  const { t } = useSpeech()
  return (
    <Stack gap="md">
      <Head receipt={receipt} {...shown} />
      {isReply(receipt) && <Resolution receipt={receipt} timeZone={shown.timeZone} />}
      {'attempts' in receipt ? (
        <Calls receipt={receipt} timeZone={shown.timeZone} />
      ) : (
        <Text fz="sm" c="var(--ownkey-ink-amber)">
          {t('options.receipt.callsAway')}
        </Text>
      )}
    </Stack>
  )
}

const Body = ({ id, ...shown }: { id: string } & Shown) => (
  <Loaded
    reading={useReceipt(id)}
    skeleton={
      <Stack>
        <Skeleton height={36} width={180} />
        <Skeleton height={120} />
        <Skeleton height={320} />
      </Stack>
    }
  >
    {(receipt) => <Whole receipt={receipt} {...shown} />}
  </Loaded>
)

/** A whole receipt beside the list. Escape or a click beside it closes it. */
export const ReceiptSheet = ({
  id,
  onClose,
  ...shown
}: { id: string | undefined; onClose: () => void } & Shown) => {
  const { t } = useSpeech()
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size={600}
      title={t('options.receipt.title')}
      styles={{ title: { fontWeight: 600 } }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.25 }}
    >
      {id !== undefined && <Body id={id} {...shown} />}
    </Drawer>
  )
}
