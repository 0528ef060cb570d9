import { z } from 'zod'
import type { AuditEntry } from '../../../shared/audit.ts'
import { CapScope, PeriodKind } from '../../../shared/cap.ts'
import { Role } from '../../../shared/members.ts'
import { Usd } from '../../../shared/money.ts'
import { FailureReason, ProviderName } from '../../../shared/providers.ts'
import { exactAmount } from '../../ui/amounts.ts'
import { exactMoment } from '../../ui/moments.ts'
import type { Speech } from '../../ui/words/speech.ts'

type Facts = AuditEntry['facts']
type Value = Facts[string]

const CodeKind = z.enum(['setup', 'device', 'invite', 'recover'])

const TermsKind = z.enum(['list', 'discount', 'price', 'ceiling', 'free'])

/** Facts that have a name in words, in the order in which they are read. */
const Name = z.enum([
  'provider',
  'label',
  'labelBefore',
  'model',
  'modelBefore',
  'version',
  'primary',
  'primaryBefore',
  'backup',
  'backupBefore',
  'dearer',
  'dearerBefore',
  'remindAfterDays',
  'remindAfterDaysBefore',
  'keys',
  'channels',
  'channelsBefore',
  'flaw',
  'reason',
  'member',
  'field',
  'name',
  'nameBefore',
  'sites',
  'sitesBefore',
  'models',
  'modelsBefore',
  'silentKeys',
  'scope',
  'period',
  'scopeId',
  'before',
  'after',
  'until',
  'limit',
  'terms',
  'percent',
  'perMillion',
  'termsBefore',
  'percentBefore',
  'perMillionBefore',
  'seesReports',
  'device',
  'kind',
  'role',
  'code',
  'workspace',
  'timeZone',
  'retentionDays',
  'aiOn',
  'receipts',
  'deleteAt',
  'backupAt',
  'log',
  'length',
  'head',
  'day',
  'requests',
  'amount',
])

type Read = (speech: Speech, value: string) => string | undefined

const nameInWords: Read = ({ t }, value) => {
  const name = Name.safeParse(value)
  return name.success ? t(`auditFacts.${name.data}`) : undefined
}

const codeKindInWords: Read = ({ t }, value) => {
  const kind = CodeKind.safeParse(value)
  return kind.success ? t(`codeKinds.${kind.data}`) : undefined
}

const roleInWords: Read = ({ t }, value) => {
  const role = Role.safeParse(value)
  return role.success ? t(`roles.${role.data}`) : undefined
}

const dollarsInWords: Read = ({ locale }, value) => {
  const amount = Usd.safeParse(value)
  return amount.success ? exactAmount(amount.data, locale) : undefined
}

const termsInWords: Read = ({ t }, value) => {
  const kind = TermsKind.safeParse(value)
  return kind.success ? t(`options.prices.kinds.${kind.data}`) : undefined
}

const momentInWords: Read = ({ locale }, value) => {
  const moment = z.iso.datetime().safeParse(value)
  return moment.success ? exactMoment(Date.parse(moment.data), locale) : undefined
}

const providerInWords: Read = ({ t }, value) => {
  const provider = ProviderName.safeParse(value)
  return provider.success ? t(`providers.${provider.data}`) : undefined
}

/** A star stands for all channels. */
const channelsInWords: Read = ({ t }, value) =>
  value === '*' ? t('options.routing.key.everywhere') : undefined

/** What was before and after is an amount, a role or a moment, by what was changed. */
const changeIn: Readonly<Partial<Record<AuditEntry['kind'], Read>>> = {
  'cap-changed': dollarsInWords,
  'cap-raised': dollarsInWords,
  'reserve-changed': dollarsInWords,
  'member-changed': roleInWords,
  'ownership-handed-over': roleInWords,
  'receipts-pruned': momentInWords,
}

/** Facts whose value has words of its own; the others are names, labels and numbers that are shown as they are. */
const readers: Readonly<Record<string, Read>> = {
  provider: providerInWords,
  primary: providerInWords,
  primaryBefore: providerInWords,
  backup: providerInWords,
  backupBefore: providerInWords,
  channels: channelsInWords,
  channelsBefore: channelsInWords,
  reason: ({ t }, value) => {
    const reason = FailureReason.safeParse(value)
    return reason.success ? t(`reasons.${reason.data}`) : undefined
  },
  log: ({ t }, value) =>
    value === 'ledger' || value === 'audit' ? t(`options.audit.logs.${value}`) : undefined,
  scope: ({ t }, value) => {
    const scope = CapScope.safeParse(value)
    return scope.success ? t(`options.caps.scopes.${scope.data}`) : undefined
  },
  period: ({ t }, value) => {
    const kind = PeriodKind.safeParse(value)
    return kind.success ? t(`options.caps.kinds.${kind.data}`) : undefined
  },
  role: roleInWords,
  field: nameInWords,
  kind: codeKindInWords,
  code: codeKindInWords,
  limit: dollarsInWords,
  amount: dollarsInWords,
  terms: termsInWords,
  termsBefore: termsInWords,
  until: momentInWords,
  deleteAt: momentInWords,
  backupAt: momentInWords,
}

const order: readonly string[] = Name.options

const rankOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)

const isChange = (name: string): boolean => name === 'before' || name === 'after'

const valueInWords = (speech: Speech, kind: AuditEntry['kind'], name: string, value: Value): string => {
  if (typeof value === 'boolean') return value ? speech.t('common.yes') : speech.t('common.no')
  if (value === null) return speech.t('common.none')
  if (typeof value === 'number') return new Intl.NumberFormat(speech.locale).format(value)
  const reader = isChange(name) ? changeIn[kind] : readers[name]
  return reader?.(speech, value) ?? value
}

/** A fact of an entry as name and value in words; a fact that this version has no words for is shown as it is. */
export const factInWords = (
  speech: Speech,
  kind: AuditEntry['kind'],
  [name, value]: readonly [string, Value],
): string => `${nameInWords(speech, name) ?? name}: ${valueInWords(speech, kind, name, value)}`

/** The facts of an entry that say something, in the order in which they are read. Nothing says something only where something else was, or is. */
export const factsOf = (entry: AuditEntry): readonly (readonly [string, Value])[] =>
  Object.entries(entry.facts)
    .filter(([name, value]) => value !== null || isChange(name) || `${name}Before` in entry.facts)
    .toSorted(([one], [other]) => rankOf(one) - rankOf(other))

/** Who did it: a member; the provider, where it refused a key by itself; otherwise the operator at the vault's terminal. */
export const subjectOf = ({ t }: Speech, { kind, memberName, facts }: AuditEntry): string => {
  const provider = ProviderName.safeParse(facts.provider)
  if (kind === 'key-rejected' && provider.success) return t(`providers.${provider.data}`)
  if (kind === 'receipts-pruned' || kind === 'foreign-use-found') return t('options.audit.vault')
  return memberName ?? t('options.audit.nobody')
}
