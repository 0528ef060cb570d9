import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { link, walk, walkStream } from '../server/crypto/chain.ts'
import type { StoredLink } from '../server/domain/books/chains.ts'

const chainOf = (length: number): StoredLink[] => {
  const chain: StoredLink[] = []
  for (let seq = 1; seq <= length; seq += 1) {
    const prev = chain.at(-1)?.hash ?? null
    const facts = { settled: '0.002342', attempt: `a${seq}` }
    chain.push({
      seq,
      ...link({ v: 1, workspace: 'w', log: 'ledger', seq, at: 1_000 + seq, kind: 'settled', facts, prev }),
    })
  }
  return chain
}

const swapped = (chain: readonly StoredLink[], first: number, second: number): StoredLink[] =>
  chain.map((entry, index) => {
    const from = index === first ? chain[second] : index === second ? chain[first] : entry
    return { ...(from ?? entry), seq: entry.seq }
  })

const changed = (chain: readonly StoredLink[], index: number, change: (entry: StoredLink) => StoredLink) =>
  chain.map((entry, place) => (place === index ? change(entry) : entry))

describe('the chain', () => {
  test('hashes the canonical bytes: sorted names, no spaces, amounts as they are written', () => {
    const [entry] = chainOf(1)
    expect(entry?.bytes).toBe(
      '{"at":1001,"facts":{"attempt":"a1","settled":"0.002342"},"kind":"settled","log":"ledger","prev":null,"seq":1,"v":1,"workspace":"w"}',
    )
    expect(entry?.hash).toBe(
      createHash('sha256')
        .update(entry?.bytes ?? '')
        .digest('base64url'),
    )
  })

  test('is whole as it was written, and tells its head', () => {
    const chain = chainOf(5)
    expect(walk(chain)).toEqual({ whole: true, length: 5, head: chain[4]?.hash })
    expect(walk([])).toEqual({ whole: true, length: 0, head: null })
  })

  test('names the entry that was changed', () => {
    const chain = changed(chainOf(5), 2, (entry) => ({
      ...entry,
      bytes: entry.bytes.replace('0.002342', '0.000001'),
    }))
    expect(walk(chain)).toEqual({ whole: false, seq: 3, fault: 'changed' })
  })

  test('shows a changed entry with a new hash at the entry after it', () => {
    const chain = changed(chainOf(5), 2, (entry) => {
      const bytes = entry.bytes.replace('0.002342', '0.000001')
      return { ...entry, bytes, hash: createHash('sha256').update(bytes).digest('base64url') }
    })
    expect(walk(chain)).toEqual({ whole: false, seq: 4, fault: 'changed' })
  })

  test('names the entry that was removed, the first one too', () => {
    expect(walk(chainOf(5).toSpliced(2, 1))).toEqual({ whole: false, seq: 3, fault: 'missing' })
    expect(walk(chainOf(5).slice(1))).toEqual({ whole: false, seq: 1, fault: 'missing' })
  })

  test('names the first of two entries that changed places', () => {
    expect(walk(swapped(chainOf(5), 1, 3))).toEqual({ whole: false, seq: 2, fault: 'reordered' })
  })

  test('shows a removed end against an anchor that was kept', () => {
    const chain = chainOf(5)
    expect(walk(chain.slice(0, 4))).toEqual({ whole: true, length: 4, head: chain[3]?.hash })
  })

  test('finds an entry that is no entry at all', () => {
    const bytes = 'x'
    const hash = createHash('sha256').update(bytes).digest('base64url')
    expect(walk([{ seq: 1, bytes, hash }])).toEqual({ whole: false, seq: 1, fault: 'changed' })
  })

  test('that comes entry by entry is judged like one that is there at once', async () => {
    const chain = chainOf(5)
    const broken = [
      changed(chain, 2, (entry) => ({ ...entry, bytes: 'x' })),
      chain.toSpliced(2, 1),
      swapped(chain, 1, 3),
    ]
    for (const entries of [chain, [], ...broken])
      expect(await walkStream(Readable.from(entries))).toEqual(walk(entries))
  })

  test('is asked for no entry after the first fault', async () => {
    const asked: number[] = []
    const entries = async function* () {
      for (const entry of chainOf(5).toSpliced(1, 1)) {
        asked.push(entry.seq)
        yield entry
      }
    }
    expect(await walkStream(entries())).toEqual({ whole: false, seq: 2, fault: 'missing' })
    expect(asked).toEqual([1, 3])
  })
})
