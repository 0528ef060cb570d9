import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { amountInWords, exactAmount, percentOf } from '../extension/ui/amounts.ts'
import { problemInWords, type TellableProblem } from '../extension/ui/problem-sentences.ts'
import { english } from '../extension/ui/words/english/english.ts'
import { type Language, languageFor, localeOf, startWords } from '../extension/ui/words/words.ts'
import { dollars, pico, zero } from '../shared/money.ts'
import { type Facts, type FailureSlug, failureProblem, type Slug, slugs } from '../shared/problems.ts'
import { FailureReason } from '../shared/providers.ts'

const speechIn = (language: Language) => ({ t: startWords(language).t, locale: localeOf(language) })
const speech = speechIn('en')
const speeches = [speech, speechIn('de')]

const resetsAt = Date.UTC(2026, 11, 1, 12)
const capFacts = {
  scope: 'member',
  id: '00000000-0000-4000-8000-000000000000',
  name: 'Mina Park',
  kind: 'day',
  limit: dollars('50'),
  settled: dollars('49.99'),
  held: dollars('0.002'),
  left: dollars('0.008'),
  reserve: zero,
  needed: dollars('0.0123456'),
  resetsAt,
} as const
const keyFacts = { provider: 'anthropic', reason: 'no-credit' } as const

const examples: { [S in Exclude<Slug, FailureSlug>]: Facts<S> } = {
  'malformed-request': { issues: [{ path: 'limit', rule: 'from 0' }] },
  'unsupported-media-type': {},
  'too-large': { limitBytes: 524_288 },
  'not-found': {},
  'not-allowed': {},
  'wrong-address': {},
  'origin-refused': {},
  'contract-not-served': { served: [1, 2] },
  'session-ended': {},
  'proof-refused': { reason: 'clock', vaultTime: resetsAt },
  'device-unknown': {},
  'device-removed': {},
  'pairing-refused': {},
  'name-needed': { needs: ['member', 'workspace'] },
  'ai-paused': { reason: 'cap-reached' },
  'rate-limited': { limit: 200, retryAfterSeconds: 600 },
  'no-key': {},
  'no-provider-available': {},
  'cap-reached': capFacts,
  'cap-held': capFacts,
  'cap-too-small': capFacts,
  'raise-refused': { reason: 'not-higher', limit: dollars('50') },
  'model-unpriced': { model: 'claude-x' },
  'webhook-refused': { reason: 'private' },
  'price-unusual': { bucket: 'output', asked: dollars('0.01'), listed: dollars('25') },
  'key-reused': {},
  'still-running': {},
  'draft-gone': { receiptId: '00000000-0000-4000-8000-000000000000' },
  'version-gone': { version: 3 },
  'routing-refused': { reason: 'same', provider: 'openai' },
  'endpoint-refused': { reason: 'private' },
  'key-misshapen': { provider: 'openai', flaw: 'other-provider' },
  'key-refused': keyFacts,
  'key-unverified': keyFacts,
  'key-exists': { provider: 'openai' },
  'no-usable-model': { provider: 'openai' },
  'storage-full': {},
  'vault-sealed': {},
  'device-suspended': {},
  'name-mismatch': {},
  'owner-stays': {},
  'channel-exists': { name: 'E-mail', site: 'mail.example' },
  'vault-stopping': {},
  'internal-error': {},
}

const sentencesOf = (problem: TellableProblem) =>
  speeches.flatMap((one) =>
    (['admin', 'others'] as const).flatMap((reader) => Object.values(problemInWords(one, problem, reader))),
  )

type Backup = Facts<FailureSlug>['backup']

const failing = (reason: FailureReason, backup: Backup): TellableProblem =>
  failureProblem({ provider: 'openai', reason, partial: true, retryAfterSeconds: 30, backup })

const isNamed = (slug: Slug): slug is keyof typeof examples => slug in examples

const exampleOf = (slug: Slug): TellableProblem => {
  if (isNamed(slug)) return { slug, facts: examples[slug] } as TellableProblem
  return failing(FailureReason.parse(slug.replace('provider-', '')), 'off')
}

describe('the words of a problem', () => {
  test.each(slugs)('%s is told in whole sentences in every language, every fact filled in', (slug) => {
    for (const sentence of sentencesOf(exampleOf(slug))) {
      expect(sentence).toMatch(/^\p{Lu}.*[.?)]$/u)
      expect(sentence).not.toMatch(/[{}]|undefined|problems\./)
    }
  })

  test.each(['off', 'unable', 'dearer', 'cap', 'spent', 'fault', 'text'] as const)(
    'why nobody else answered is told, and what an admin can do about it: %s',
    (backup) => {
      const problem = failing('overloaded', backup)
      for (const sentence of sentencesOf(problem)) expect(sentence).not.toMatch(/[{}]|undefined|backups\./)
      expect(problemInWords(speech, problem, 'others').todo).toContain(english.backups[backup].others)
      expect(problemInWords(speech, problem, 'admin').todo).toContain(english.backups[backup].admin)
    },
  )

  test('nothing is said of a backup where nobody knows of one', () => {
    expect(problemInWords(speech, failing('overloaded', null), 'others').todo).toBe(
      'Try again in a moment. OpenAI takes requests again in 30 seconds.',
    )
  })

  test('the last dollar is told with what is left and when it starts anew', () => {
    const { happened, todo } = problemInWords(speech, exampleOf('cap-reached'), 'others')
    expect(happened).toBe(
      'The daily cap for Mina Park is reached: $0.008 of $50.00 is left and this could cost $0.01235.',
    )
    expect(todo).toContain('Dec 1')
  })

  test('what a person typed is shown as it is, not as markup', () => {
    const problem: TellableProblem = { slug: 'model-unpriced', facts: { model: '<b>$t(common.again)</b>' } }
    expect(problemInWords(speech, problem, 'others').happened).toContain('<b>$t(common.again)</b>')
  })
})

describe('an amount in words', () => {
  test.each([
    ['0', '$0.00'],
    ['37.1', '$37.10'],
    ['1234567.891', '$1,234,567.89'],
    ['0.5', '$0.50'],
    ['0.002342', '$0.002342'],
    ['0.00234249', '$0.002342'],
    ['0.99999', '$1.00'],
    ['0.000000000001', '$0.000000000001'],
    ['-0.004215', '-$0.004215'],
  ])('%s dollars read %s', (exact, read) => {
    expect(amountInWords(dollars(exact), 'en-US')).toBe(read)
  })

  test('loses no digit when it is told exactly', () => {
    expect(exactAmount(dollars('9223372.036854775807'), 'en-US')).toBe('$9,223,372.036854775807')
  })

  test('a cap of nothing is full', () => {
    expect(percentOf(pico(0n), pico(0n))).toBe(100)
  })
})

describe('the languages', () => {
  test('fall back to English for a language that there is no table of', () => {
    expect(languageFor(['tlh-KX', 'en-GB'])).toBe('en')
    expect(languageFor([])).toBe('en')
  })

  test('have a locale that writes numbers and dates', () => {
    expect(z.string().min(2).safeParse(localeOf('xx')).success).toBe(true)
  })
})
