import type { Rehearsal } from '../../../../shared/keys.ts'
import type { ProviderName } from '../../../../shared/providers.ts'
import type { Speech } from '../../words/speech.ts'

/** A finding of a rehearsal. `good` speaks for the switch, `loss` is what would change for somebody, `plain` is neither. */
export type Finding = {
  readonly tone: 'good' | 'loss' | 'plain'
  readonly text: string
  /** What it consists of, one by one. */
  readonly parts?: readonly string[]
}

type Lost = Rehearsal['lost'][number]

/** Models that nobody has chosen are named up to this many. */
const MOST_UNUSED = 3

const isUsed = ({ usual, channels }: Lost): boolean => usual || channels.length > 0

const lostInWords = ({ t, locale }: Speech, { name, usual, channels }: Lost): string => {
  const facts = { model: name, channels: new Intl.ListFormat(locale).format(channels) }
  if (channels.length === 0) return usual ? t('rotation.lostUsual', facts) : t('rotation.lostUnused', facts)
  return usual ? t('rotation.lostUsualAndChannels', facts) : t('rotation.lostChannels', facts)
}

const lossOf = (speech: Speech, { lost, model }: Rehearsal): readonly Finding[] => {
  const { t } = speech
  if (lost.length === 0) return [{ tone: 'good', text: t('rotation.allModels') }]
  const used = lost.filter(isUsed)
  const unused = lost.filter((one) => !isUsed(one))
  const more = unused.length - MOST_UNUSED
  const parts = [
    ...[...used, ...unused.slice(0, MOST_UNUSED)].map((one) => lostInWords(speech, one)),
    ...(more > 0 ? [t('rotation.lostMore', { count: more })] : []),
  ]
  const lostOnes: Finding = { tone: used.length > 0 ? 'loss' : 'plain', text: t('rotation.lost'), parts }
  return used.length === 0
    ? [lostOnes]
    : [lostOnes, { tone: 'loss', text: t('rotation.instead', { model: model.name }) }]
}

const accountOf = ({ t }: Speech, provider: ProviderName, { organization }: Rehearsal): Finding => {
  const tones = { same: 'good', other: 'loss', unknown: 'plain' } as const
  const text = t(`rotation.organizations.${organization}`, { provider: t(`providers.${provider}`) })
  return { tone: tones[organization], text }
}

const reportsOf = ({ t }: Speech, { reporting }: Rehearsal): readonly Finding[] => {
  if (reporting === 'none') return []
  const tones = { fits: 'good', differs: 'loss', unknown: 'plain' } as const
  return [{ tone: tones[reporting], text: t(`rotation.reports.${reporting}`) }]
}

/** What a rehearsed secret can and cannot do, in plain words, the models first. */
export const findingsOf = (
  speech: Speech,
  provider: ProviderName,
  rehearsal: Rehearsal,
): readonly Finding[] => {
  const { gained } = rehearsal
  const more: readonly Finding[] =
    gained === 0 ? [] : [{ tone: 'good', text: speech.t('rotation.gained', { count: gained }) }]
  return [
    ...lossOf(speech, rehearsal),
    ...more,
    accountOf(speech, provider, rehearsal),
    ...reportsOf(speech, rehearsal),
  ]
}
