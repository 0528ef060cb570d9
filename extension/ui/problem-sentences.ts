import { type Facts, type FailureSlug, isFailure } from '../../shared/problems.ts'
import type { FailureReason, ProviderName } from '../../shared/providers.ts'
import type { AnyProblem } from '../vault/problem.ts'
import { amountInWords, exactAmount } from './amounts.ts'
import { capInWords } from './cap-names.ts'
import { dayInWords, exactMoment, momentInWords } from './moments.ts'
import { english } from './words/english/english.ts'
import type { ProblemWords } from './words/problem-words.ts'
import type { Reader } from './words/reader.ts'
import type { Speech } from './words/speech.ts'

/** A refusal of the vault, what this side found out by itself, or a mistake of ours. */
export type TellableProblem =
  | AnyProblem
  | { readonly slug: 'unexpected'; readonly facts: object; readonly requestId?: undefined }

const MINUTE_SECONDS = 60
const KIBIBYTE = 1024

/** `in 40 seconds`, or in minutes rounded up; empty when nobody knows. */
const waitInWords = ({ t }: Speech, seconds: number | null): string => {
  if (seconds === null) return ''
  return seconds <= 2 * MINUTE_SECONDS
    ? t('common.retrySeconds', { count: seconds })
    : t('common.retryMinutes', { count: Math.ceil(seconds / MINUTE_SECONDS) })
}

/** Why a provider gave no whole answer, and what an owner or admin does about it. */
export const failureInWords = (
  { t }: Speech,
  provider: ProviderName,
  reason: FailureReason,
): ProblemWords => {
  const name = { provider: t(`providers.${provider}`) }
  return {
    happened: t(`failures.${reason}.happened`, name),
    todo: t(`failures.${reason}.admin`, name),
  }
}

/** What became of a draft that no provider answered whole: why, what there is of it, why nobody else answered, and the next step, which is the backup where that can begin anew. */
const failedDraftInWords = (speech: Speech, facts: Facts<FailureSlug>, reader: Reader): ProblemWords => {
  const { t } = speech
  const { reason, partial, retryAfterSeconds, backup } = facts
  const provider = t(`providers.${facts.provider}`)
  const retry = waitInWords(speech, retryAfterSeconds)
  const happened = t(`failures.${reason}.happened`, { provider })
  const left = partial ? t('common.partialKept') : t('common.partialNone')
  const nobody = backup === null ? [] : [t(`backups.${backup}.${reader}`)]
  if (backup === 'text') return { happened: `${happened} ${left}`, todo: nobody.join(' ') }
  const deed = t(`failures.${reason}.${reader === 'admin' ? 'admin' : 'todo'}`, { provider })
  const again = retry === '' ? [] : [t('common.retryAt', { provider, retry })]
  return { happened: `${happened} ${left}`, todo: [...nobody, deed, ...again].join(' ') }
}

const kibibytes = (bytes: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
    bytes / KIBIBYTE,
  )

const capFactsInWords = (speech: Speech, facts: Facts<'cap-reached'>): Record<string, string> => {
  const { locale } = speech
  const { kind, limit, held, left, needed, resetsAt } = facts
  return {
    cap: capInWords(speech, facts),
    limit: amountInWords(limit, locale),
    held: amountInWords(held, locale),
    left: amountInWords(left, locale),
    needed: amountInWords(needed, locale),
    resetsAt: kind === 'month' ? dayInWords(resetsAt, locale) : momentInWords(resetsAt, locale),
  }
}

/** The facts of a problem as the words that its sentences ask for. */
const factsInWords = (speech: Speech, problem: PlainProblem): Record<string, string> => {
  const { t, locale } = speech
  switch (problem.slug) {
    case 'malformed-request':
      return { fields: problem.facts.issues.map(({ path, rule }) => `${path} (${rule})`).join(', ') }
    case 'too-large':
      return { size: kibibytes(problem.facts.limitBytes, locale) }
    case 'contract-not-served':
      return { served: problem.facts.served.join(', ') }
    case 'proof-refused': {
      const vaultTime = exactMoment(problem.facts.vaultTime, locale)
      const { reason } = problem.facts
      return { proof: t(`proofs.${reason}.happened`, { vaultTime }), proofRemedy: t(`proofs.${reason}.todo`) }
    }
    case 'ai-paused':
      return {
        pause: t(`pauses.${problem.facts.reason}.everybody`),
        pauseRemedy: t(`pauses.${problem.facts.reason}.others`),
        pauseDeed: t(`pauses.${problem.facts.reason}.admin`),
      }
    case 'rate-limited':
      return {
        limit: String(problem.facts.limit),
        retry: waitInWords(speech, problem.facts.retryAfterSeconds),
      }
    case 'cap-reached':
    case 'cap-held':
    case 'cap-too-small':
      return capFactsInWords(speech, problem.facts)
    case 'model-unpriced':
      return { model: problem.facts.model }
    case 'raise-refused': {
      const limit = amountInWords(problem.facts.limit, locale)
      const { reason } = problem.facts
      return {
        refused: t(`raiseFlaws.${reason}.happened`, { limit }),
        remedy: t(`raiseFlaws.${reason}.todo`),
      }
    }
    case 'webhook-refused': {
      const { reason } = problem.facts
      return { refused: t(`webhookFlaws.${reason}.happened`), remedy: t(`webhookFlaws.${reason}.todo`) }
    }
    case 'version-gone':
      return { version: String(problem.facts.version) }
    case 'endpoint-refused': {
      const { reason } = problem.facts
      return { refused: t(`endpointFlaws.${reason}.happened`), remedy: t(`endpointFlaws.${reason}.todo`) }
    }
    case 'channel-exists':
      return { name: problem.facts.name }
    case 'key-exists':
      return { provider: t(`providers.${problem.facts.provider}`) }
    case 'no-usable-model': {
      const provider = t(`providers.${problem.facts.provider}`)
      const whose = problem.facts.provider === 'compatible' ? 'own' : 'sold'
      return {
        lack: t(`unusable.${whose}.happened`, { provider }),
        remedy: t(`unusable.${whose}.todo`, { provider }),
      }
    }
    default:
      return keyFactsInWords(speech, problem)
  }
}

const keyFactsInWords = (speech: Speech, problem: PlainProblem): Record<string, string> => {
  const { t, locale } = speech
  switch (problem.slug) {
    case 'price-unusual': {
      const { bucket, asked, listed } = problem.facts
      return {
        kind: t(`buckets.${bucket}`),
        asked: exactAmount(asked, locale),
        listed: exactAmount(listed, locale),
      }
    }
    case 'key-misshapen': {
      const provider = t(`providers.${problem.facts.provider}`)
      return { provider, flaw: t(`keyFlaws.${problem.facts.flaw}`, { provider }) }
    }
    case 'routing-refused': {
      const { reason } = problem.facts
      const provider = t(`providers.${problem.facts.provider}`)
      return {
        refused: t(`routingFlaws.${reason}.happened`, { provider }),
        remedy: t(`routingFlaws.${reason}.todo`, { provider }),
      }
    }
    case 'key-refused':
    case 'key-unverified': {
      const { happened, todo } = failureInWords(speech, problem.facts.provider, problem.facts.reason)
      return { provider: t(`providers.${problem.facts.provider}`), why: happened, remedy: todo }
    }
    default:
      return {}
  }
}

type PlainProblem = Exclude<TellableProblem, { slug: FailureSlug }>

/** The key of the next step: an owner's or admin's own where there is one. English has exactly the keys of every language. */
const stepOf = ({ slug }: PlainProblem, reader: Reader): keyof ProblemWords =>
  reader === 'admin' && 'admin' in english.problems[slug] ? 'admin' : 'todo'

type SentenceKey = `problems.${PlainProblem['slug']}.${keyof ProblemWords}`
type Sentence = (key: SentenceKey, facts: Record<string, string>) => string

/** What happened and what this reader does about it, in the person's language. */
export const problemInWords = (speech: Speech, problem: TellableProblem, reader: Reader): ProblemWords => {
  if (isFailure(problem)) return failedDraftInWords(speech, problem.facts, reader)
  const facts = factsInWords(speech, problem)
  // For a union of keys the compiler asks for the facts of all of them; a test proves that each gets its own.
  const sentence = speech.t as Sentence
  return {
    happened: sentence(`problems.${problem.slug}.happened`, facts).trim(),
    todo: sentence(`problems.${problem.slug}.${stepOf(problem, reader)}`, facts).trim(),
  }
}
