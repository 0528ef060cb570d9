import { type Browser, browser } from 'wxt/browser'
import { type ClaimOutcome, type OpenOutcome, ToBackground } from '../messages.ts'
import { drawBadge } from './badge.ts'
import { type Opening, openAssistant } from './open-assistant.ts'
import { type TellingParts, tellOutcomes } from './outcomes.ts'
import type { Claimant } from './panel-sessions.ts'
import { isAllowed, type Self, type Speaker, speakerOf } from './trusted-sender.ts'

type Sender = Browser.runtime.MessageSender
type From = { readonly sender: Sender; readonly speaker: Speaker }

/** Listens for the extension's own surfaces. Whatever does not parse or comes from the wrong sender gets no answer at all. */
export const listenToSurfaces = (opening: Opening, telling: TellingParts): void => {
  const self: Self = { id: browser.runtime.id, origin: new URL(browser.runtime.getURL('/popup.html')).origin }
  browser.runtime.onMessage.addListener((received: unknown, sender, answer) => {
    const message = ToBackground.safeParse(received)
    if (!message.success) return false
    const speaker = speakerOf(sender, self)
    if (!isAllowed(message.data.type, speaker)) return false
    const parts = { opening, telling }
    reply(message.data, { sender, speaker }, parts).then(answer, (failure: unknown) => {
      answer(undefined)
      throw failure
    })
    return true
  })
}

type Parts = { readonly opening: Opening; readonly telling: TellingParts }

const reply = (message: ToBackground, from: From, { opening, telling }: Parts) => {
  switch (message.type) {
    case 'open-assistant':
      return openOnActiveTab(opening)
    case 'claim-session':
      return claim(message.nonce, from.sender, opening)
    case 'refresh-badge':
      return refreshBadge(from, opening)
    case 'tell-outcomes':
      return tellOutcomes(telling).then(() => null)
  }
}

const openOnActiveTab = async (opening: Opening): Promise<OpenOutcome> => {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true })
  if (tab?.id === undefined) throw new Error('The browser names no active tab.')
  return openAssistant(opening, tab.id)
}

const claim = async (nonce: string, sender: Sender, { sessions }: Opening): Promise<ClaimOutcome> => {
  const claimant = claimantOf(sender)
  return { confirmed: claimant !== undefined && (await sessions.claim(nonce, claimant)) }
}

/** Where the browser tells no document; there tab, frame and nonce have to do. */
const claimantOf = ({ tab, frameId, documentId = '' }: Sender): Claimant | undefined =>
  tab?.id === undefined || frameId === undefined
    ? undefined
    : { tabId: tab.id, frameId, documentId, topLevel: frameId === 0 }

/** A panel that some site made of assistant.html has no session and moves nothing, not even the badge. */
const refreshBadge = async ({ sender, speaker }: From, { sessions }: Opening): Promise<null> => {
  const panel = claimantOf(sender)
  const trusted = speaker !== 'panel' || (panel !== undefined && (await sessions.isConfirmed(panel)))
  if (trusted) await drawBadge()
  return null
}
