import { createHash } from 'node:crypto'
import { noUsage, type ProviderName, type ReportingProvider, type Usage } from '../../../shared/providers.ts'
import type { Behaviour } from '../behaviours.ts'
import { type BookedCall, type Costs, costsOf, noCosts, totalOf } from '../money/books.ts'
import { findModel, type Model } from '../money/catalogue.ts'

/** A key of the organization as its administrators see it. */
export type KnownKey = { readonly id: string; readonly hint: string; readonly createdAt: number }

/** A call that somebody makes with a key elsewhere, as far as a bill is concerned. */
export type SpentElsewhere = {
  readonly provider: ReportingProvider
  readonly key: string
  readonly model: string
  readonly usage: Partial<Usage>
  /** Milliseconds since the epoch; now without it. */
  readonly at?: number
}

/** How reports depart from what a vault would expect. */
export type Departures = {
  /** Bills a call that no vault made. */
  readonly spendElsewhere: (use: SpentElsewhere) => void
  /** From now on a model costs so many percent of its list price. */
  readonly reprice: (model: string, percent: number) => void
  /** Leaves a call out of the reports until a moment (ms), or for good. */
  readonly leaveOut: (callId: string, until?: number) => void
}

/** Keys of another organization say so in their names (`sk-ant-sim-other-org-…`); the reports of this one do not know them. */
const isElsewhere = (key: string): boolean => key.includes('-other-org-')

/** What an organization's reports are made of: its keys and the calls that are reported now. */
export type Organization = {
  readonly keys: () => readonly KnownKey[]
  readonly calls: () => readonly BookedCall[]
}

const idPrefix: Record<ProviderName, string> = {
  anthropic: 'apikey_',
  openai: 'key_',
  bedrock: 'access_',
  compatible: 'token_',
}
const SHOWN_AT_THE_FRONT: Record<ProviderName, number> = {
  anthropic: 16,
  openai: 12,
  bedrock: 4,
  compatible: 4,
}
const SHOWN_AT_THE_END = 4

/** What a provider calls a key: nothing of the key can be read from it. */
export const keyIdOf = (provider: ProviderName, key: string): string =>
  idPrefix[provider] + createHash('sha256').update(key).digest('base64url').slice(0, 22)

const hintOf = (provider: ProviderName, key: string): string =>
  `${key.slice(0, SHOWN_AT_THE_FRONT[provider])}...${key.slice(-SHOWN_AT_THE_END)}`

const scaled = (costs: Costs, percent: number): Costs => ({
  freshInput: (costs.freshInput * BigInt(percent)) / 100n,
  cacheRead: (costs.cacheRead * BigInt(percent)) / 100n,
  cacheWrite5m: (costs.cacheWrite5m * BigInt(percent)) / 100n,
  cacheWrite30m: (costs.cacheWrite30m * BigInt(percent)) / 100n,
  cacheWrite1h: (costs.cacheWrite1h * BigInt(percent)) / 100n,
  output: (costs.output * BigInt(percent)) / 100n,
})

/** The administration behind both providers: keys, bookings, and where the reports depart from them. */
export const administration = (now: () => number) => {
  const booked: BookedCall[] = []
  const keys = new Map<string, KnownKey & { readonly provider: ProviderName; readonly elsewhere: boolean }>()
  const percents = new Map<string, number>()
  const hiddenUntil = new Map<string, number>()

  const know = (provider: ProviderName, key: string): string => {
    const id = keyIdOf(provider, key)
    if (!keys.has(id))
      keys.set(id, {
        id,
        provider,
        hint: hintOf(provider, key),
        createdAt: now(),
        elsewhere: isElsewhere(key),
      })
    return id
  }

  const billed = (model: Model | undefined, usage: Usage, at: number, usOnly: boolean): Costs =>
    model === undefined ? noCosts : scaled(costsOf(model, usage, at, usOnly), percents.get(model.id) ?? 100)

  type Booking = Omit<BookedCall, 'keyHint' | 'keyId' | 'picodollars' | 'costs'> & {
    readonly key: string
    readonly sold: Model | undefined
  }
  const book = ({ key, sold, ...call }: Booking): void => {
    const costs = billed(sold, call.buckets, call.at, call.behaviour === 'geo-us')
    const keyId = know(call.provider, key)
    booked.push({ ...call, keyHint: key.slice(-4), keyId, costs, picodollars: totalOf(costs) })
  }

  const spendElsewhere: Departures['spendElsewhere'] = ({ provider, key, model, usage, at = now() }) => {
    const sold = findModel(provider, model, at)
    if (sold === undefined) throw new Error(`${provider} sells no ${model}`)
    const id = `elsewhere_${booked.length + 1}`
    const behaviour: Behaviour = 'healthy'
    const buckets = { ...noUsage, ...usage }
    book({ id, provider, model, key, sold, behaviour, ended: 'whole', sent: undefined, buckets, at })
  }

  return {
    booked,
    know,
    book,
    spendElsewhere,
    organizationIdOf: (key: string): string => `org_${isElsewhere(key) ? 'other' : 'own'}`,
    reprice: (model: string, percent: number): void => void percents.set(model, percent),
    leaveOut: (callId: string, until = Number.POSITIVE_INFINITY): void => void hiddenUntil.set(callId, until),
    organizationOf: (provider: ReportingProvider): Organization => ({
      keys: () => [...keys.values()].filter((key) => key.provider === provider && !key.elsewhere),
      calls: () =>
        booked.filter(
          (call) =>
            call.provider === provider &&
            !keys.get(call.keyId)?.elsewhere &&
            call.ended !== 'refused' &&
            (hiddenUntil.get(call.id) ?? 0) <= now(),
        ),
    }),
  }
}
