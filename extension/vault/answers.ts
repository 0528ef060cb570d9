import type { z } from 'zod'
import { readJson } from './request.ts'
import type { Call, Session } from './session.ts'

/** An answer from the vault's books; longer silence is no answer. */
export const BOOKS_TIMEOUT_MS = 20_000
/** Verifying a key waits for the provider's list of models and up to three calls, each of them a quarter of a minute at most. */
export const VERIFY_TIMEOUT_MS = 75_000

type Asked = Omit<Call, 'signal'> & { readonly timeoutMs?: number }

/** How the client's calls ask: for an answer of a form, or for nothing but the deed. Silence ends after `timeoutMs`. */
export type Answers = {
  readonly nothing: (asked: Asked) => Promise<void>
  readonly answer: <Schema extends z.ZodType>(schema: Schema, asked: Asked) => Promise<z.output<Schema>>
}

/** The answers of one session. */
export const answersOf = (session: Session): Answers => ({
  nothing: async ({ timeoutMs = BOOKS_TIMEOUT_MS, ...call }) => {
    await session.ask({ ...call, signal: AbortSignal.timeout(timeoutMs) })
  },
  answer: async (schema, { timeoutMs = BOOKS_TIMEOUT_MS, ...call }) => {
    const signal = AbortSignal.timeout(timeoutMs)
    return readJson(await session.ask({ ...call, signal }), schema, signal)
  },
})

/** A query in wire form as it stands in an address; what is undefined is left out. */
export const queryOf = (wire: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(wire).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
