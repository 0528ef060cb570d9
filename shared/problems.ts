import { z } from 'zod'
import { CapScope, PeriodKind } from './cap.ts'
import { Id, Label, Moment } from './ids.ts'
import { KeyFlaw } from './keys.ts'
import { Usd, zero } from './money.ts'
import { buckets, FailureReason, ProviderName } from './providers.ts'
import { PauseReason } from './status.ts'

type Definition<Facts extends z.ZodRawShape> = {
  readonly status: number
  readonly title: string
  readonly facts: z.ZodObject<Facts>
}

const problem = <Facts extends z.ZodRawShape>(
  status: number,
  title: string,
  facts: Facts,
): Definition<Facts> => ({
  status,
  title,
  facts: z.object(facts),
})

/** Which cap it is, and how it stands. A vault that does not say which has only the workspace's month. */
const capFacts = {
  scope: CapScope.default('workspace'),
  id: z.string().max(200).default(''),
  name: Label.nullable().default(null),
  kind: PeriodKind.default('month'),
  limit: Usd,
  settled: Usd,
  held: Usd,
  left: Usd,
  /** The end of `limit` that only urgent drafts may use. */
  reserve: Usd.default(zero),
  needed: Usd,
  resetsAt: Moment,
}
const keyFacts = { provider: ProviderName, reason: FailureReason }

const failureFacts = {
  ...keyFacts,
  partial: z.boolean(),
  retryAfterSeconds: z.int().nullable(),
  /**
   * Why nobody else answered. `off`: there is no backup. `unable`: whoever could was refused, rests or may not answer here. `dearer`: it would
   * have cost more than ten times as much. `cap`: it would have passed a cap. `spent`: as often as one draft may be tried, or as long.
   * `fault`: the request would fail elsewhere too. `text`: there was visible text already.
   */
  backup: z.enum(['off', 'unable', 'dearer', 'cap', 'spent', 'fault', 'text']).nullable().default(null),
}

const failure = (title: string): Definition<typeof failureFacts> => problem(502, title, failureFacts)

/** What became of a draft for which no provider gave a whole answer: a slug for each reason. */
export type FailureSlug = `provider-${FailureReason}`

const failures = {
  'provider-key-invalid': failure('The provider refused the key'),
  'provider-key-revoked': failure('The provider no longer accepts the key'),
  'provider-no-credit': failure('The account at the provider has no credit left'),
  'provider-spend-limit': failure('A spend limit of the account at the provider is reached'),
  'provider-on-hold': failure('The provider has put the organization on hold'),
  'provider-not-permitted': failure('The provider does not permit the key to do this'),
  'provider-region-refused': failure('The provider does not serve the region of this vault'),
  'provider-model-missing': failure('The provider does not offer this model to the key'),
  'provider-model-retired': failure('The provider has retired this model'),
  'provider-rate-limited': failure('The provider limits how fast the account may ask'),
  'provider-overloaded': failure('The provider is overloaded'),
  'provider-server-error': failure('The provider had an error of its own'),
  'provider-network': failure('The provider could not be reached'),
  'provider-timeout': failure('The provider did not begin to answer in time'),
  'provider-stalled': failure('The provider stopped in the middle of the answer'),
  'provider-ended-early': failure('The provider ended the answer before it was whole'),
  'provider-garbage': failure('The provider answered with something unreadable'),
  'provider-too-long': failure('The conversation is too long for this model'),
  'provider-too-large': failure('The conversation is larger than the provider accepts'),
  'provider-request-refused': failure('The provider refused the form of the request'),
  'provider-refused-by-model': failure('The model declined to answer'),
  'provider-vault-stopped': failure('The vault stopped while the answer was being written'),
} as const satisfies Record<FailureSlug, Definition<typeof failureFacts>>

/**
 * Every refusal on the wire (RFC 9457): slug → status, title and the facts that come with it. The slug is the contract;
 * the extension owns the words that a person reads. 402 for caps is our choice: nothing but money is missing.
 */
export const problems = {
  'malformed-request': problem(400, 'The request does not have the expected form', {
    issues: z.array(z.object({ path: z.string(), rule: z.string() })).max(20),
  }),
  'unsupported-media-type': problem(415, 'The body must be JSON', {}),
  'too-large': problem(413, 'The body is too large', { limitBytes: z.int() }),
  'not-found': problem(404, 'There is no such thing here', {}),
  'not-allowed': problem(403, 'This member may not draft', {}),
  'wrong-address': problem(421, 'This vault is not served at this address', {}),
  'origin-refused': problem(403, 'This origin may not speak to the vault', {}),
  'contract-not-served': problem(400, 'This vault does not serve this contract', {
    served: z.array(z.int()),
  }),
  'session-ended': problem(401, 'The session has ended', {}),
  'proof-refused': problem(401, 'The proof of the device key was refused', {
    reason: z.enum([
      'missing',
      'malformed',
      'signature',
      'method-or-address',
      'clock',
      'replayed',
      'token-mismatch',
      'other-key',
    ]),
    vaultTime: Moment,
  }),
  'device-unknown': problem(401, 'This vault does not know this browser', {}),
  'device-removed': problem(401, 'This browser was removed', {}),
  'device-suspended': problem(401, 'This browser waits for approval after a restore', {}),
  'pairing-refused': problem(403, 'The code is wrong, used or expired', {}),
  'name-needed': problem(422, 'A name is needed to pair with this code', {
    /** Whose names this code asks for; a vault that does not say may mean either. */
    needs: z
      .array(z.enum(['member', 'workspace']))
      .max(2)
      .default(['member', 'workspace']),
  }),
  'ai-paused': problem(409, 'Drafting is paused', { reason: PauseReason }),
  'rate-limited': problem(429, 'Too many drafts in the last 60 minutes', {
    limit: z.int(),
    retryAfterSeconds: z.int(),
  }),
  'no-key': problem(409, 'No provider key is connected', {}),
  'no-provider-available': problem(503, 'No connected key can answer now', {}),
  'cap-reached': problem(402, 'The spending cap is reached', capFacts),
  'cap-held': problem(402, 'What is left of the cap is reserved by drafts in flight', capFacts),
  'cap-too-small': problem(402, 'The cap is smaller than the upper bound of this request', capFacts),
  'raise-refused': problem(422, 'This is no temporary raise of the cap', {
    /** `not-higher`: not above the limit that holds without it. `not-ahead`: it would end in the past, or more than 31 days from now. */
    reason: z.enum(['not-higher', 'not-ahead']),
    limit: Usd,
  }),
  'model-unpriced': problem(409, 'The price of this model is not known', { model: z.string() }),
  'price-unusual': problem(422, 'This price is far from the list price', {
    bucket: z.enum(buckets),
    asked: Usd,
    listed: Usd,
  }),
  'webhook-refused': problem(422, 'Alerts cannot be sent to this address', {
    /** `not-https`: in the clear. `private`: within the operator’s network, who has not allowed it. `credentials`: a name or password in it. */
    reason: z.enum(['not-https', 'private', 'credentials']),
  }),
  'key-reused': problem(409, 'This idempotency key belongs to another request', {}),
  'still-running': problem(409, 'This request is still running', {}),
  'draft-gone': problem(410, 'This draft is no longer kept', { receiptId: Id }),
  ...failures,
  'key-misshapen': problem(422, 'This does not look like a key of this provider', {
    provider: ProviderName,
    flaw: KeyFlaw,
  }),
  'key-refused': problem(422, 'The provider refused this key', keyFacts),
  'key-unverified': problem(502, 'The key could not be verified now', keyFacts),
  'key-exists': problem(409, 'Another key of this provider has this name', { provider: ProviderName }),
  'version-gone': problem(410, 'This version of the key is no longer kept', { version: z.int() }),
  'routing-refused': problem(422, 'Drafts cannot be routed like this', {
    /** `same`: primary and backup are one. `keyless`: it has no key. `dearer`: it costs more than ten times as much, which is not allowed. */
    reason: z.enum(['same', 'keyless', 'dearer']),
    provider: ProviderName,
  }),
  'endpoint-refused': problem(422, 'Keys cannot be sent to this address', {
    /** `missing`: its provider needs one. `unwanted`: its provider has none. The others as for webhooks. */
    reason: z.enum(['missing', 'unwanted', 'not-https', 'private', 'credentials']),
  }),
  'no-usable-model': problem(422, 'This key may use no model with a known price', { provider: ProviderName }),
  'name-mismatch': problem(422, 'The typed name is not the name of this workspace', {}),
  'owner-stays': problem(409, 'An owner must hand over before leaving', {}),
  'channel-exists': problem(409, 'Another channel has this name or site', {
    name: Label,
    site: z.string().nullable(),
  }),
  'storage-full': problem(507, 'The vault cannot write to its disk', {}),
  'vault-sealed': problem(503, 'The operator has sealed this vault', {}),
  'vault-stopping': problem(503, 'The vault is stopping', {}),
  'internal-error': problem(500, 'Something went wrong in the vault', {}),
} as const satisfies Record<string, Definition<z.ZodRawShape>>

/** What was refused; never renamed. */
export type Slug = keyof typeof problems
export type Facts<S extends Slug> = z.infer<(typeof problems)[S]['facts']>

/** Every slug of the contract. */
export const slugs = Object.keys(problems) as Slug[]

/** Prefix of a problem's `type`; the slug follows. It is a name, not an address that anybody serves. */
export const PROBLEM_TYPE = 'urn:ownkey:problem:'

const REQUEST_ID = 'urn:ownkey:request:'

type Wire<S extends Slug> = { slug: S; facts: Facts<S> }
type AnyWire = { [S in Slug]: Wire<S> }[Slug]

const slugOf = (type: string): Slug | undefined => slugs.find((slug) => type === PROBLEM_TYPE + slug)

/**
 * A problem as it travels: `type`, `title`, `status`, `detail`, `instance` (the request id) and the facts as members.
 * Decoding gives the slug and typed facts; an unknown type or wrong facts is refused, so callers treat those as no Ownkey vault.
 */
export type Problem = AnyWire & { readonly requestId?: string | undefined }

/** The problem of a slug and its facts. The compiler cannot follow that the two belong together in a union; here it is told, once. */
export const problemOf = <S extends Slug>(slug: S, facts: Facts<S>, requestId?: string): Problem =>
  ({ slug, facts, requestId }) as Problem

/** The only place where the problem of a provider's failure is made: its slug is that of the reason. */
export const failureProblem = (facts: Facts<FailureSlug>): Problem =>
  problemOf(`provider-${facts.reason}`, facts)

type Failure = Extract<AnyWire, { slug: FailureSlug }>

/** Whether a problem is that no provider gave a whole answer. */
export const isFailure = <P extends { readonly slug: string }>(problem: P): problem is P & Failure =>
  problem.slug in failures

const Envelope = z.looseObject({ type: z.string().max(200), instance: z.string().max(200).optional() })

export const Problem = z.codec(Envelope, z.custom<Problem>(), {
  decode: (envelope, context) => {
    const slug = slugOf(envelope.type)
    const facts = slug === undefined ? undefined : problems[slug].facts.safeParse(envelope)
    if (slug === undefined || facts === undefined || !facts.success) {
      context.issues.push({ code: 'custom', message: 'not a known problem', input: envelope })
      return z.NEVER
    }
    return problemOf(slug, facts.data, envelope.instance?.replace(REQUEST_ID, ''))
  },
  encode: ({ slug, facts, requestId }) => {
    const { status, title } = problems[slug]
    const schema: z.ZodObject = problems[slug].facts
    return {
      ...z.encode(schema, facts),
      type: PROBLEM_TYPE + slug,
      title,
      status,
      ...(requestId === undefined ? {} : { instance: REQUEST_ID + requestId }),
    }
  },
})
