import { lookup } from 'node:dns/promises'
import { hostname } from 'node:os'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { isPublic } from '../../server/outbound/guard.ts'
import { Receipt, ReceiptPage } from '../../shared/receipts.ts'
import { type Answered, type Browser, type GivenVault, givenVault } from '../identity/vault.ts'
import { type Simulator, startSimulator } from '../provider/simulator.ts'
import { draftRequest, simulatorKeys } from '../world.ts'

let simulator: Simulator
let world: GivenVault
let owner: Browser

const NOBODY = '127.0.0.1:1'
const allowed = (): string => new URL(simulator.compatibleUrl('ollama')).host

beforeAll(async () => {
  simulator = await startSimulator({ now: () => world.now() })
})
afterAll(() => simulator.close())
beforeEach(async () => {
  world = await givenVault({ OWNKEY_PRIVATE_HOSTS: allowed() })
  owner = await world.owner()
})
afterEach(() => world.stop())

const connect = (address: string): Promise<Answered> =>
  owner.send('POST', '/v1/keys', {
    provider: 'compatible',
    key: simulatorKeys.compatible,
    endpoint: { kind: 'address', address, dialect: 'ollama' },
    price: { terms: { kind: 'free' } },
  })

/** The operator allows another private host instead. */
const withoutLeave = async (): Promise<void> => {
  await world.restart({ OWNKEY_PRIVATE_HOSTS: NOBODY })
  await owner.signIn()
}

const requests = (): number => simulator.requests().length

/** Whether this machine’s own name leads to an address that is not the internet’s. */
const isAtHome = await lookup(hostname()).then(
  ({ address }) => !isPublic(address),
  () => false,
)

describe('the address of an endpoint', () => {
  test('that is private is refused without the operator’s leave, and nothing is sent there', async () => {
    await withoutLeave()
    const before = requests()
    const plain = await connect(simulator.compatibleUrl('ollama'))
    expect(plain.problem).toMatchObject({ slug: 'endpoint-refused', facts: { reason: 'not-https' } })
    const secure = await connect(`https://${allowed()}/v1`)
    expect(secure.problem).toMatchObject({ slug: 'endpoint-refused', facts: { reason: 'private' } })
    const named = await connect('https://somebody:secret@models.example/v1')
    expect(named.problem).toMatchObject({ slug: 'endpoint-refused', facts: { reason: 'credentials' } })
    expect(named.text).not.toContain('secret')
    expect(requests()).toBe(before)
  })

  if (isAtHome)
    test('whose name turns out to lead to a private host is refused, too', async () => {
      const { problem } = await connect(
        `https://${hostname()}:${new URL(simulator.compatibleUrl('ollama')).port}/v1`,
      )
      expect(problem).toMatchObject({ slug: 'endpoint-refused', facts: { reason: 'private' } })
    })

  test('is asked no more once the operator has taken the leave away, and that costs nothing', async () => {
    expect((await connect(simulator.compatibleUrl('ollama'))).status).toBe(201)
    world.pass(1_000)
    await withoutLeave()
    const before = requests()
    const { text } = await owner.send('POST', '/v1/drafts', draftRequest('Where is my parcel?'))
    expect(text).toContain('provider-network')
    expect(requests()).toBe(before)
    const page = ReceiptPage.parse(JSON.parse((await owner.send('GET', '/v1/receipts')).text))
    const [latest] = page.receipts
    const told = await owner.send('GET', `/v1/receipts/${latest?.id}`)
    const receipt = Receipt.parse(JSON.parse(told.text))
    expect(receipt.attempts.at(-1)).toMatchObject({ failure: 'network', certainty: 'exact', settled: 0n })
  })
})
