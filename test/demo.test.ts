import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { pageNames } from '../extension/options/route.ts'
import { Receipt } from '../shared/receipts.ts'
import { root } from './browser/extension.ts'
import { scratchFolder } from './scratch-folder.ts'

const Summary = z.object({
  ok: z.boolean(),
  flaws: z.array(z.string()),
  draft: z.object({ text: z.string() }),
  receipt: Receipt,
  rescued: Receipt.nullable(),
  lost: z.array(Receipt),
  simulator: z.object({
    bill: z.string(),
    calls: z.array(z.object({ id: z.string(), dollars: z.string() })),
  }),
  timings: z.record(z.string(), z.number()),
})

const demo = async (...args: string[]) => {
  const child = spawn(process.execPath, [join(root, 'test/demo.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  await ended
  return { code: child.exitCode, output, errors }
}

test('the demo does the main job, says so in its last line, and leaves pictures of every surface', async () => {
  const { path: pictures, remove } = scratchFolder('pictures')
  const { code, output, errors } = await demo('--json', '--screenshots', pictures)
  expect(errors).toBe('')
  const summary = Summary.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
  expect(summary).toMatchObject({ ok: true, flaws: [] })
  expect(summary.draft.text).toContain('Dana')
  expect(summary.receipt).toMatchObject({ purpose: 'draft', outcome: 'answered', certainty: 'exact' })
  expect(code).toBe(0)
  const taken = readdirSync(pictures)
  for (const surface of [
    'popup-home',
    'panel-drafted',
    'ticket-inserted',
    'options-receipt',
    ...pageNames.flatMap((page) => [`options-${page}-empty`, `options-${page}-full`]),
  ])
    for (const theme of ['light', 'dark']) expect(taken).toContain(`${surface}-${theme}.png`)
  remove()
})

test('the demo loses one of three vaults in the middle of a draft: the draft is marked, its receipt true, and Again succeeds', async () => {
  const { code, output, errors } = await demo('--json', '--postgres', '--vaults', '3')
  expect(errors).toBe('')
  const summary = Summary.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
  expect(summary).toMatchObject({ ok: true, flaws: [], lost: [{ outcome: 'lost', certainty: 'estimated' }] })
  expect(summary.timings).toHaveProperty('again')
  expect(code).toBe(0)
})

test('the demo loses its primary provider: the backup answers, the agent reads why, and the receipt has both calls', async () => {
  const { code, output, errors } = await demo('--json', '--outage')
  expect(errors).toBe('')
  const summary = Summary.parse(JSON.parse(output.trimEnd().split('\n').at(-1) ?? ''))
  expect(summary).toMatchObject({ ok: true, flaws: [] })
  expect(summary.rescued).toMatchObject({ provider: 'openai', outcome: 'answered', fellBack: true })
  expect(summary.rescued?.attempts).toMatchObject([
    { provider: 'anthropic', failure: 'overloaded', settled: 0n },
    { provider: 'openai', outcome: 'answered', certainty: 'exact' },
  ])
  expect(summary.timings).toHaveProperty('outage')
  expect(code).toBe(0)
})

test('the demo refuses a wish that it does not know', async () => {
  const { code, errors } = await demo('--jsn')
  expect(code).toBe(1)
  expect(errors).toContain('--jsn')
})
