import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Response, Router } from 'express'
import { z } from 'zod'
import {
  ChainList,
  ExportedEntry,
  ExportedHead,
  ExportHeader,
  Heads,
  HeadsQuery,
  Log,
} from '../../shared/chains.ts'
import type { ExportChain, ReadChains, ReadHeads, StoredLink } from '../domain/books/chains.ts'
import { type Caller, requireAdmin } from '../domain/identity/caller.ts'
import { Refusal } from '../domain/refusal.ts'
import { idOf, queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'

export type ChainRoutes = CallerParts & {
  readonly readChains: ReadChains
  readonly readHeads: ReadHeads
  readonly exportChain: ExportChain
  readonly stillWelcome: (caller: Caller) => Promise<boolean>
}

/** Characters that are written at once; what is read ahead of a slow reader is of this order. */
const CHUNK = 64 * 1024

/** The two chains, for owners and admins: whether they hold, and as files that can be checked elsewhere. */
export const chains = (parts: ChainRoutes): Router => {
  const { callerOf, readChains, readHeads, exportChain, stillWelcome } = parts
  const router = Router()
  router.get('/v1/chains', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    response.json(z.encode(ChainList, await readChains(caller.workspaceId)))
  })
  router.get('/v1/heads', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    const seen = queryOf(request, HeadsQuery)
    response.json(z.encode(Heads, await readHeads(caller.workspaceId, seen)))
  })
  router.get('/v1/chains/:log/export', async (request, response) => {
    const caller = await callerOf(credentialsOf(request))
    requireAdmin(caller)
    const log = idOf(request, 'log', Log)
    const { exportedAt, entries, signed } = await exportChain(caller, log)
    const header = { ownkey: 'chain', v: 2, workspace: caller.workspaceId, log, exportedAt } as const
    response.type('application/jsonl; charset=utf-8')
    response.setHeader('content-disposition', `attachment; filename="${filenameOf(log, exportedAt)}"`)
    await send(response, linesOf(header, entries, signed), () => stillWelcome(caller))
  })
  return router
}

/** The day is that of the clock in Greenwich, like the moment within. */
const filenameOf = (log: Log, exportedAt: number): string =>
  `ownkey-${log}-${new Date(exportedAt).toISOString().slice(0, 10)}.jsonl`

const linesOf = async function* (
  header: z.output<typeof ExportHeader>,
  entries: AsyncIterable<StoredLink>,
  signed: string,
): AsyncGenerator<string> {
  yield `${JSON.stringify(z.encode(ExportHeader, header))}\n`
  for await (const entry of entries) yield `${JSON.stringify(z.encode(ExportedEntry, entry))}\n`
  yield `${JSON.stringify(z.encode(ExportedHead, { signed }))}\n`
}

/** Larger pieces of the lines. A device or member that was removed meanwhile gets no further one. */
const chunksOf = async function* (
  lines: AsyncIterable<string>,
  stillWelcome: () => Promise<boolean>,
): AsyncGenerator<string> {
  let chunk = ''
  for await (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK) continue
    if (!(await stillWelcome())) throw new Refusal('session-ended', {})
    yield chunk
    chunk = ''
  }
  yield chunk
}

/** Writes as fast as the reader takes it. One who leaves ends the reading; that is nobody's fault. */
const send = async (
  response: Response,
  lines: AsyncIterable<string>,
  stillWelcome: () => Promise<boolean>,
): Promise<void> => {
  const chunks = Readable.from(chunksOf(lines, stillWelcome), { highWaterMark: 1 })
  try {
    await pipeline(chunks, response)
  } catch (error) {
    if (!hasLeft(error)) throw error
  }
}

const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
