import { Router } from 'express'
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
import { idOf, queryOf } from './body.ts'
import { type CallerParts, credentialsOf } from './caller.ts'
import { sendFile, utcDay } from './files/streaming.ts'

export type ChainRoutes = CallerParts & {
  readonly readChains: ReadChains
  readonly readHeads: ReadHeads
  readonly exportChain: ExportChain
  readonly stillWelcome: (caller: Caller) => Promise<boolean>
}

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
    const name = `ownkey-${log}-${utcDay(exportedAt)}.jsonl`
    const lines = linesOf(header, entries, signed)
    const type = 'application/jsonl; charset=utf-8'
    await sendFile(response, { type, name, lines }, () => stillWelcome(caller))
  })
  return router
}

const linesOf = async function* (
  header: z.output<typeof ExportHeader>,
  entries: AsyncIterable<StoredLink>,
  signed: string,
): AsyncGenerator<string> {
  yield `${JSON.stringify(z.encode(ExportHeader, header))}\n`
  for await (const entry of entries) yield `${JSON.stringify(z.encode(ExportedEntry, entry))}\n`
  yield `${JSON.stringify(z.encode(ExportedHead, { signed }))}\n`
}
