/** What the simulator can be told to do with a request. Those before `healthy` are answered by a status and an error of the provider. */
const behaviours = [
  'key-invalid',
  'no-credit',
  'no-credit-400',
  'spend-limit',
  'spend-limit-429',
  'contract-limit',
  'on-hold',
  'forbidden',
  'list-forbidden',
  'region',
  'model-missing',
  'rate-limited',
  'ramp-limited',
  'slow-down',
  'overloaded',
  'server-error',
  'gateway-timeout',
  'too-long',
  'too-large',
  'html-502',
  'redirect',
  'healthy',
  'html-200',
  'hang',
  'reset',
  'error-mid-stream',
  'failed-event',
  'reset-mid-stream',
  'early-end',
  'stall',
  'garbage',
  'bad-event',
  'refusal',
  'limit',
  'no-usage',
  'geo-us',
  'other-tier',
  'parts-too-many',
  'parts-too-few',
  'without-split',
  'metrics-differ',
  'count-too-low',
  'slow',
  'small-pages',
] as const
export type Behaviour = (typeof behaviours)[number]

/**
 * One thing to do. `after`: deltas before it happens. `delayMs`: pause before each delta. `retryAfter`: the header of a rate limit. `lacking`:
 * models that a list of models does not name.
 */
export type Act = {
  readonly do: Behaviour
  readonly after?: number
  readonly delayMs?: number
  readonly retryAfter?: string
  readonly lacking?: readonly string[]
}

/** The behavior that a key's name asks for: `sk-ant-sim-no-credit-…`, `sk-sim-slow-…`, `ABSKsim-overloaded-…`, `sim-compatible-stall-…`, `sk-admin-sim-list-forbidden-…`. */
export const behaviourOfKey = (key: string): Behaviour => {
  const name = key.replace(/^(sk-(ant-)?(admin-)?sim|ABSKsim|sim-compatible)-/, '')
  const named = behaviours.filter((behaviour) => name === behaviour || name.startsWith(`${behaviour}-`))
  return named.toSorted((one, other) => other.length - one.length)[0] ?? 'healthy'
}

/** What blocks a key as a whole, and so also its list of models. */
export const blocksList: ReadonlySet<Behaviour> = new Set([
  'key-invalid',
  'on-hold',
  'region',
  'list-forbidden',
])
