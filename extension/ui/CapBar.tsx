import { Group, Progress, Stack, Text } from '@mantine/core'
import type { Cap } from '../../shared/cap.ts'
import { zero } from '../../shared/money.ts'
import { Amount } from './Amount.tsx'
import { amountInWords, percentOf } from './amounts.ts'
import { raisedInWords } from './cap-names.ts'
import { reserveLeft } from './drafts/reserve.ts'
import { dayInWords } from './moments.ts'
import { ProviderLabel } from './ProviderLabel.tsx'
import { type Speech, useSpeech } from './words/speech.ts'

const NEAR_PERCENT = 75

type Level = 'calm' | 'near' | 'reserve' | 'paused'

const barColors: Record<Level, string> = {
  calm: 'accent',
  near: 'var(--ownkey-bar-amber)',
  reserve: 'var(--ownkey-bar-amber)',
  paused: 'var(--ownkey-bar-red)',
}

const inks: Record<Level, string> = {
  calm: 'dimmed',
  near: 'var(--ownkey-ink-amber)',
  reserve: 'var(--ownkey-ink-amber)',
  paused: 'var(--ownkey-ink-red)',
}

const levelOf = (cap: Cap, paused: boolean): Level => {
  if (paused) return reserveLeft(cap) === zero ? 'paused' : 'reserve'
  return percentOf(cap.settled + cap.held, cap.limit) >= NEAR_PERCENT ? 'near' : 'calm'
}

const levelInWords = ({ t }: Speech, level: Level): string | undefined => {
  if (level === 'calm') return undefined
  if (level === 'near') return t('cap.near')
  return level === 'reserve' ? t('cap.reserveOnly') : t('cap.reached')
}

const Bar = ({ cap, color }: { cap: Cap; color: string }) => {
  const { t, locale } = useSpeech()
  const settled = percentOf(cap.settled, cap.limit)
  const held = Math.min(percentOf(cap.held, cap.limit), 100 - settled)
  const kept = reserveLeft(cap)
  const reserve = kept === zero ? 0 : Math.min(percentOf(kept, cap.limit), 100 - settled - held)
  const facts = { used: amountInWords(cap.settled, locale), limit: amountInWords(cap.limit, locale) }
  const label =
    kept === zero ? t('cap.bar', facts) : t('cap.barKept', { ...facts, kept: amountInWords(kept, locale) })
  return (
    <Progress.Root size={8} bg="var(--ownkey-track)">
      <Progress.Section value={settled} color={color} aria-label={label} />
      <Progress.Section value={held} color={color} className="held" aria-hidden />
      {reserve > 0 && (
        <>
          <Progress.Section value={100 - settled - held - reserve} color="transparent" aria-hidden />
          <Progress.Section value={reserve} color="transparent" className="kept" aria-hidden />
        </>
      )}
    </Progress.Root>
  )
}

/**
 * A cap: settled solid, reserved hatched, and dotted at its end what only urgent drafts may use. `paused` means paused by the cap; other reasons are told elsewhere.
 * `label` says that the provider is not the real one. `compact` leaves out when it starts anew.
 */
export const CapBar = (props: { cap: Cap; paused: boolean; label: string | null; compact?: boolean }) => {
  const speech = useSpeech()
  const { t, locale } = speech
  const { cap, paused, label, compact = false } = props
  const level = levelOf(cap, paused)
  const note = levelInWords(speech, level)
  return (
    <Stack gap={4} data-level={level}>
      <Bar cap={cap} color={barColors[level]} />
      <Group gap={8} fz="xs" c="dimmed" wrap="wrap">
        <Text component="span" inherit>
          <Amount amount={cap.settled} fw={600} c="var(--mantine-color-text)" /> {t('cap.ofLimit')}{' '}
          <Amount amount={cap.limit} />
        </Text>
        {note !== undefined && (
          <Text component="span" inherit fw={600} c={inks[level]}>
            {note}
          </Text>
        )}
        {!compact && (
          <Text component="span" inherit>
            {t('cap.resets', { day: dayInWords(cap.period.endsAt, locale, cap.period.timeZone) })}
          </Text>
        )}
        <ProviderLabel label={label} />
      </Group>
      {cap.held > 0n && !compact && (
        <Text fz="xs" c="dimmed">
          {t('cap.held', { held: amountInWords(cap.held, locale) })}
        </Text>
      )}
      {cap.reserve > 0n && !compact && (
        <Text fz="xs" c="dimmed">
          {t('cap.kept', { kept: amountInWords(reserveLeft(cap), locale) })}
        </Text>
      )}
      {cap.raised !== null && !compact && (
        <Text fz="xs" c="dimmed">
          {raisedInWords(speech, cap, cap.raised)}
        </Text>
      )}
    </Stack>
  )
}
