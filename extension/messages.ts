import { z } from 'zod'
import { draftBounds, SiteOrigin, Turn } from '../shared/drafts.ts'

/**
 * Every message between the worlds of the extension. Three doors:
 * `ToBackground` by runtime.sendMessage (popup, assistant, page script), `ToPage` and `ToPanel` over the MessagePort that the page script hands
 * to the assistant's frame. What arrives is parsed by the receiver; the page script checks by a small guard, since zod is too heavy for it.
 */

/** Where the reply goes. `none`: no text box had the focus; the person is told how to choose one. */
const BoxKind = z.enum(['field', 'editable', 'none'])

/** What was read from the page around the box, bounded in size. It stays in memory until the person asks for a draft. */
export const Capture = z.object({
  site: SiteOrigin,
  title: z.string().max(300),
  subject: z.string().max(300).nullable(),
  turns: z.array(Turn).max(draftBounds.turns),
  /** Text that already stands in the box. */
  begun: z.string().max(draftBounds.draft),
  /** Text that was selected on the page; when present it is the only turn. */
  fromSelection: z.boolean(),
  /** BCP 47 tag that the page declares, if any. */
  language: z.string().max(35).nullable(),
  box: BoxKind,
  /** Fingerprint of the place: address and heading. Insert refuses when it has changed, so that no reply lands on another ticket. */
  place: z.string().max(100),
  /** Characters and turns that did not fit the bounds. */
  leftOut: z.object({ characters: z.int(), turns: z.int() }),
})
export type Capture = z.infer<typeof Capture>

/** `blocked`: the text did not arrive or could not be verified; Copy is offered. `moved`: another ticket is open now. */
export const InsertOutcome = z.enum(['inserted', 'blocked', 'moved', 'no-box'])
export type InsertOutcome = z.infer<typeof InsertOutcome>

/** What the panel asks of the page script. */
export const ToPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('capture') }),
  z.object({
    type: z.literal('insert'),
    request: z.int(),
    text: z.string().max(draftBounds.draft),
    place: z.string(),
    /** The person was asked and wants it here although the place has changed. */
    anywhere: z.boolean(),
  }),
  z.object({ type: z.literal('focus-box') }),
  z.object({ type: z.literal('move'), dx: z.number(), dy: z.number(), done: z.boolean() }),
  z.object({ type: z.literal('close') }),
])
export type ToPage = z.infer<typeof ToPage>

/** What the page script tells the panel. */
export const ToPanel = z.discriminatedUnion('type', [
  z.object({ type: z.literal('captured'), capture: Capture }),
  z.object({ type: z.literal('inserted'), request: z.int(), outcome: InsertOutcome }),
  /** The page shows another ticket than the one that was captured. */
  z.object({ type: z.literal('place-changed'), place: z.string().max(100) }),
])
export type ToPanel = z.infer<typeof ToPanel>

/** The first word between page script and frame, by window.postMessage with the extension's origin as target, and a MessagePort. */
export const Handover = z.object({ type: z.literal('ownkey-handover'), nonce: z.string().min(20).max(100) })
export type Handover = z.infer<typeof Handover>

/**
 * What a panel asks in a window of the extension's own before it inserts, where the browser cannot tell whether a page covers the
 * panel. Both are pages of the extension and speak over a BroadcastChannel of their own.
 */
export const InsertQuestion = z.object({ text: z.string().max(draftBounds.draft), site: SiteOrigin })
export type InsertQuestion = z.infer<typeof InsertQuestion>

/** What that window says: that it listens, that the person wants the text inserted, and that it is gone. */
export const FromConfirm = z.enum(['ready', 'confirmed', 'closed'])
export type FromConfirm = z.infer<typeof FromConfirm>

/** What the extension’s own surfaces ask of the background. */
export const ToBackground = z.discriminatedUnion('type', [
  /** From the popup: open the assistant on the active tab (the popup's click granted activeTab). */
  z.object({ type: z.literal('open-assistant') }),
  /** From the assistant's frame: is this nonce the session of my tab? It works once. */
  z.object({ type: z.literal('claim-session'), nonce: z.string().min(20).max(100) }),
  /** From popup, options, pairing page and assistant: state may have changed, draw the badge anew. */
  z.object({ type: z.literal('refresh-badge') }),
  /** From the assistant: what became of a draft is queued, tell the vault. */
  z.object({ type: z.literal('tell-outcomes') }),
])
export type ToBackground = z.infer<typeof ToBackground>

/** Answer to `open-assistant`. `own-window`: the page cannot be scripted, so the assistant opened in a window of its own. */
export const OpenOutcome = z.enum(['on-page', 'own-window'])
export type OpenOutcome = z.infer<typeof OpenOutcome>

/** Answer to `claim-session`: false for every other sender, tab, frame, or a nonce that was used. */
export const ClaimOutcome = z.object({ confirmed: z.boolean() })
export type ClaimOutcome = z.infer<typeof ClaimOutcome>

/**
 * `opened`: a new session began, its frame will claim the nonce. `focused`: a live panel was brought forward and the nonce is not needed.
 * `unscriptable`: a frame would not work in this document.
 */
export const PageOpening = z.enum(['opened', 'focused', 'unscriptable'])
export type PageOpening = z.infer<typeof PageOpening>

/** What the page script leaves in its isolated world, which the page cannot see; the background knocks there right after injecting it. */
export type PageDoor = { readonly open: (nonce: string) => PageOpening; readonly alive: () => boolean }

declare global {
  var ownkeyDoor: PageDoor | undefined
}
