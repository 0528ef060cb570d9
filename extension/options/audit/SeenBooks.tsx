import { Button, Group, Stack, Text } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useBooks } from '../../ui/books.ts'
import { momentInWords } from '../../ui/moments.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { useDoing } from '../../ui/reading.ts'
import { useSpeech } from '../../ui/words/speech.ts'
import type { WatchedBook } from '../../vault/books/watching.ts'
import { useParts } from '../parts.tsx'

/** Characters of a thumbprint by which two are told apart at a glance; the copy has all. */
const SHORT = 12

const Fault = ({ book, timeZone }: { book: WatchedBook; timeZone: string }) => {
  const { t, locale } = useSpeech()
  const { log, seen, told, fault } = book
  if (fault === undefined) return null
  const number = new Intl.NumberFormat(locale)
  return (
    <Text fz="sm" fw={600} c="var(--ownkey-ink-red)" data-fault={fault}>
      {t(`options.audit.seen.${fault}`, {
        log: t(`options.audit.logs.${log}`),
        told: number.format(told?.length ?? 0),
        seen: number.format(seen?.length ?? 0),
        time: momentInWords(seen?.at ?? 0, locale, timeZone),
      })}
    </Text>
  )
}

const Faults = ({ books, timeZone }: { books: readonly WatchedBook[]; timeZone: string }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const accepting = useDoing(
    (_: undefined) => vault.acceptBooks(),
    () => undefined,
  )
  return (
    <Stack gap={6} role="alert">
      {books.map((book) => (
        <Fault key={book.log} book={book} timeZone={timeZone} />
      ))}
      <Text fz="sm">{t('options.audit.seen.todo')}</Text>
      {accepting.problem !== undefined && <ProblemText problem={accepting.problem} />}
      <Group>
        <Button
          size="xs"
          variant="default"
          loading={accepting.busy}
          onClick={() => accepting.start(undefined)}
        >
          {t('options.audit.seen.accept')}
        </Button>
      </Group>
    </Stack>
  )
}

const Key = ({ kid }: { kid: string }) => {
  const { t } = useSpeech()
  const clipboard = useClipboard()
  return (
    <Group gap={6} fz="xs" c="dimmed">
      {t('options.audit.seen.key')}
      <Text component="code" inherit ff="monospace" title={kid}>
        {kid.slice(0, SHORT)}…
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={clipboard.copied ? t('common.copied') : t('options.audit.seen.copyKey')}
        onClick={() => clipboard.copy(kid)}
      >
        {clipboard.copied ? t('common.copied') : t('common.copy')}
      </Button>
    </Group>
  )
}

/** Whether the vault still has what this browser saw of its books. Where the vault does not answer, the chains beside it say so. */
export const SeenBooks = ({ timeZone }: { timeZone: string }) => {
  const { t } = useSpeech()
  const { vault } = useParts()
  const read = useBooks(vault)
  if (read.state !== 'ready') return null
  const kid = read.value.find(({ told }) => told !== undefined)?.told?.kid
  const isFine = read.value.every(({ fault }) => fault === undefined)
  return (
    <Stack gap={6} data-seen={isFine ? 'fine' : 'fault'}>
      {isFine ? (
        <Text fz="sm">{t('options.audit.seen.fine')}</Text>
      ) : (
        <Faults books={read.value} timeZone={timeZone} />
      )}
      {kid !== undefined && <Key kid={kid} />}
    </Stack>
  )
}
