import { z } from 'zod'
import { Alert } from './books/alerts.ts'
import { Cap, CapPlace } from './cap.ts'
import { Id, Label, Moment } from './ids.ts'
import { Member } from './members.ts'
import { Usd } from './money.ts'
import { ProviderName } from './providers.ts'

/** Why drafting is paused; computed from the books at each request. */
export const PauseReason = z.enum([
  'switched-off',
  'no-key',
  'key-rejected',
  'cap-reached',
  'model-unpriced',
  'workspace-ending',
])
export type PauseReason = z.infer<typeof PauseReason>

/** Answer of `GET /v1/status` without a token: nothing about any workspace. */
export const PublicStatus = z.object({
  service: z.literal('ownkey'),
  contracts: z.array(z.int()),
})
export type PublicStatus = z.infer<typeof PublicStatus>

/** What the next draft would be made with. Prices are dollars per million tokens, for the estimate shown before asking. */
export const Drafting = z.object({
  provider: ProviderName,
  model: z.string(),
  modelName: z.string(),
  perMillion: z.object({ input: Usd, output: Usd }),
  /** Tokens that every draft adds to the thread: instructions and structure, rounded up. */
  overheadTokens: z.int(),
  outputLimit: z.int(),
})
export type Drafting = z.infer<typeof Drafting>

/** The cap under which not even the smallest draft fits, with the name of what it counts; null for the workspace. */
const PausingCap = z.object({ ...CapPlace.shape, name: Label.nullable(), resetsAt: Moment })

/** Answer of `GET /v1/status` with a token. Keys are a boolean for everybody. A light agent gets no amounts: `cap` is null. */
export const Status = PublicStatus.extend({
  version: z.string(),
  workspace: z.object({ id: Id, name: Label, timeZone: z.string() }),
  member: Member,
  deviceId: Id,
  /**
   * `cap`: which cap pauses this member; null where none does, or the vault does not say which. `urgent`: drafting is paused only since what is
   * left is the reserve, so a draft marked urgent is answered.
   */
  ai: z.object({
    on: z.boolean(),
    paused: PauseReason.nullable(),
    cap: PausingCap.nullable().default(null),
    urgent: z.boolean().default(false),
  }),
  providers: z.array(z.object({ provider: ProviderName, connected: z.boolean() })),
  drafting: Drafting.nullable(),
  cap: Cap.nullable(),
  /** The newest alert of the last seven days, for owners and admins. */
  alert: Alert.nullable().default(null),
  /** Shown wherever numbers are shown when the provider is not the real one, for example "simulated". */
  providerLabel: z.string().max(40).nullable(),
})
export type Status = z.infer<typeof Status>
