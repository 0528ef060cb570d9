import { afterEach, describe, expect, test } from 'vitest'
import { link, walk } from '../server/crypto/chain.ts'
import { auditAppender, sqlAudit } from '../server/store/books/audit.ts'
import { wholeChain } from '../server/store/books/events.ts'
import { AuditPage, AuditQuery } from '../shared/audit.ts'
import { dollars } from '../shared/money.ts'
import { answered, type Books, givenBooks, NOON } from './books/desk.ts'

let open: Books[] = []
const given = async () => {
  const books = await givenBooks()
  open.push(books)
  const parts = { now: () => books.clock.now, link }
  return { ...books, audit: sqlAudit(books.database, parts), append: auditAppender(parts) }
}
afterEach(async () => {
  await Promise.all(open.map(({ database }) => database.close()))
  open = []
})

const query = (filter: object = {}) => AuditQuery.parse(filter)

describe('the audit log', () => {
  test('tells who did what and when, newest first', async () => {
    const { audit, workspace, member, setCap, clock } = await given()
    await audit.append({
      workspaceId: workspace,
      kind: 'workspace-created',
      memberId: null,
      facts: { name: 'Acme' },
    })
    clock.now += 5_000
    await setCap('20.00')
    const page = await audit.list(workspace, query())
    expect(page).toEqual({
      entries: [
        {
          seq: 2,
          at: NOON + 5_000,
          kind: 'cap-changed',
          memberId: member,
          memberName: 'Mina Park',
          facts: { before: '50.00', after: '20.00' },
        },
        {
          seq: 1,
          at: NOON,
          kind: 'workspace-created',
          memberId: null,
          memberName: null,
          facts: { name: 'Acme' },
        },
      ],
      next: null,
    })
    expect(AuditPage.parse(JSON.parse(JSON.stringify(AuditPage.encode(page))))).toEqual(page)
  })

  test('is read page by page', async () => {
    const { audit, workspace, setCap } = await given()
    for (const limit of ['1', '2', '3', '4', '5']) await setCap(limit)
    const first = await audit.list(workspace, query({ limit: 2 }))
    expect(first.entries.map(({ seq }) => seq)).toEqual([5, 4])
    const second = await audit.list(workspace, query({ limit: 3, cursor: first.next }))
    expect(second.entries.map(({ seq }) => seq)).toEqual([3, 2, 1])
    expect(second.next).toBeNull()
    await expect(audit.list(workspace, query({ cursor: '1 or 1=1' }))).rejects.toMatchObject({
      slug: 'malformed-request',
    })
  })

  test('is filtered by what was done, by whom and when, also from page to page', async () => {
    const { audit, workspace, member, addMember, setCap, clock, ledger } = await given()
    const ravi = await addMember('Ravi')
    await setCap('1')
    clock.now += 60_000
    await ledger.setCap(workspace, dollars('2'), ravi)
    clock.now += 60_000
    const name = `"memberId":"${ravi}"`
    await audit.append({ workspaceId: workspace, kind: 'member-changed', memberId: member, facts: { name } })
    await audit.append({ workspaceId: workspace, kind: 'vault-sealed', memberId: null, facts: {} })
    const seqs = async (filter: object) =>
      (await audit.list(workspace, query(filter))).entries.map(({ seq }) => seq)
    const at = (ms: number) => new Date(NOON + ms).toISOString()

    expect(await seqs({ kind: 'cap-changed' })).toEqual([2, 1])
    expect(await seqs({ kind: 'signed-in' })).toEqual([])
    expect(await seqs({ memberId: member })).toEqual([3, 1])
    expect(await seqs({ memberId: ravi })).toEqual([2])
    expect(await seqs({ memberId: ravi, kind: 'member-changed' })).toEqual([])
    expect(await seqs({ from: at(60_000) })).toEqual([4, 3, 2])
    expect(await seqs({ to: at(60_000) })).toEqual([1])
    expect(await seqs({ from: at(60_000), to: at(60_001), kind: 'cap-changed' })).toEqual([2])
    const first = await audit.list(workspace, query({ memberId: member, limit: 1 }))
    expect(first).toMatchObject({ entries: [{ seq: 3 }] })
    expect(await seqs({ memberId: member, limit: 1, cursor: first.next })).toEqual([1])
  })

  test('of another workspace is empty', async () => {
    const { audit, addWorkspace, setCap } = await given()
    await setCap('1')
    const other = await addWorkspace()
    expect(await audit.list(other.workspace, query())).toEqual({ entries: [], next: null })
  })

  test('has no entry for a deed that was rolled back', async () => {
    const { audit, append, database, workspace } = await given()
    const deed = database.transaction(workspace, async (tx) => {
      await append(tx, { workspaceId: workspace, kind: 'key-connected', memberId: null, facts: {} })
      throw new Error('the deed failed')
    })
    await expect(deed).rejects.toThrow('the deed failed')
    expect((await audit.list(workspace, query())).entries).toEqual([])
  })

  test('takes a name with half a character in it', async () => {
    const { audit, workspace, database } = await given()
    await audit.append({
      workspaceId: workspace,
      kind: 'device-paired',
      memberId: null,
      facts: { name: 'a\uD800' },
    })
    expect((await audit.list(workspace, query())).entries[0]?.facts).toEqual({ name: 'a\uFFFD' })
    expect(walk(await wholeChain(database.db, workspace, 'audit'))).toMatchObject({ whole: true })
  })
})

describe('the chains in the database', () => {
  const busy = async () => {
    const world = await given()
    const { ledger, request, setCap } = world
    for (const cost of ['0.01', '0.02', '0.03']) {
      const call = request(dollars('0.10'))
      await ledger.hold(call)
      await ledger.settle(answered(call, dollars(cost)))
      await setCap('40')
    }
    return world
  }

  test('are whole and separate: one for the ledger and one for the audit log', async () => {
    const { database, workspace } = await busy()
    expect(walk(await wholeChain(database.db, workspace, 'ledger'))).toMatchObject({ whole: true, length: 6 })
    expect(walk(await wholeChain(database.db, workspace, 'audit'))).toMatchObject({ whole: true, length: 3 })
  })

  test('are gapless although many write at once', async () => {
    const { database, workspace, ledger, request } = await given()
    await Promise.all(Array.from({ length: 20 }, () => ledger.hold(request(dollars('0.10')))))
    expect(walk(await wholeChain(database.db, workspace, 'ledger'))).toMatchObject({
      whole: true,
      length: 20,
    })
  })

  test('show a row that somebody changed', async () => {
    const { database, workspace } = await busy()
    const [, , third] = await wholeChain(database.db, workspace, 'ledger')
    const bytes = third?.bytes.replace('"held":"0.10"', '"held":"0.01"') ?? ''
    await database.db
      .updateTable('events')
      .set({ bytes })
      .where('log', '=', 'ledger')
      .where('seq', '=', 3)
      .execute()
    expect(walk(await wholeChain(database.db, workspace, 'ledger'))).toEqual({
      whole: false,
      seq: 3,
      fault: 'changed',
    })
  })

  test('show a row that somebody deleted', async () => {
    const { database, workspace } = await busy()
    await database.db.deleteFrom('events').where('log', '=', 'ledger').where('seq', '=', 2).execute()
    expect(walk(await wholeChain(database.db, workspace, 'ledger'))).toEqual({
      whole: false,
      seq: 2,
      fault: 'missing',
    })
  })
})
