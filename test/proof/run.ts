import { parseArgs } from 'node:util'
import type { Engine } from '../engine.ts'
import { setup } from '../engine-setup.ts'
import type { Proof } from './proof.ts'
import { proofs } from './proofs.ts'
import { full, reduced, type Sizes } from './sizes.ts'
import { isProven, type Result, tableOf } from './table.ts'

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    engine: { type: 'string' },
    seed: { type: 'string' },
    reduced: { type: 'boolean' },
  },
})

const wanted = Object.entries(proofs).filter(([name]) => options.only?.includes(name) ?? true)
if (wanted.length < (options.only?.length ?? 1))
  throw new Error(`--only takes one of: ${Object.keys(proofs).join(', ')}`)

/** Proofs with chance in them are run anew by the number that they were run with. */
const seed = options.seed === undefined ? Date.now() & 0x7fffffff : Number.parseInt(options.seed, 10)
const sizes: Sizes = { ...(options.reduced ? reduced : full), seed }

const say = (words: string): void => void process.stderr.write(`${words}\n`)

const failed = (proof: string, engine: Engine, error: unknown, durationMs: number): Result => ({
  row: { proof, engine, processes: 0, schedules: 0, overshoot: null, leakedHolds: null, difference: null },
  durationMs,
  failure: `failed: ${String(error).slice(0, 120)}`,
})

const resultsOf = async (name: string, engine: Engine, prove: Proof): Promise<readonly Result[]> => {
  const began = performance.now()
  try {
    const rows = await prove(engine, sizes, (progress) => say(`${name} on ${engine}: ${progress}`))
    return rows.map((row) => ({ row, durationMs: performance.now() - began }))
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return [failed(name, engine, error, performance.now() - began)]
  }
}

const stop = await setup()
const results: Result[] = []
try {
  for (const [name, { engines, prove }] of wanted)
    for (const engine of engines.filter((one) => options.engine === undefined || one === options.engine))
      results.push(...(await resultsOf(name, engine, prove)))
} finally {
  await stop()
}
process.stdout.write(`\n${tableOf(results)}\n\nseed ${seed}\n`)
process.exitCode = results.length > 0 && results.every(isProven) ? 0 : 1
