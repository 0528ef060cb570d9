import { expect, test } from 'vitest'
import { AlertPage, AlertSettings, WebhookConnected } from '../../shared/books/alerts.ts'
import { pico, Usd } from '../../shared/money.ts'
import { freePort, startProxy } from '../proxy.ts'
import { startVaultProcess } from '../vault-process.ts'
import { given, until } from '../world.ts'
import { startReceiver } from './receivers.ts'

/** Longer than it takes each vault to look for what nobody has looked at, and to send what waits. */
const LATER_MS = 18_000

test('three vaults tell each threshold once and send each message once, whoever drafts and refuses', async () => {
  await using receiver = await startReceiver()
  const ports = [await freePort(), await freePort(), await freePort()] as const
  const [first, ...others] = ports
  const proxy = await startProxy()
  proxy.to(first)
  const settings = {
    OWNKEY_URL: proxy.address,
    PORT: String(first),
    OWNKEY_PRIVATE_HOSTS: receiver.host,
  }
  await using world = await given({ process: true, settings })
  const further = await Promise.all(
    others.map((port) => startVaultProcess(world.folder, { ...world.settings, PORT: String(port) })),
  )
  const { owner } = world
  await owner.change('PUT', '/v1/alerts/webhook', { address: receiver.address }, WebhookConnected)
  const thresholds = [1, 2, 3, 100].map((percent) => ({ percent, on: true }))
  await owner.change('PUT', '/v1/alerts/settings', { thresholds, emails: [] }, AlertSettings)
  const { receipt } = await owner.ask('How long is a bound?')
  proxy.to(...ports)
  const bound = receipt?.attempts[0]?.held ?? 0n
  const { settled } = await owner.cap()
  await owner.setCap(Usd.encode(pico(settled + 2n * bound)))
  let refusals = 0
  while (refusals < 3) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => owner.ask('Where is it?')))
    refusals += answers.filter(({ problem }) => problem?.slug === 'cap-reached').length
  }
  const told = async () => (await owner.read('/v1/alerts?limit=100', AlertPage)).alerts
  const isSent = (alerts: Awaited<ReturnType<typeof told>>): boolean =>
    alerts.length >= 4 &&
    alerts.every(({ deliveries }) => deliveries.every(({ state }) => state === 'delivered'))
  await until(told, isSent)
  await new Promise((resolve) => setTimeout(resolve, LATER_MS))
  const alerts = await until(told, isSent)
  const percents = alerts.map(({ subject }) => (subject.kind === 'cap' ? subject.percent : 0))
  expect(percents.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 100])
  expect(alerts.flatMap(({ deliveries }) => deliveries)).toHaveLength(4)
  const ids = receiver.posts.map(({ headers }) => headers['webhook-id'])
  expect(ids).toHaveLength(4)
  expect(new Set(ids).size).toBe(4)
  await Promise.all(further.map((vault) => vault.stop()))
  await proxy.close()
})
