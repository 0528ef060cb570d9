import type { Problem } from '../../shared/problems.ts'

/**
 * What this side found out by itself. `cut-off`: a draft's stream ended without its last word; asking again with the same
 * idempotency key costs nothing. `storage-unavailable`: this browser's own database cannot be read or written. `output-limit`: a draft is as
 * long as its model was allowed to write.
 */
const localSlugs = [
  'no-answer',
  'not-a-vault',
  'vault-too-old',
  'extension-too-old',
  'address-not-https',
  'address-invalid',
  'code-malformed',
  'not-paired',
  'cut-off',
  'storage-unavailable',
  'output-limit',
] as const
export type LocalSlug = (typeof localSlugs)[number]

/** A problem without a word from the vault. It has the shape of a `Problem`, so that one switch over `slug` covers both. */
type Unreachable = {
  readonly slug: LocalSlug
  readonly facts: Readonly<Record<never, never>>
  readonly requestId?: undefined
}

/** Whatever can be told to a person, whoever found it. */
export type AnyProblem = Problem | Unreachable

/** The only error that the vault client throws on purpose, except for the `AbortError` of a caller who stopped. Its message is the slug. */
export class VaultProblem extends Error {
  readonly problem: AnyProblem

  constructor(problem: AnyProblem | LocalSlug, options?: ErrorOptions) {
    const whole: AnyProblem = typeof problem === 'string' ? { slug: problem, facts: {} } : problem
    super(whole.slug, options)
    this.name = 'VaultProblem'
    this.problem = whole
  }
}

/** The problem inside a thrown value; undefined when it is our own bug or a caller's stop. */
export const problemOf = (thrown: unknown): AnyProblem | undefined =>
  thrown instanceof VaultProblem ? thrown.problem : undefined
