import type { Response } from 'express'
import { z } from 'zod'
import { DraftEvent } from '../../shared/drafts.ts'

/** Longest silence on a stream, so that no proxy and no browser takes it for dead. */
const HEARTBEAT_MS = 10_000

/** An answer that goes on: the events of one draft. */
export type EventStream = {
  /** Writes one event; after the reader has left nothing happens. */
  send(event: DraftEvent): void
  end(): void
}

/**
 * Answers with server-sent events. `stillWelcome` is asked at each heartbeat; when it is false the stream ends, so that a removed device
 * stops reading on every vault. The work behind the stream goes on.
 */
export const eventStream = (response: Response, stillWelcome: () => Promise<boolean>): EventStream => {
  response.status(200)
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  response.setHeader('cache-control', 'no-store')
  response.setHeader('x-accel-buffering', 'no')
  response.flushHeaders()
  const end = (): void => {
    clearInterval(heartbeat)
    response.end()
  }
  const beat = async (): Promise<void> => {
    const goesOn = await stillWelcome()
    if (!goesOn) end()
    else if (!response.writableEnded) response.write(': still here\n\n')
  }
  const heartbeat = setInterval(() => {
    beat().catch(end)
  }, HEARTBEAT_MS)
  response.on('close', () => clearInterval(heartbeat))
  const send = (event: DraftEvent): void => {
    if (!response.writableEnded)
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(z.encode(DraftEvent, event))}\n\n`)
  }
  return { send, end }
}
