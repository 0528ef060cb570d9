import { describe, expect, test } from 'vitest'
import { backupAfter, leavingOf } from '../../extension/ui/keys/leaving.ts'
import { rankOf } from '../../extension/ui/keys/places.ts'
import { Key, type KeyList, type Routing } from '../../shared/keys.ts'

const help = { id: 'a3b1c9b4-6f0e-4c6c-9a55-5b5e5a8f0001', name: 'Help desk' }
const shop = { id: 'a3b1c9b4-6f0e-4c6c-9a55-5b5e5a8f0002', name: 'Shop' }

const model = { id: 'some-model', name: 'Some model', price: null, contextTokens: null, retiresAt: null }

const key = (label: string, more: object = {}): Key =>
  Key.parse({
    id: crypto.randomUUID(),
    provider: 'anthropic',
    label,
    connected: true,
    state: 'active',
    rejectedFor: null,
    primary: false,
    version: 1,
    model,
    models: [model],
    baseAddress: 'https://api.example',
    addressIsDefault: true,
    connectedAt: '2026-11-21T12:00:00.000Z',
    connectedBy: 'Olive Owner',
    verifiedAt: '2026-11-21T12:00:00.000Z',
    ...more,
  })

const listed = (keys: Key[], backup: Routing['backup'] = null): KeyList => ({
  keys,
  routing: { primary: 'anthropic', backup, dearer: false, remindAfterDays: 180 },
  reminders: [],
})

const openai = (label: string, more: object = {}) => key(label, { provider: 'openai', ...more })
const refused = { state: 'rejected', rejectedFor: 'key-revoked' }

describe('when a key is disconnected', () => {
  test('drafting pauses where nobody else can answer', () => {
    const only = key('A')
    expect(leavingOf(only, listed([only]))).toEqual({ kind: 'stops' })
    expect(leavingOf(only, listed([only, key('B', refused)]))).toEqual({ kind: 'stops' })
    expect(leavingOf(only, listed([only, key('B', { channels: [help] })]))).toEqual({
      kind: 'stops-but-in',
      channels: ['Help desk'],
    })
    const limited = key('C', { channels: [help, shop] })
    expect(leavingOf(limited, listed([limited, key('D', { channels: [shop] })]))).toEqual({
      kind: 'stops-in',
      channels: ['Help desk'],
    })
  })

  test('the next of its provider answers, then the backup, and resting ones count', () => {
    const [first, second] = [key('A'), key('B', { restsUntil: '2026-11-21T12:05:00.000Z' })]
    const backup = openai('C')
    const all = listed([first, second, backup], 'openai')
    expect(leavingOf(first, all)).toEqual({ kind: 'goes-on', answering: second })
    expect(backupAfter(first, all)).toBe('as-before')
    const last = listed([first, backup], 'openai')
    expect(leavingOf(first, last)).toEqual({ kind: 'goes-on', answering: backup })
    expect(backupAfter(first, last)).toBe('first')
    expect(backupAfter(backup, last)).toBe('gone')
    expect(leavingOf(backup, last)).toEqual({ kind: 'goes-on', answering: first })
  })

  test('a provider without a place takes that of the last key, as the vault has it', () => {
    const [only, unused] = [key('A'), openai('B')]
    expect(leavingOf(only, listed([only, unused]))).toEqual({ kind: 'goes-on', answering: unused })
  })

  test('nothing stops that answered nothing', () => {
    const [works, dead, unused] = [key('A'), key('B', refused), openai('C')]
    expect(leavingOf(dead, listed([works, dead]))).toEqual({ kind: 'nothing', why: 'refused' })
    expect(leavingOf(unused, listed([works, unused]))).toEqual({ kind: 'nothing', why: 'unused' })
  })
})

describe('a key', () => {
  test('answers first, next, as the backup, meanwhile or not at all', () => {
    const [first, second, backup, unused] = [
      key('A'),
      key('B'),
      openai('C'),
      key('D', { provider: 'bedrock' }),
    ]
    const all = listed([first, second, backup, unused], 'openai')
    const ranks = (list: KeyList) => list.keys.map((one) => rankOf(one, list))
    expect(ranks(all)).toEqual(['first', 'next', 'backup', 'unused'])
    expect(ranks(listed([key('A', refused), second, backup], 'openai'))).toEqual(['next', 'first', 'backup'])
    expect(ranks(listed([key('A', refused), backup], 'openai'))).toEqual(['first', 'meanwhile'])
    expect(ranks(listed([first]))).toEqual(['only'])
  })
})
