import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { openLocal } from '../../../extension/local/database.ts'
import { askedPatiently } from '../../../extension/ui/drafts/waiting.ts'
import { openVault, type Vault } from '../../../extension/vault/client.ts'
import { problemOf } from '../../../extension/vault/problem.ts'
import { draftRequest, type World } from '../../world.ts'

/** After what a person asks again: others hold what is left, or the vault was too busy to answer in half a minute. */
const passing: ReadonlySet<string | undefined> = new Set(['cap-held', 'no-answer', 'cut-off'])
/** How often a person asks again when the panel has given up. */
const MOST_ASKED = 20

/** The extension's own client in a browser that the owner has paired. */
const pairedPanel = async ({ owner, address }: World): Promise<Vault> => {
  const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
  const vault = openVault({ local, now: Date.now, newId: () => crypto.randomUUID() })
  const { text } = await owner.request('POST', '/v1/pairing-codes', { kind: 'device' })
  const { code } = JSON.parse(text)
  await vault.pair({ address: address(), code, deviceName: 'Panel', timeZone: 'UTC' })
  return vault
}

export type Panels = readonly [Vault, ...Vault[]]

/** Pairs so many browsers, one after the other: a member has one code at a time. */
export const pairedPanels = async (world: World, count: number): Promise<Panels> => {
  const panels: [Vault, ...Vault[]] = [await pairedPanel(world)]
  while (panels.length < count) panels.push(await pairedPanel(world))
  return panels
}

/** What came of the asking. `needed`: the least that a refused draft would have had to hold, in picodollars. */
export type Told = { drafted: number; waits: number; needed: bigint | undefined }

/** Asks as the panel does, and as a person who does not give up; ends when drafted, when nothing is left, or when told to. */
export const askUntilDrafted = async (
  panel: Vault,
  words: string,
  told: Told,
  signal: AbortSignal,
): Promise<void> => {
  const request = draftRequest(words)
  const draft = () => panel.draft(request, { signal, onEvent: () => {} })
  const onWait = (): void => {
    told.waits += 1
  }
  for (let asked = 0; asked < MOST_ASKED && !signal.aborted; asked += 1) {
    try {
      await askedPatiently(draft, onWait, signal)
      told.drafted += 1
      return
    } catch (thrown) {
      const problem = problemOf(thrown)
      if (signal.aborted || passing.has(problem?.slug)) continue
      if (problem?.slug !== 'cap-reached') throw thrown
      const { needed } = problem.facts
      told.needed = told.needed === undefined || needed < told.needed ? needed : told.needed
      return
    }
  }
}
