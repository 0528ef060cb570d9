import { dollars } from '../../shared/money.ts'
import { answered, givenBooks } from './desk.ts'

/**
 * A process that holds and settles until it is killed. It says on stdout what it has been told was written: the workspace, then each receipt
 * that was settled, so that whoever killed it can look for them.
 */
const [path = ''] = process.argv.slice(2)
const { ledger, vaults, request, ids, workspace, member } = await givenBooks(path)
const vault = ids()
await vaults.register({ id: vault, host: 'here', pid: process.pid })
process.stdout.write(`${JSON.stringify({ workspace, member })}\n`)

for (;;) {
  const settled = request(dollars('0.0001'), { vault })
  const abandoned = request(dollars('0.0002'), { vault })
  await ledger.hold(settled)
  await ledger.hold(abandoned)
  await ledger.settle(answered(settled, dollars('0.000042')))
  process.stdout.write(`${settled.receipt.id}\n`)
}
