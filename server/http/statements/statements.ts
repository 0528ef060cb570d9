import { Router } from 'express'
import { z } from 'zod'
import {
  Compared,
  type ComparisonOutcome,
  Statement,
  StatementQuery,
} from '../../../shared/statements/statements.ts'
import type { Caller } from '../../domain/identity/caller.ts'
import { queryOf } from '../body.ts'
import { type CallerParts, credentialsOf } from '../caller.ts'

export type StatementRoutes = CallerParts & {
  readonly readStatement: (caller: Caller, month: string | undefined) => Promise<Statement>
  readonly compareNow: (caller: Caller) => Promise<ComparisonOutcome[]>
}

/** Statements: what the providers' reports and our receipts say about a month, and the button that compares now. */
export const statements = ({ callerOf, readStatement, compareNow }: StatementRoutes): Router => {
  const router = Router()
  router.get('/v1/statements', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const { month } = queryOf(request, StatementQuery)
    response.json(z.encode(Statement, await readStatement(caller, month)))
  })
  router.post('/v1/statements', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    response.json(z.encode(Compared, { outcomes: await compareNow(caller) }))
  })
  return router
}
