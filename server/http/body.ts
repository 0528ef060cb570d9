import express, { type Request, type RequestHandler } from 'express'
import type { z } from 'zod'
import { Refusal } from '../domain/refusal.ts'
import { BODY_LIMIT_BYTES } from './problems.ts'

const MOST_ISSUES = 20

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

/** The request's JSON body, parsed. Refuses with `malformed-request`. */
export const bodyOf = <S extends z.ZodType>(request: Request, schema: S): z.output<S> =>
  parse(schema, request.body)

/** The request's query, parsed; a parameter given twice is refused by the schema. */
export const queryOf = <S extends z.ZodType>(request: Request, schema: S): z.output<S> =>
  parse(schema, request.query)

/** A path parameter that must be an id; anything else is `not-found`, as an id that never was. */
export const idOf = (request: Request, name: string, schema: z.ZodType<string>): string => {
  const parsed = schema.safeParse(request.params[name])
  if (!parsed.success) throw new Refusal('not-found', {})
  return parsed.data
}

const hasBody = (request: Request): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0

const onlyJson: RequestHandler = (request, _response, next) => {
  if (hasBody(request) && !request.is('application/json')) throw new Refusal('unsupported-media-type', {})
  next()
}

/** Reads bodies: JSON only, not compressed, bounded in bytes before anything is parsed. */
export const readBodies: readonly RequestHandler[] = [
  onlyJson,
  express.json({ limit: BODY_LIMIT_BYTES, strict: true, inflate: false, type: 'application/json' }),
]
