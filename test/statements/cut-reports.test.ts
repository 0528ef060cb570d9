import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { outboundFetch } from '../../server/outbound/fetch.ts'
import { anthropicReporting } from '../../server/providers/reporting/anthropic.ts'
import { openaiReporting } from '../../server/providers/reporting/openai.ts'
import { never } from '../provider/contract/subject.ts'

const parts = { fetch: outboundFetch(), headersMs: 20_000, idleMs: 20_000, totalMs: 60_000 }
const yesterday = { startsAt: Date.parse('2026-11-20T00:00:00Z'), providerKeyIds: ['key_1'] }
const garbage = { failure: expect.objectContaining({ reason: 'garbage', charged: 'nothing' }) }

/** Somebody who gives the same answer to everything, and the reporting key for it. */
const answering = async (page: unknown) => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return (secret: string) => ({ secret, baseAddress: `http://127.0.0.1:${port}` })
}

const anthropic = anthropicReporting({ ...parts, now: () => yesterday.startsAt })
const openai = openaiReporting(parts)

test('a list of projects that is none is not an organization without keys', async () => {
  const key = await answering({ data: 'none' })
  expect(await openai.keys(key('sk-admin-sim-report'), never)).toMatchObject(garbage)
})

test('a page that says there is more, and not how to ask for it, is not the last one', async () => {
  const key = await answering({ object: 'page', data: [], has_more: true, next_page: null, last_id: null })
  const [claude, gpt] = [key('sk-ant-admin-sim-report'), key('sk-admin-sim-report')]
  expect(await anthropic.keys(claude, never)).toMatchObject(garbage)
  expect(await anthropic.day(claude, yesterday, never)).toMatchObject(garbage)
  expect(await openai.keys(gpt, never)).toMatchObject(garbage)
  expect(await openai.day(gpt, yesterday, never)).toMatchObject(garbage)
})

test('a whole page without anything is a whole report', async () => {
  const key = await answering({ object: 'page', data: [], has_more: false, next_page: null, last_id: null })
  const nothing = { told: { minutes: [], amounts: [] } }
  expect(await anthropic.day(key('sk-ant-admin-sim-report'), yesterday, never)).toEqual(nothing)
  expect(await openai.day(key('sk-admin-sim-report'), yesterday, never)).toEqual(nothing)
})
