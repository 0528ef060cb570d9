import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuditPage } from '../shared/audit.ts'
import { Cap } from '../shared/cap.ts'
import { KeyConnected, KeyList } from '../shared/keys.ts'
import { ReceiptPage } from '../shared/receipts.ts'
import { Status } from '../shared/status.ts'
import type { Device } from './device.ts'
import { runCommand } from './vault-process.ts'
import { draftRequest, given, simulatorKeys, type World } from './world.ts'

const codePattern = /\b[0-9A-HJKMNP-TV-Z]{6}(?:-[0-9A-HJKMNP-TV-Z]{4}){4}\b/
const idPattern = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/

describe('a second workspace in a running vault', () => {
  let world: World
  let second: Device
  let made: string

  const onTerminal = (...words: string[]) => runCommand(world.folder, ['workspace', ...words], world.settings)

  beforeAll(async () => {
    world = await given({ process: true })
    const { output } = await onTerminal('create', 'Second Team', '--time-zone', 'Asia/Tokyo')
    made = output
    second = await world.newBrowser()
    await second.pair(codePattern.exec(output)?.[0] ?? '', { memberName: 'Sakura Owner' })
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test('is made on the terminal, with its id, a code for its owner, and the vault’s address', async () => {
    const { workspace } = await second.read('/v1/status', Status)
    expect(workspace).toEqual({
      id: idPattern.exec(made)?.[0],
      name: 'Second Team',
      timeZone: 'Asia/Tokyo',
    })
    expect(made).toContain('Address')
    const { output } = await onTerminal('list')
    expect(output.split('\n').filter((line) => idPattern.test(line))).toHaveLength(2)
    expect(output).toContain(`${workspace.id}  Second Team  (Asia/Tokyo)`)
  })

  test('has its own keys, cap, receipts and audit log', async () => {
    const provider = 'anthropic'
    await second.change('POST', '/v1/keys', { provider, key: simulatorKeys[provider] }, KeyConnected)
    await second.change('PUT', '/v1/cap', { limit: '7.00' }, Cap)
    const before = await world.owner.cap()
    const { receipt } = await second.draft(draftRequest('Where is it?'))
    expect(receipt).toMatchObject({ outcome: 'answered', memberName: 'Sakura Owner' })
    expect(await world.owner.cap()).toEqual(before)
    expect((await second.read('/v1/cap', Cap)).settled).toBeGreaterThan(0n)

    const mine = await world.owner.read('/v1/receipts', ReceiptPage)
    const theirs = await second.read('/v1/receipts', ReceiptPage)
    expect(new Set(mine.receipts.map(({ memberName }) => memberName))).toEqual(new Set(['Olive Owner']))
    expect(new Set(theirs.receipts.map(({ memberName }) => memberName))).toEqual(new Set(['Sakura Owner']))
    expect((await world.owner.request('GET', `/v1/receipts/${receipt?.id}`)).problem?.slug).toBe('not-found')

    const [ownKeys, theirKeys] = [
      await world.owner.read('/v1/keys', KeyList),
      await second.read('/v1/keys', KeyList),
    ]
    expect(ownKeys.keys.map(({ id }) => id)).not.toEqual(theirKeys.keys.map(({ id }) => id))
    const audit = await second.read('/v1/audit', AuditPage)
    expect(audit.entries.at(-1)).toMatchObject({
      kind: 'workspace-created',
      facts: { name: 'Second Team', timeZone: 'Asia/Tokyo' },
    })
    expect(new Set(audit.entries.map(({ memberName }) => memberName))).toEqual(
      new Set([null, 'Sakura Owner']),
    )
    const both = (await world.owner.cap()).settled + (await second.read('/v1/cap', Cap)).settled
    expect(both).toBe(await world.bill())
  })

  test('is not made under a name that is taken, in a zone that is none, or without a name', async () => {
    const refusals = [
      { words: ['create', 'Second Team'], says: 'already' },
      { words: ['create', 'Third', '--time-zone', 'Mars/Olympus'], says: 'Mars/Olympus' },
      { words: ['create'], says: 'name' },
      { words: ['create', 'Two', 'words'], says: 'quotes' },
      { words: ['destroy'], says: 'ownkey workspace' },
    ]
    for (const { words, says } of refusals) {
      const { code, output, errors } = await onTerminal(...words)
      expect([words, code, output]).toEqual([words, 1, ''])
      expect(errors).toContain(says)
      expect(errors).not.toContain('    at ')
    }
    expect((await onTerminal('list')).output).not.toContain('Third')
  })
})
