import type { KeyEndpoint } from '../../shared/keys.ts'
import type { FailureReason, ProviderName, Usage } from '../../shared/providers.ts'
import type { Flaw, RawUsage } from '../../shared/receipts.ts'

/** A provider key, opened for one call. Never logged, never put into an error, dropped when the call ends. */
export type OpenedKey = {
  readonly secret: string
  readonly baseAddress: string
  /** Bedrock's region, which its signature needs, or a compatible endpoint's dialect; the others have none. */
  readonly endpoint?: KeyEndpoint | null
}

/** A model as the provider lists it for a key. Facts that the provider does not tell are undefined. */
export type ListedModel = {
  readonly id: string
  readonly name: string | undefined
  readonly contextTokens: number | undefined
  readonly outputTokens: number | undefined
  /** Milliseconds since the epoch. */
  readonly retiresAt: number | undefined
}

/** How a model is asked not to spend the output limit on hidden reasoning; from the model's profile. */
export type Reasoning = 'none' | 'disable-thinking' | 'low-effort' | 'minimal-effort' | 'no-effort'

/**
 * What a model is asked. `system` and `thread` are long and stable, in this order, so that a provider can cache them as a prefix;
 * `ask` comes last and changes with every request.
 */
export type Prompt = { readonly system: string; readonly thread: string; readonly ask: string }

/** How a model cuts text into tokens; from its profile. `new` counts about 30 % more than `old` for the same text. */
export type Tokenizer = 'old' | 'new' | 'o200k'

/** One call to a provider. `cacheKey` names the workspace's prefix to providers that route by it; it holds no name or text. */
export type Call = {
  readonly key: OpenedKey
  readonly model: string
  readonly prompt: Prompt
  /** Tokens, visible and hidden together. The provider must be told, since the hold rests on it. */
  readonly outputLimit: number
  readonly reasoning: Reasoning
  readonly cacheKey: string
}

/**
 * What a failure says to the rest of the vault. `charged: 'nothing'` releases the hold; `'unknown'` settles it at its upper bound.
 * `usage` holds what the provider had reported before it failed: buckets that are missing are unknown, not zero.
 */
export type Failure = {
  readonly reason: FailureReason
  readonly mayTryElsewhere: boolean
  readonly charged: 'nothing' | 'unknown'
  readonly usage: Partial<Usage>
  readonly retryAfterSeconds: number | undefined
  readonly providerRequestId: string | undefined
  /** The address may not be asked at all: its name leads to a private host that the operator does not allow. Nothing was sent. */
  readonly refusedAddress?: boolean
}

/** A contradiction in a provider's counts, with the other way to read them. */
export type Doubt = { readonly flaw: Flaw; readonly otherwise: Usage }

/** Usage as a provider told it: ours by kind, its own numbers, and what is doubtful about them. */
export type ToldUsage = { readonly usage: Usage; readonly raw: RawUsage; readonly doubt: Doubt | undefined }

/** How a whole answer ended, with the provider's own final usage. `usage` undefined: the provider did not report any. */
export type Finish = {
  readonly stop: 'end' | 'limit' | 'refused'
  readonly usage: Usage | undefined
  /** The provider's own numbers, where it told any. */
  readonly raw?: RawUsage
  readonly doubt?: Doubt | undefined
  readonly tier: string | undefined
  readonly region: string | undefined
  /** The model that the response names; it may be a dated id of the one that was asked. */
  readonly model: string | undefined
  readonly providerRequestId: string | undefined
}

/** What a call tells, in this order: text, piece by piece, and one ending. */
export type CallEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'finished'; readonly finish: Finish }
  | { readonly type: 'failed'; readonly failure: Failure }

/** What a provider tells of the models of a key. */
export type ListedAnswer = {
  readonly listed: readonly ListedModel[] | undefined
  readonly organization: string | undefined
  /** Where the key may not read the list: what its region is known to have. Undefined for providers that are the same everywhere. */
  readonly inRegion?: readonly ListedModel[] | undefined
}

/**
 * The port to one provider's protocol. Nothing is retried here; nothing is thrown but on a programmer's mistake. `call` yields any number of
 * `text-delta` and then exactly one `finished` or `failed`, also when the signal is aborted (`vault-stopped`) or the stream stalls.
 */
export type Provider = {
  readonly name: ProviderName
  /** Its own address for keys of this endpoint; undefined when it has none of this kind. */
  addressFor(endpoint: KeyEndpoint | null): string | undefined
  /**
   * The models that the key may use; a restricted key that may not read the list is `{ listed: undefined }`. It is free. `organization`: the
   * provider's id of the account that the key belongs to, where it tells.
   */
  models(key: OpenedKey, signal: AbortSignal): Promise<ListedAnswer | { readonly failure: Failure }>
  call(call: Call, signal: AbortSignal): AsyncIterable<CallEvent>
  /**
   * The most input tokens of exactly the request that `call` would send: a count, and what it may be off. It is free and takes seconds at the
   * longest. Undefined where nobody can tell: the tokenizer is not known, the provider does not answer, or its answer makes no sense.
   */
  count(call: Call, tokenizer: Tokenizer, signal: AbortSignal): Promise<number | undefined>
}
