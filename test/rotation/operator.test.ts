import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AuditPage } from '../../shared/audit.ts'
import { Key, KeyList, Rehearsal } from '../../shared/keys.ts'
import { databaseOf, emptyMachine, rowsIn } from '../operator/saved.ts'
import { runCommand } from '../vault-process.ts'
import { given, type World } from '../world.ts'

describe('a rehearsed version and a former one, on the terminal', () => {
  let world: World
  const onTerminal = (...words: string[]) => runCommand(world.folder, words, world.settings)

  beforeAll(async () => {
    world = await given({ process: true })
    const [key] = (await world.owner.read('/v1/keys', KeyList)).keys
    const rehearse = (name: string) =>
      world.owner.change(
        'POST',
        `/v1/keys/${key?.id}/versions`,
        { key: `sk-ant-sim-healthy-${name}-0123456789` },
        Rehearsal,
      )
    const { version } = await rehearse('second')
    await world.owner.change('PUT', `/v1/keys/${key?.id}/version`, { version }, Key)
    await rehearse('third')
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const sealedIn = async (database: ReturnType<typeof databaseOf>): Promise<readonly string[]> => {
    const versions = (await rowsIn(database)).get('provider_key_versions') ?? []
    return versions.flatMap(({ sealed, version }) => (sealed === null ? [] : [version ?? '']))
  }

  test('are opened by the doctor, and are named when they do not open', async () => {
    const well = await onTerminal('doctor')
    expect(well.code, well.output).toBe(0)
    const database = databaseOf(world)
    const { db } = database
    const [third] = await db
      .selectFrom('provider_key_versions')
      .selectAll()
      .where('version', '=', 3)
      .execute()
    const setAddress = (address: string) =>
      db
        .updateTable('provider_key_versions')
        .set({ base_address: address })
        .where('version', '=', 3)
        .execute()
    await setAddress('https://elsewhere.example')
    const ill = await onTerminal('doctor')
    expect(ill.code).toBe(1)
    expect(ill.output).toMatch(/1 row did not open: provider_key_versions .+ version 3/)
    await setAddress(third?.base_address ?? '')
    await database.close()
  })

  test('are in a backup, and open after a restore', async () => {
    const [identity, file] = [join(world.folder, 'identity.txt'), join(world.folder, 'vault.age')]
    const made = await onTerminal('backup-key', '--out', identity)
    const [recipient = ''] = /age1\w+/.exec(made.output) ?? []
    const backup = await onTerminal('backup', '--out', file, '--recipient', recipient)
    expect(backup.code, backup.errors).toBe(0)
    const masterKey = join(world.folder, 'keys', 'master.key')
    const machine = await emptyMachine({ ...world.settings, OWNKEY_MASTER_KEY_FILE: masterKey })
    const restored = await machine.run('restore', file, '--identity', identity)
    expect(restored.code, restored.errors).toBe(0)
    const database = machine.open()
    expect(await sealedIn(database)).toEqual(['1', '2', '3'])
    await database.close()
    const doctor = await machine.run('doctor')
    expect(doctor.code, doctor.output).toBe(0)
  })

  test('are destroyed when the vault is sealed; the current one drafts when it is unsealed', async () => {
    expect((await onTerminal('seal')).code).toBe(0)
    const database = databaseOf(world)
    expect(await sealedIn(database)).toEqual(['2'])
    await database.close()
    expect((await onTerminal('unseal')).code).toBe(0)
    world.owner.forgetToken()
    const { receipt } = await world.owner.ask('And now?')
    expect(receipt?.attempts).toMatchObject([{ keyVersion: 2, outcome: 'answered' }])
    const { entries } = await world.owner.read('/v1/audit?kind=key-version-destroyed', AuditPage)
    expect(entries.map(({ facts }) => facts.version).toSorted()).toEqual([1, 3])
  })
})
