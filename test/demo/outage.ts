import type { Frame } from 'puppeteer'
import { KeyConnected, KeyList } from '../../shared/keys.ts'
import type { Receipt } from '../../shared/receipts.ts'
import type { Device } from '../device.ts'
import type { Simulator } from '../provider/simulator.ts'
import { simulatorKeys } from '../world.ts'
import { answeredByBackup, type Scene } from './acts.ts'
import type { Progress } from './progress.ts'

/** Calls that fail: more than the demo makes. */
const MANY = 100

/** The owner connects OpenAI beside Anthropic and turns it on as the backup. */
const turnOnBackup = async (owner: Device): Promise<void> => {
  const key = simulatorKeys.openai
  await owner.change('POST', '/v1/keys', { provider: 'openai', key }, KeyConnected)
  const routing = { primary: 'anthropic', backup: 'openai', dearer: true }
  await owner.change('PUT', '/v1/routing', routing, KeyList)
}

/** From now on Anthropic answers everybody that it is overloaded. */
const failAll = (simulator: Simulator): void =>
  simulator.plan({ provider: 'anthropic', next: Array.from({ length: MANY }, () => 'overloaded' as const) })

type Outage = {
  readonly simulator: Simulator
  readonly scene: Scene
  readonly panel: Frame
  readonly auditor: Device
}

/** The primary provider dies, and the agent gets the reply all the same. Gives the id of the receipt that says so. */
export const losePrimary = async (
  { simulator, scene, panel, auditor }: Outage,
  { step }: Pick<Progress, 'step'>,
): Promise<string> => {
  await step('backup', 'Connecting OpenAI and turning it on as the backup', () => turnOnBackup(auditor))
  failAll(simulator)
  return step('outage', 'Anthropic is down: the backup answers the next draft', () =>
    answeredByBackup(scene, panel),
  )
}

/** What must be so after the primary died: the receipt has the call that failed, and the one that answered. */
export const flawsOfOutage = (receipt: Receipt | undefined): string[] => {
  const tried = receipt?.attempts.map(({ provider, failure }) => `${provider} ${failure ?? 'answered'}`) ?? []
  return tried.join(', ') === 'anthropic overloaded, openai answered'
    ? []
    : [`The draft of the outage was tried as: ${tried.join(', ') || 'nothing'}`]
}
