import type { Picodollars } from '../../../shared/money.ts'
import type { ReportingProvider, Usage } from '../../../shared/providers.ts'
import type { Failure, OpenedKey } from '../provider.ts'

/** A key as the provider lists it. `hint` shows some of its first and last characters; it never leaves the vault. */
export type ReportedKey = {
  readonly id: string
  readonly name: string | null
  readonly hint: string | null
}

/** What a provider counted for one of its keys in one minute. `at`: the minute's first millisecond. Output is all in `usage.output`. */
export type ReportedMinute = {
  readonly providerKeyId: string
  readonly model: string
  readonly at: number
  readonly requests: number
  readonly usage: Usage
}

/** What a provider bills for one of its keys and a day (UTC), before discounts. `at`: the day's first millisecond. */
export type ReportedAmount = {
  readonly providerKeyId: string
  readonly model: string
  readonly at: number
  readonly amount: Picodollars
}

/** A provider's report of one day. */
export type Report = {
  readonly minutes: readonly ReportedMinute[]
  readonly amounts: readonly ReportedAmount[]
}

/** What was told, or why not. */
export type Told<What> = { readonly told: What } | { readonly failure: Failure }

/** One day (UTC) of some keys. */
export type DayAsked = { readonly startsAt: number; readonly providerKeyIds: readonly string[] }

/**
 * The port to one provider's reports. It is asked with a reporting key and never with one that drafts. Nothing is retried; nothing is thrown
 * but on a programmer's mistake.
 */
export type Reporting = {
  readonly name: ReportingProvider
  /** How far an amount may be off, because the provider writes it as a floating number. */
  readonly tolerance: Picodollars
  /** The keys of the organization. Where the key may not list them: those that were used in the last month, without names. */
  keys(key: OpenedKey, signal: AbortSignal): Promise<Told<readonly ReportedKey[]>>
  day(key: OpenedKey, asked: DayAsked, signal: AbortSignal): Promise<Told<Report>>
}
