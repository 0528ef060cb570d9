import { browser } from 'wxt/browser'
import { z } from 'zod'

/** A panel that was announced by a person's gesture and has not spoken yet. `tabId` is the only tab in which it may. */
const Announced = z.object({
  nonce: z.string(),
  tabId: z.int(),
  place: z.enum(['frame', 'window']),
  announcedAt: z.number(),
})
type Announced = z.infer<typeof Announced>

/** A panel that proved itself once. `documentId` changes with each document, so a reloaded frame is a stranger again. */
const Confirmed = z.object({ tabId: z.int(), frameId: z.int(), documentId: z.string() })
type Confirmed = z.infer<typeof Confirmed>

const State = z.object({ announced: z.array(Announced), confirmed: z.array(Confirmed) })
type State = z.infer<typeof State>

/** Who claims. `topLevel`: not a frame but the page of its own window or tab. */
export type Claimant = Confirmed & { readonly topLevel: boolean }

const lifeMs = 60_000
const storageKey = 'panel-sessions'
const rememberedPanels = 50

/**
 * The one-time sessions of panels. They live in session storage, so they survive the death of the service worker and are never on
 * disk; every change happens under one lock, so that two claims cannot both win.
 */
export type PanelSessions = {
  /** `found` tells the tab, asked under the lock: a claim that is faster waits for it. */
  readonly announce: (nonce: string, place: 'frame' | 'window', found: () => Promise<number>) => Promise<void>
  readonly withdraw: (nonce: string) => Promise<void>
  /** True exactly once per announced nonce, for the right tab and kind of frame, within 60 seconds. */
  readonly claim: (nonce: string, claimant: Claimant) => Promise<boolean>
  readonly isConfirmed: (panel: Confirmed) => Promise<boolean>
  /** Tabs of the assistant's own windows that were confirmed; some may be closed. */
  readonly windows: () => Promise<readonly number[]>
}

export const panelSessions = (now: () => number): PanelSessions => ({
  announce: (nonce, place, found) =>
    alone(async () => {
      const tabId = await found()
      const state = await read(now())
      await write({ ...state, announced: [...state.announced, { nonce, tabId, place, announcedAt: now() }] })
    }),
  withdraw: (nonce) =>
    alone(async () => {
      const state = await read(now())
      await write({ ...state, announced: state.announced.filter((each) => each.nonce !== nonce) })
    }),
  claim: (nonce, claimant) =>
    alone(async () => {
      const state = await read(now())
      const mine = state.announced.find((each) => each.nonce === nonce && fits(each, claimant))
      if (mine === undefined) return false
      const { tabId, frameId, documentId } = claimant
      await write({
        announced: state.announced.filter((each) => each !== mine),
        confirmed: [...state.confirmed, { tabId, frameId, documentId }].slice(-rememberedPanels),
      })
      return true
    }),
  windows: async () =>
    (await read(now())).confirmed.filter(({ frameId }) => frameId === 0).map(({ tabId }) => tabId),
  isConfirmed: async (panel) => (await read(now())).confirmed.some((each) => same(each, panel)),
})

const alone = <Result>(work: () => Promise<Result>): Promise<Result> =>
  navigator.locks.request(storageKey, work)

const read = async (at: number): Promise<State> => {
  const stored = State.safeParse((await browser.storage.session.get(storageKey))[storageKey])
  if (!stored.success) return { announced: [], confirmed: [] }
  const fresh = stored.data.announced.filter((each) => at - each.announcedAt < lifeMs)
  return { announced: fresh, confirmed: stored.data.confirmed }
}

const write = (state: State): Promise<void> => browser.storage.session.set({ [storageKey]: state })

const fits = (announced: Announced, claimant: Claimant): boolean =>
  announced.tabId === claimant.tabId && (announced.place === 'window') === claimant.topLevel

const same = (one: Confirmed, other: Confirmed): boolean =>
  one.tabId === other.tabId && one.frameId === other.frameId && one.documentId === other.documentId
