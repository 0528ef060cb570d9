import type { IncomingHttpHeaders } from 'node:http'
import type { z } from 'zod'
import type { ProviderName, Usage } from '../../shared/providers.ts'
import type { Model } from './money/catalogue.ts'
import type { Refusals, Refused } from './refusals.ts'

export type InputUsage = Omit<Usage, 'output' | 'reasoning'>

/** A request for an answer, understood. */
export type Asked = {
  readonly model: Model
  /** The id that the answer names. */
  readonly answering: string
  readonly stream: boolean
  readonly outputLimit: number
  /** Hidden tokens that the model would spend before its answer. */
  readonly hidden: number
  readonly thread: string
  readonly ask: string
  /** Whether usage was asked for, where it has to be. */
  readonly wantsUsage?: boolean
  readonly input: InputUsage
}

/** How the answer of one request ends and what it cost. */
export type Ending = {
  readonly id: string
  readonly text: string
  readonly stop: 'end' | 'limit' | 'refused'
  readonly usage: Usage
}

/** What a misreporting provider says beside its counts: a name and a text that nobody knows. */
export const remarks = { remark: 'a provider may say anything here', remark_tokens: 7 }

/** How the answer differs from a healthy one. */
export type Manner = {
  readonly usOnly: boolean
  readonly otherTier: boolean
  readonly tellsUsage: boolean
  /** Tokens by which the parts of the usage are more than its totals; less when negative. */
  readonly partsOver: number
  /** Whether it tells how much was written to the cache and not for how long. */
  readonly withoutSplit: boolean
  /** Tokens of output that a second count of the provider has beyond the first. */
  readonly metricsOver: number
}

/** A piece of an answer as it travels. */
export type Frame = string | Uint8Array

/** The frames of one answer, as bytes on the wire. */
export type Frames = {
  /** The content type of a stream, where it is not that of server-sent events. */
  readonly streamType?: string
  readonly opening: readonly Frame[]
  readonly delta: (text: string) => Frame
  readonly closing: (ending: Ending) => readonly Frame[]
  readonly error: Frame
  readonly failed: (ending: Ending) => Frame
  readonly garbage: Frame
  readonly misshapen: () => Frame
  /** The whole answer when it was not asked as a stream. */
  readonly whole: (ending: Ending) => unknown
  /** Usage in the provider's own form. */
  readonly usage: (usage: Usage) => unknown
}

/** A request as it arrived. `path` begins with the base path that the dialect is served under; with the query. */
export type Arrived = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/** One provider's protocol as the simulator speaks it. */
export type Dialect = {
  readonly provider: ProviderName
  readonly keyIn: (headers: IncomingHttpHeaders) => string | undefined
  readonly accepts: (key: string) => boolean
  /** Where keys do not travel but sign: what is wrong with the signature. */
  readonly misSigned?: (arrived: Arrived) => Refused | undefined
  readonly noKey: Refused
  readonly wrongKey: Refused
  readonly noSuchPath: Refused
  /** Whether an answer is asked for at this path, which is without the base path. */
  readonly isCall: (path: string) => boolean
  readonly requestIdHeader: string
  readonly read: (
    body: unknown,
    headers: IncomingHttpHeaders,
    key: string,
    path: string,
  ) => Asked | Refused | Promise<Asked | Refused>
  /** Where input is counted, and what is told there: an estimate, a little below what an answer would be billed for. */
  readonly counting?: {
    readonly path: string
    readonly count: (body: unknown, headers: IncomingHttpHeaders) => number | Refused
  }
  readonly refusals: Refusals
  readonly frames: (asked: Asked, id: string, manner: Manner) => Frames
  readonly isList: (path: string) => boolean
  readonly list: (query: URLSearchParams, path: string, headers: IncomingHttpHeaders) => unknown
}

export const isRefused = (value: Asked | Refused | number): value is Refused =>
  typeof value === 'object' && 'status' in value

/** Where a schema's first complaint is, in dots. */
export const placeOf = (issue: z.core.$ZodIssue): string => {
  const path = [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  return path.map(String).join('.')
}
