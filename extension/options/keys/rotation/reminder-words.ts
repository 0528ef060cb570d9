import type { KeyReminder } from '../../../../shared/keys.ts'
import { dateInWords } from '../../../ui/moments.ts'
import type { Speech } from '../../../ui/words/speech.ts'

/** What is to be seen to, what to do about it, what the button is called, and what it is about: buttons of the same name are told apart by that. */
type ReminderWords = {
  readonly happened: string
  readonly todo: string
  readonly button: string
  readonly subject: string
}

type Asked = { readonly timeZone: string; readonly now: number }
type Of<Kind extends KeyReminder['kind']> = Extract<KeyReminder, { kind: Kind }>

/** What a key is called in a sentence: its label, with its provider where the label does not say it. */
const keyInWords = ({ t }: Speech, { label, provider: name }: Pick<Of<'old'>, 'label' | 'provider'>) => {
  const provider = t(`providers.${name}`)
  return label.includes(provider) ? label : t('popup.keys.named', { provider, label })
}

const oldInWords = (speech: Speech, reminder: Of<'old'>): ReminderWords => {
  const { t } = speech
  const { label, provider: name, days } = reminder
  const provider = t(`providers.${name}`)
  return {
    happened: t('rotation.reminders.old', { key: keyInWords(speech, reminder), count: days }),
    todo: t('rotation.reminders.oldTodo', { provider }),
    button: t('popup.keys.replace'),
    subject: label,
  }
}

const uncheckedInWords = (speech: Speech, reminder: Of<'unchecked'>, { timeZone }: Asked): ReminderWords => {
  const { t, locale } = speech
  const { label, provider, since } = reminder
  const day = dateInWords(since, locale, timeZone)
  return {
    happened: t('rotation.reminders.unchecked', {
      key: keyInWords(speech, reminder),
      provider: t(`providers.${provider}`),
      day,
    }),
    todo: t('rotation.reminders.uncheckedTodo'),
    button: t('rotation.reminders.check'),
    subject: label,
  }
}

const whoUses = ({ t, locale }: Speech, { usual, channels }: Of<'retiring'>): readonly string[] => [
  ...(usual ? [t('rotation.reminders.usual')] : []),
  ...(channels.length === 0
    ? []
    : [t('rotation.reminders.channels', { channels: new Intl.ListFormat(locale).format(channels) })]),
]

const retiringInWords = (
  speech: Speech,
  reminder: Of<'retiring'>,
  { timeZone, now }: Asked,
): ReminderWords => {
  const { t, locale } = speech
  const { modelName: model, retiresAt, usual } = reminder
  const provider = t(`providers.${reminder.provider}`)
  const facts = { provider, model, day: dateInWords(retiresAt, locale, timeZone) }
  const isGone = retiresAt <= now
  return {
    happened: isGone ? t('rotation.reminders.retired', facts) : t('rotation.reminders.retiring', facts),
    todo: [
      ...whoUses(speech, reminder),
      isGone ? t('rotation.reminders.retiredTodo') : t('rotation.reminders.retiringTodo'),
    ].join(' '),
    button: usual ? t('popup.keys.chooseModel') : t('rotation.reminders.openChannels'),
    subject: model,
  }
}

/** What an admin reads of a reminder. */
export const reminderInWords = (speech: Speech, reminder: KeyReminder, asked: Asked): ReminderWords => {
  switch (reminder.kind) {
    case 'old':
      return oldInWords(speech, reminder)
    case 'unchecked':
      return uncheckedInWords(speech, reminder, asked)
    case 'retiring':
      return retiringInWords(speech, reminder, asked)
  }
}
