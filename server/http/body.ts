import express, { type Request, type RequestHandler, type Response } from 'express'
import type { z } from 'zod'
import { Refusal } from '../domain/refusal.ts'

const MOST_ISSUES = 20

/** Largest body that the vault reads. A draft's own bounds are tighter in characters; this one is for four-byte scripts. */
const BODY_LIMIT_BYTES = 512 * 1024
/** Largest body of somebody who is not known yet: a pairing request with long names in four-byte scripts. */
const STRANGER_LIMIT_BYTES = 8 * 1024

/** Where a request departs from its schema: paths and rules, never the values, which may be secrets. */
const issuesOf = (error: z.ZodError) =>
  error.issues
    .slice(0, MOST_ISSUES)
    .map((issue) => ({ path: issue.path.join('.').slice(0, 200), rule: issue.code ?? 'custom' }))

const parse = <S extends z.ZodType>(schema: S, value: unknown): z.output<S> => {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Refusal('malformed-request', { issues: issuesOf(parsed.error) })
  return parsed.data
}

/** The request's query, parsed; a parameter given twice is refused by the schema. */
export const queryOf = <S extends z.ZodType>(request: Request, schema: S): z.output<S> =>
  parse(schema, request.query)

/** A path parameter that must be an id; anything else is `not-found`, as an id that never was. */
export const idOf = <S extends z.ZodType<string>>(request: Request, name: string, schema: S): z.output<S> => {
  const parsed = schema.safeParse(request.params[name])
  if (!parsed.success) throw new Refusal('not-found', {})
  return parsed.data
}

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0

const readerOf = (limit: number): RequestHandler =>
  express.json({ limit, strict: true, inflate: false, type: 'application/json' })

const readers = { member: readerOf(BODY_LIMIT_BYTES), stranger: readerOf(STRANGER_LIMIT_BYTES) } as const

const read = (request: Request, response: Response, reader: RequestHandler): Promise<void> =>
  new Promise((resolve, reject) => {
    reader(request, response, (error: unknown) => (error === undefined ? resolve() : reject(error)))
  })

/**
 * Reads and parses the request's body: JSON only, not compressed, bounded in bytes. Asked for after the caller is known, so that a stranger's
 * body is never read; where anybody may ask (`from: 'stranger'`) the bound is small. Refuses with `malformed-request`.
 */
export const bodyOf = async <S extends z.ZodType>(
  request: Request,
  response: Response,
  schema: S,
  from: keyof typeof readers = 'member',
): Promise<z.output<S>> => {
  if (hasBody(request) && !request.is('application/json')) throw new Refusal('unsupported-media-type', {})
  await read(request, response, readers[from])
  return parse(schema, request.body)
}
