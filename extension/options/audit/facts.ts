import { z } from 'zod'
import type { AuditEntry } from '../../../shared/audit.ts'
import { Role } from '../../../shared/members.ts'
import { Usd } from '../../../shared/money.ts'
import { FailureReason, ProviderName } from '../../../shared/providers.ts'
import { exactAmount } from '../../ui/amounts.ts'
import type { Speech } from '../../ui/words/speech.ts'

type Value = AuditEntry['facts'][string]

const CodeKind = z.enum(['setup', 'device', 'invite', 'recover'])

const codeKindInWords = ({ t }: Speech, value: string): string | undefined => {
  const kind = CodeKind.safeParse(value)
  return kind.success ? t(`codeKinds.${kind.data}`) : undefined
}

/** Facts whose value has words of its own; the others are names, labels and numbers that are shown as they are. */
const readers: Readonly<Record<string, (speech: Speech, value: string) => string | undefined>> = {
  provider: ({ t }, value) => {
    const provider = ProviderName.safeParse(value)
    return provider.success ? t(`providers.${provider.data}`) : undefined
  },
  role: ({ t }, value) => {
    const role = Role.safeParse(value)
    return role.success ? t(`roles.${role.data}`) : undefined
  },
  reason: ({ t }, value) => {
    const reason = FailureReason.safeParse(value)
    return reason.success ? t(`reasons.${reason.data}`) : undefined
  },
  kind: (speech, value) => codeKindInWords(speech, value),
  code: (speech, value) => codeKindInWords(speech, value),
  before: (speech, value) => dollarsInWords(speech, value),
  after: (speech, value) => dollarsInWords(speech, value),
  limit: (speech, value) => dollarsInWords(speech, value),
}

/** Facts that have a name in words, in the order in which they are read. */
const Name = z.enum([
  'provider',
  'label',
  'model',
  'version',
  'primary',
  'flaw',
  'reason',
  'before',
  'after',
  'limit',
  'device',
  'kind',
  'role',
  'code',
  'name',
  'workspace',
  'timeZone',
  'member',
])

const order: readonly string[] = Name.options

const rankOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)

const dollarsInWords = ({ locale }: Speech, value: string): string | undefined => {
  const amount = Usd.safeParse(value)
  return amount.success ? exactAmount(amount.data, locale) : undefined
}

const nameInWords = ({ t }: Speech, name: string): string => {
  const known = Name.safeParse(name)
  return known.success ? t(`auditFacts.${known.data}`) : name
}

const valueInWords = (speech: Speech, name: string, value: Value): string => {
  if (typeof value === 'boolean') return value ? speech.t('common.yes') : speech.t('common.no')
  const words = typeof value === 'string' ? readers[name]?.(speech, value) : undefined
  return words ?? String(value)
}

/** A fact of an entry as name and value in words; a fact that this version has no words for is shown as it is. */
export const factInWords = (speech: Speech, name: string, value: Value): string => {
  return `${nameInWords(speech, name)}: ${valueInWords(speech, name, value)}`
}

/** The facts of an entry that say something, in the order in which they are read. */
export const factsOf = (entry: AuditEntry): readonly (readonly [string, Value])[] =>
  Object.entries(entry.facts)
    .filter(([, value]) => value !== null)
    .toSorted(([one], [other]) => rankOf(one) - rankOf(other))

/** Who did it: a member; the provider, where it refused a key by itself; otherwise the operator at the vault's terminal. */
export const subjectOf = ({ t }: Speech, { kind, memberName, facts }: AuditEntry): string => {
  const provider = ProviderName.safeParse(facts.provider)
  if (kind === 'key-rejected' && provider.success) return t(`providers.${provider.data}`)
  return memberName ?? t('options.audit.nobody')
}
