import { z } from 'zod'
import { CONTRACT, CONTRACT_HEADER } from '../../../shared/contract.ts'
import type { ReceiptFormat } from '../../../shared/receipts.ts'
import { extensionOrigin } from '../../device.ts'
import type { Browser, GivenVault } from '../../identity/vault.ts'
import { type Cells, insertAll } from '../inserting.ts'

/** Receipts that are made at once. */
const MADE_AT_ONCE = 5_000

const Member = z.object({ id: z.string() })

/** What the receipt of a number costs, in picodollars. */
const settledOf = (number: number): bigint => 1_000_000_000n + BigInt(number)

/** What so many receipts cost together. */
export const costOfAll = (count: number): bigint =>
  BigInt(count) * 1_000_000_000n + (BigInt(count) * BigInt(count - 1)) / 2n

/** Ids in ascending order, as fast as an index can grow. */
const idOf = (number: number): string => `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

const receiptOf = ({ workspace, now }: GivenVault, member: string, number: number): Cells => ({
  workspace_id: workspace.id,
  id: idOf(number),
  resolution_id: idOf(number),
  purpose: 'draft',
  member_id: member,
  device_id: idOf(number),
  site: 'https://desk.example',
  idempotency_key: idOf(number),
  request_hash: 'hash',
  provider: 'anthropic',
  model: 'claude-haiku-4-5-20251001',
  outcome: 'answered',
  certainty: 'exact',
  settled: settledOf(number),
  at: now() - Math.floor(number / 3) * 1_000,
  day: '2026-11-21',
  changed_seq: 0,
})

/** Brings the owner's receipts to so many, a second apart, some of the same second; there are `from` already. */
export const fillReceipts = async (vault: GivenVault, count: number, from = 0): Promise<void> => {
  const { database } = vault.opened
  const row = await database.db
    .selectFrom('members')
    .select('id')
    .where('workspace_id', '=', vault.workspace.id)
    .executeTakeFirstOrThrow()
  const { id: member } = Member.parse(row)
  for (let number = from; number < count; ) {
    const rows: Cells[] = []
    for (const end = Math.min(number + MADE_AT_ONCE, count); number < end; number += 1)
      rows.push(receiptOf(vault, member, number))
    await database.transaction(vault.workspace.id, (tx) => insertAll(tx, database.engine, 'receipts', rows))
  }
}

/** Asks for all receipts as a file, over HTTP; nothing of it is read yet. */
export const begunExport = async (
  { vault, now }: GivenVault,
  by: Browser,
  format: ReceiptFormat = 'csv',
): Promise<Response> => {
  const address = new URL(`/v1/receipts/export?format=${format}`, vault.origin)
  const token = by.session()
  const proof = await by.device.proof({
    method: 'GET',
    address: `${address.origin}${address.pathname}`,
    at: now(),
    token,
  })
  const headers = { [CONTRACT_HEADER]: String(CONTRACT), dpop: proof, authorization: `DPoP ${token}` }
  return fetch(address, { headers: { ...headers, origin: extensionOrigin } })
}
