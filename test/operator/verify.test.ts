import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walk } from '../../server/crypto/chain.ts'
import { ExportedEntry } from '../../shared/chains.ts'
import { runCommand } from '../vault-process.ts'
import { given, type World } from '../world.ts'

describe('an export, checked without a vault', () => {
  let world: World
  let lines: string[]

  beforeAll(async () => {
    world = await given()
    await world.owner.ask('Where is my parcel?')
    await world.owner.ask('Where is my refund?')
    const answer = await world.owner.request('GET', '/v1/chains/ledger/export')
    lines = answer.text.split('\n').filter((line) => line !== '')
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const verify = async (changed: readonly string[], ...more: string[]) => {
    const file = join(world.folder, 'export.jsonl')
    writeFileSync(file, changed.map((line) => `${line}\n`).join(''))
    const nowhere = { OWNKEY_DATA: join(world.folder, 'nowhere') }
    const { code, output, errors } = await runCommand(world.folder, ['verify', file, ...more], nowhere)
    return { code, said: (code === 0 ? output : errors).trimEnd() }
  }
  const refused = (said: string) => ({ code: 1, said })

  const entries = () => lines.slice(1).map((line) => ExportedEntry.parse(JSON.parse(line)))
  const end = () => {
    const walked = walk(entries())
    if (!walked.whole) throw new Error('the vault wrote a chain that does not hold')
    return { length: String(walked.length), head: walked.head ?? '' }
  }

  test('is whole as it came, and tells what to keep elsewhere', async () => {
    const { length, head } = end()
    const { code, said } = await verify(lines)
    expect(code).toBe(0)
    expect(said).toMatch(/^The ledger of workspace .+, exported 20.+Z, is whole\./)
    expect(said).toContain(`Length  ${length}\n  Head    ${head}\n`)
    expect(said).toContain('only a length or head shows that was kept elsewhere')
    expect((await verify(lines, '--head', head, '--length', length)).code).toBe(0)
  })

  test('names the entry that was changed', async () => {
    const changed = lines.with(3, (lines[3] ?? '').replace('anthropic', 'anthropoc'))
    expect(await verify(changed)).toEqual(
      refused('The chain does not hold: entry 3 was changed, or the one before it was.'),
    )
  })

  test('names the entry that is missing, and the first of two that changed places', async () => {
    const missing = refused('The chain does not hold: entry 2 is missing, or does not stand in its place.')
    expect(await verify(lines.toSpliced(2, 1))).toEqual(missing)
    expect(await verify(lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''))).toEqual(missing)
    const renumbered = entries().map((entry, index, all) =>
      JSON.stringify({ ...(index === 1 ? all[2] : index === 2 ? all[1] : entry), seq: entry.seq }),
    )
    expect(await verify([lines[0] ?? '', ...renumbered])).toEqual(
      refused('The chain does not hold: entry 2 stands in another place.'),
    )
  })

  test('shows a removed end against a length or head that was kept', async () => {
    const { length, head } = end()
    const cut = lines.slice(0, -1)
    expect((await verify(cut)).code).toBe(0)
    expect(await verify(cut, '--length', length)).toEqual(
      refused(`The export has ${Number(length) - 1} entries, not ${length}: its end was removed.`),
    )
    expect((await verify(cut, '--head', head)).said).toMatch(/^The last entry has the hash .+, not /)
  })

  test('is refused when it is cut within a line, of another chain, or no export', async () => {
    const half = lines.with(-1, (lines.at(-1) ?? '').slice(0, 40))
    expect(await verify(half)).toEqual(
      refused(`Line ${lines.length} is no entry: the file was changed or cut off there.`),
    )
    const other = lines.with(0, (lines[0] ?? '').replace('"ledger"', '"audit"'))
    expect((await verify(other)).said).toMatch(
      /^Line 2 is an entry of another chain than the audit of workspace/,
    )
    expect((await verify(['hello'])).said).toMatch(/is no export of Ownkey\./)
  })
})
