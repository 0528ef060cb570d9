import { type DraftRequest, draftBounds, type Turn } from '../../../shared/drafts.ts'
import type { Capture } from '../../messages.ts'

/** One message of the thread as the person left it. What is not included never leaves this browser. */
export type SendingTurn = { readonly id: number; readonly turn: Turn; readonly included: boolean }

/** Exactly what a draft would be asked with. Nothing of it has left the browser yet. */
export type Sending = {
  readonly site: string | undefined
  readonly subject: string | undefined
  readonly turns: readonly SendingTurn[]
  readonly begun: string
  readonly begunIncluded: boolean
}

export const nothingToSend: Sending = {
  site: undefined,
  subject: undefined,
  turns: [],
  begun: '',
  begunIncluded: true,
}

/** What was read from the page. Internal notes are left out until the person wants them in. */
export const sendingOf = (capture: Capture): Sending => ({
  site: capture.site,
  subject: capture.subject ?? undefined,
  turns: capture.turns.map((turn, id) => ({ id, turn, included: turn.author !== 'note' })),
  begun: capture.begun,
  begunIncluded: true,
})

/** A thread that the person pasted: one message of the customer. */
export const withPasted = (sending: Sending, text: string): Sending => ({
  ...sending,
  turns: [{ id: 0, turn: { author: 'customer', text }, included: true }],
})

export const withTurn = (sending: Sending, changed: SendingTurn): Sending => ({
  ...sending,
  turns: sending.turns.map((each) => (each.id === changed.id ? changed : each)),
})

const goesOut = ({ turn, included }: SendingTurn): boolean => included && turn.text.trim() !== ''

export const included = (sending: Sending): readonly Turn[] =>
  sending.turns.filter(goesOut).map(({ turn }) => turn)

export const begunOf = ({ begun, begunIncluded }: Sending): string | undefined =>
  begunIncluded && begun.trim() !== '' ? begun : undefined

/** What a person reads before they ask: what goes, and what stays here. */
export type Counts = {
  readonly messages: number
  readonly notes: number
  readonly leftOut: number
  readonly characters: number
  readonly tooMuch: boolean
}

export const countsOf = (sending: Sending): Counts => {
  const out = sending.turns.filter((each) => !goesOut(each))
  const notes = out.filter(({ turn }) => turn.author === 'note').length
  const turns = included(sending)
  const texts = [...turns.map(({ text }) => text), begunOf(sending) ?? '', sending.subject ?? '']
  const characters = texts.reduce((total, text) => total + text.length, 0)
  return {
    messages: turns.length,
    notes,
    leftOut: out.length - notes,
    characters,
    tooMuch: characters > draftBounds.allText,
  }
}

/** Whom the reply is for: the newest message of a customer with a name. */
export const customerOf = (sending: Sending): string | undefined =>
  sending.turns.findLast(({ turn }) => turn.author === 'customer' && turn.name !== undefined)?.turn.name

type Wish = {
  readonly idempotencyKey: string
  readonly resolutionId: string | undefined
  readonly instruction: string
  readonly previous: string | undefined
  readonly urgent: boolean
}

const optional = <Name extends string>(name: Name, value: string | undefined) =>
  value === undefined || value.trim() === '' ? {} : ({ [name]: value } as { [Key in Name]: string })

/** The body of `POST /v1/drafts`: what is shown, and nothing else. */
export const requestFor = (sending: Sending, wish: Wish): DraftRequest => ({
  idempotencyKey: wish.idempotencyKey,
  ...optional('resolutionId', wish.resolutionId),
  ...optional('site', sending.site),
  thread: { ...optional('subject', sending.subject), turns: [...included(sending)] },
  ...optional('begun', begunOf(sending)),
  ...optional('instruction', wish.instruction),
  ...optional('previous', wish.previous),
  ...(wish.urgent ? { urgent: true } : {}),
})
