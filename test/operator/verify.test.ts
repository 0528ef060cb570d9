import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { walk } from '../../server/crypto/chain.ts'
import { bookkeeper, newBookkeepingKey, readSignedHead } from '../../server/crypto/signed-head.ts'
import { ExportedEntry, ExportedHead } from '../../shared/chains.ts'
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

  const entries = () => lines.slice(1, -1).map((line) => ExportedEntry.parse(JSON.parse(line)))
  const end = () => {
    const walked = walk(entries())
    if (!walked.whole) throw new Error('the vault wrote a chain that does not hold')
    return { length: String(walked.length), head: walked.head ?? '' }
  }

  const signedHead = async () => {
    const { signed } = ExportedHead.parse(JSON.parse(lines.at(-1) ?? ''))
    const read = await readSignedHead(signed)
    if (read === undefined) throw new Error('the vault signed nothing that can be read')
    return read
  }
  const thumbprint = async () => (await signedHead()).kid

  test('is whole as it came, and tells what to keep elsewhere', async () => {
    const { length, head } = end()
    const { code, said } = await verify(lines)
    expect(code).toBe(0)
    expect(said).toMatch(/^The ledger of workspace .+, exported 20.+Z, is whole\./)
    expect(said).toContain(`Length  ${length}\n  Head    ${head}\n`)
    expect(said).toContain('only a thumbprint shows that was kept elsewhere: --key')
    const kid = await thumbprint()
    expect(said).toContain(`Key     ${kid}`)
    const told = await verify(lines, '--key', kid, '--head', head, '--length', length)
    expect([told.code, told.said]).toEqual([0, expect.not.stringContaining('kept elsewhere')])
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
    expect(await verify([lines[0] ?? '', ...renumbered, lines.at(-1) ?? ''])).toEqual(
      refused('The chain does not hold: entry 2 stands in another place.'),
    )
  })

  test('says when its end was cut off, with the signed head or without', async () => {
    const { length } = end()
    const signed = lines.at(-1) ?? ''
    expect(await verify(lines.slice(0, -1))).toEqual(
      refused('The signed head is missing: the end of the file was cut off.'),
    )
    expect(await verify([...lines.slice(0, -2), signed])).toEqual(
      refused(`The vault signed ${length} entries, the file has ${Number(length) - 1}: its end was cut off.`),
    )
    expect(await verify([...lines, lines.at(-2) ?? ''])).toEqual(
      refused(`Line ${lines.length + 1} stands behind the signed head: it was added later.`),
    )
  })

  test('says when the signature was changed, is of another chain, or of another key', async () => {
    const { head } = await signedHead()
    const other = await bookkeeper(await newBookkeepingKey())
    const signedAs = async (more: Partial<typeof head>) =>
      lines.with(-1, JSON.stringify({ signed: await other.sign({ ...head, ...more }) }))
    expect(await verify(lines.with(-1, (lines.at(-1) ?? '').replace(/....."}$/, 'AAAAA"}')))).toEqual(
      refused('The signature does not hold: the signed head was changed.'),
    )
    expect((await verify(await signedAs({ log: 'audit' }))).said).toMatch(
      /^The signed head is of the audit of workspace/,
    )
    expect((await verify(await signedAs({ head: 'x' }))).said).toMatch(
      /^The vault signed another last entry: x/,
    )
    expect((await verify(await signedAs({}))).said).toContain(`Key     ${other.key.kid}`)
    const kid = await thumbprint()
    expect(await verify(await signedAs({}), '--key', kid)).toEqual(
      refused(`Another key signed it: ${other.key.kid}, not ${kid}.`),
    )
  })

  test('of an earlier Ownkey has no signature, and is held against what was kept', async () => {
    const { length, head } = end()
    const earlier = lines.slice(0, -1).with(0, (lines[0] ?? '').replace('"v":2', '"v":1'))
    expect((await verify(earlier)).said).toContain('It is not signed.')
    const cut = earlier.slice(0, -1)
    expect(await verify(cut, '--length', length)).toEqual(
      refused(`The export has ${Number(length) - 1} entries, not ${length}: its end was removed.`),
    )
    expect((await verify(cut, '--head', head)).said).toMatch(/^The last entry has the hash .+, not /)
    expect((await verify(earlier, '--key', await thumbprint())).said).toBe('The export is not signed.')
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
