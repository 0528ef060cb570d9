import { Router } from 'express'
import { type DraftEvent, DraftRequest } from '../../shared/drafts.ts'
import { problemOf } from '../../shared/problems.ts'
import type { Emit } from '../domain/drafts/drafts.ts'
import type { Caller } from '../domain/identity/caller.ts'
import { Refusal } from '../domain/refusal.ts'
import { bodyOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'
import { type EventStream, eventStream } from './event-stream.ts'
import { requestIdOf } from './problems.ts'

export type DraftRoutes = CallerParts & {
  readonly draft: (caller: Caller, request: DraftRequest, emit: Emit) => Promise<void>
  readonly stillWelcome: (caller: Caller) => Promise<boolean>
}

/** `POST /v1/drafts`: a refusal before the first event is a problem with its own status; from then on everything is an event. */
export const drafts = ({ callerOf, draft, stillWelcome }: DraftRoutes): Router => {
  const router = Router()
  router.post('/v1/drafts', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const asked = await bodyOf(request, response, DraftRequest)
    let stream: EventStream | undefined
    const emit: Emit = (event) => {
      stream ??= eventStream(response, () => stillWelcome(caller))
      stream.send(event)
    }
    try {
      await draft(caller, asked, emit)
    } catch (error) {
      if (stream !== undefined) emit(interrupted(error, requestIdOf(response)))
      throw error
    } finally {
      stream?.end()
    }
  })
  return router
}

/** The last event of a stream that our own side could not finish. The error itself goes on to the log. */
const interrupted = (error: unknown, requestId: string | undefined): DraftEvent => {
  const { slug, facts } = error instanceof Refusal ? error : new Refusal('internal-error', {})
  return { type: 'problem', problem: problemOf(slug, facts, requestId), receipt: null, cap: null }
}
