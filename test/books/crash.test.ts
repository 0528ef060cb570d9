import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { link } from '../../server/crypto/chain.ts'
import { sqlLedger } from '../../server/store/books/ledger.ts'
import { sqlVaults } from '../../server/store/books/vaults.ts'
import { migrate } from '../../server/store/database.ts'
import { sqlReceipts } from '../../server/store/receipts/receipts.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { dollars, zero } from '../../shared/money.ts'
import { ReceiptQuery } from '../../shared/receipts.ts'
import { agree } from './agreement.ts'
import { countedIds, NOON, TIME_ZONE } from './desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'ownkey-crash-'))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const Who = z.object({ workspace: z.string(), member: z.string() })

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Runs the spender until it has told `count` settlements, then kills it without a warning. */
const killedAfter = async (count: number, path: string) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'spender.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const told: string[] = []
  for await (const line of createInterface(child.stdout)) {
    told.push(line)
    if (told.length > count) child.kill('SIGKILL')
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  const [first = '', ...settled] = told
  return { ...Who.parse(JSON.parse(first)), settled, signal: child.signalCode }
}

const reopen = async (path: string) => {
  const database = openSqlite(path)
  await migrate(database)
  const ids = countedIds(1_000_000)
  const now = () => NOON
  const vaults = sqlVaults(database, { now, isRunning })
  return { database, ids, vaults, ledger: sqlLedger(database, { now, newId: ids, link }) }
}

describe('a vault that is killed', () => {
  test('loses no settlement and leaves every open hold as a marked receipt', async () => {
    const path = join(folder, 'ownkey.db')
    const { workspace, settled, signal } = await killedAfter(40, path)
    expect(signal).toBe('SIGKILL')

    const { database, ids, vaults, ledger } = await reopen(path)
    expect(await agree({ database, workspace })).toBe(true)
    await vaults.register({ id: ids(), host: 'here', pid: process.pid })
    const swept = await ledger.sweep()
    expect(swept).toBeGreaterThanOrEqual(settled.length)
    expect(await agree({ database, workspace })).toBe(true)
    expect(await ledger.cap(workspace, TIME_ZONE)).toMatchObject({ held: zero })

    const receipts = sqlReceipts(database, async () => null)
    for (const id of settled)
      expect(await receipts.find(workspace, id)).toMatchObject({
        outcome: 'answered',
        certainty: 'exact',
        settled: dollars('0.000042'),
      })
    const filter = ReceiptQuery.parse({ outcome: 'lost', limit: 1 })
    expect((await receipts.list(workspace, filter)).receipts).toMatchObject([
      { certainty: 'estimated', likely: dollars('0.001') },
    ])
    await database.close()
  })
})
