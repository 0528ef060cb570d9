import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { envelope, kidOf } from '../../server/crypto/envelope.ts'
import { type MasterKeyRing, masterKeyRing } from '../../server/crypto/master-key.ts'
import type { Database } from '../../server/store/database.ts'
import { wrappedKeys } from '../../server/store/wrapped-keys.ts'
import { AuditPage } from '../../shared/audit.ts'
import { WebhookConnected } from '../../shared/books/alerts.ts'
import { signatureOf, startReceiver } from '../alerts/receivers.ts'
import { root } from '../browser/extension.ts'
import { runCommand } from '../vault-process.ts'
import { given, until, type World } from '../world.ts'
import { databaseOf } from './saved.ts'

/** Enough that a kill after any tenth of them leaves both kinds behind. */
const WORKSPACES = 120
const KILLS = 6

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

describe('a new master key', () => {
  let world: World
  let database: Database
  let ringFile: string
  let ring: MasterKeyRing
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  let secret: string

  const onTerminal = (...words: string[]) =>
    runCommand(world.folder, words, { ...world.settings, OWNKEY_MASTER_KEY_FILE: ringFile })

  const kids = async (): Promise<string[]> => {
    const found: string[] = []
    for await (const { wrapped } of wrappedKeys(database.db)) found.push(kidOf(wrapped) ?? '')
    return found
  }

  /** Starts a rotation and kills it -9 once it has told of `notes` tens of keys; true when it came to its end before that. */
  const rotateAndKill = async (notes: number): Promise<boolean> => {
    const { PATH } = process.env
    const child = spawn(process.execPath, [join(root, 'server/cli.ts'), 'master-key', 'rotate'], {
      env: {
        ...(PATH === undefined ? {} : { PATH }),
        HOME: world.folder,
        OWNKEY_DATA: world.dataFolder,
        ...world.settings,
        OWNKEY_MASTER_KEY_FILE: ringFile,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (part) => {
      said += part
      if (linesOf(said).length >= notes) child.kill('SIGKILL')
    })
    await once(child, 'close')
    return child.exitCode === 0
  }

  beforeAll(async () => {
    receiver = await startReceiver()
    world = await given({ process: true, settings: { OWNKEY_PRIVATE_HOSTS: receiver.host } })
    const { address } = receiver
    ;({ secret } = await world.owner.change('PUT', '/v1/alerts/webhook', { address }, WebhookConnected))
    database = databaseOf(world)
    ringFile = join(world.folder, 'keys', 'master.key')
    const box = await envelope(await masterKeyRing(readFileSync(ringFile, 'utf8'), 'here'))
    for (let count = 0; count < WORKSPACES; count += 1) {
      const id = crypto.randomUUID()
      await database.db
        .insertInto('workspaces')
        .values({
          id,
          name: `Team ${count}`,
          time_zone: 'UTC',
          ai_on: 1,
          wrapped_key: await box.newWrappedKey(id),
          created_at: Date.now(),
        })
        .execute()
    }
  })
  afterAll(async () => {
    await database.close()
    await world[Symbol.asyncDispose]()
    await receiver.close()
  })

  test('is made beside the present one, for its owner alone', async () => {
    const present = readFileSync(ringFile, 'utf8').trim()
    const next = join(world.folder, 'keys', 'next.key')
    const made = await onTerminal('master-key', 'new', '--out', next)
    expect(made.code, made.errors).toBe(0)
    expect(made.output + made.errors).not.toContain(present)
    const [first, second, ...more] = linesOf(readFileSync(next, 'utf8'))
    expect(more).toEqual([])
    expect(second).toBe(present)
    expect(made.output).not.toContain(first)
    expect(statSync(next).mode & 0o777).toBe(0o600)
    expect((await onTerminal('master-key', 'new', '--out', next)).errors).toContain('is not overwritten')
    ringFile = next
    ring = await masterKeyRing(readFileSync(next, 'utf8'), next)
  })

  test('is not used while a vault runs that does not have it', async () => {
    const early = await onTerminal('master-key', 'rotate')
    expect(early.code).toBe(1)
    expect(early.errors).toMatch(
      /These vaults started before .+ and do not have the new key: .+ Restart them first\./,
    )
    expect(new Set(await kids())).toEqual(new Set([ring[1]?.kid]))
    writeFileSync(join(world.folder, 'keys', 'master.key'), readFileSync(ringFile))
    await world.restart()
  })

  test('takes over row by row beside a vault that drafts, however often it is killed', async () => {
    const seen = new Set<number>()
    const drafts: Promise<{ readonly receipt?: { readonly outcome: string } | undefined }>[] = []
    for (let kill = 0; kill < KILLS; kill += 1) {
      drafts.push(world.owner.ask(`Question ${kill}`))
      const ended = await rotateAndKill(1 + Math.floor(Math.random() * 3))
      const left = (await kids()).filter((kid) => kid !== ring[0].kid).length
      seen.add(left)
      if (ended) break
    }
    expect(seen.size).toBeGreaterThan(2)
    const last = await onTerminal('master-key', 'rotate')
    expect(last.code, last.errors).toBe(0)
    expect(last.output).toContain('opens nothing here any more')
    expect(new Set(await kids())).toEqual(new Set([ring[0].kid]))
    expect((await Promise.all(drafts)).map(({ receipt }) => receipt?.outcome)).toEqual(
      drafts.map(() => 'answered'),
    )
  })

  test('opens every key alone, once it has taken over', async () => {
    const [newest] = ring
    const box = await envelope([newest])
    for await (const { workspaceId, wrapped } of wrappedKeys(database.db))
      await expect(box.unwrap(workspaceId, wrapped)).resolves.toBeDefined()
    writeFileSync(join(world.folder, 'keys', 'master.key'), `${linesOf(readFileSync(ringFile, 'utf8'))[0]}\n`)
    await world.restart()
    world.owner.forgetToken()
    expect((await world.owner.ask('And now?')).receipt).toMatchObject({ outcome: 'answered' })
    await world.owner.request('POST', '/v1/alerts/test')
    const [posted] = await until(
      async () => receiver.posts,
      (posts) => posts.length > 0,
    )
    expect(posted?.headers['webhook-signature']).toBe(posted && signatureOf(secret, posted))
    const { entries } = await world.owner.read('/v1/audit', AuditPage)
    expect(entries.filter(({ kind }) => kind === 'master-key-rotated')).toHaveLength(1)
    const doctor = await runCommand(world.folder, ['doctor'], world.settings)
    expect(doctor.code, doctor.output).toBe(0)
    expect(doctor.output).not.toContain('of an unknown kind')
  })

  test('is not done while one row of any table is under another master key', async () => {
    const stranger = await envelope(
      await masterKeyRing(
        Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
        'here',
      ),
    )
    const id = crypto.randomUUID()
    const row = { workspace_id: id, id, kind: 'other', version: 1, created_at: 0 }
    await database.db
      .insertInto('secrets')
      .values({ ...row, sealed: await stranger.newWrappedKey(id) })
      .execute()
    const { code, errors } = await onTerminal('master-key', 'rotate')
    expect(code).toBe(1)
    expect(errors).toMatch(/Not done: 1 are still under another master key/)
  })
})
