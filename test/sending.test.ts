import { describe, expect, test } from 'vitest'
import { countsOf, requestFor, sendingOf, withTurn } from '../extension/assistant/thread/sending.ts'
import type { Capture } from '../extension/messages.ts'
import { estimateOf } from '../extension/ui/drafts/estimate.ts'
import { completeSentences } from '../extension/ui/drafts/sentences.ts'
import { DraftRequest, draftBounds } from '../shared/drafts.ts'
import { dollars } from '../shared/money.ts'

const captured: Capture = {
  site: 'https://desk.example',
  title: 'Ticket 7',
  subject: null,
  turns: [
    { author: 'customer', name: 'Dana', text: 'Where is it?' },
    { author: 'note', text: 'Do not mention the gateway.' },
    { author: 'us', text: 'We are looking.' },
  ],
  begun: 'Hi Dana,',
  fromSelection: false,
  language: 'en',
  box: 'field',
  place: 'f00',
  leftOut: { characters: 0, turns: 0 },
}

const wish = {
  idempotencyKey: '0b06cbd1-3c4b-4b1c-9d53-2f5f6a3f1d1e',
  resolutionId: undefined,
  instruction: ' ',
  previous: undefined,
  urgent: false,
}

describe('what will be sent', () => {
  test('is the thread without notes, and the beginning of the reply', () => {
    const sending = sendingOf(captured)
    expect(countsOf(sending)).toMatchObject({ messages: 2, notes: 1, leftOut: 0, tooMuch: false })
    const request = requestFor(sending, wish)
    expect(JSON.stringify(request)).not.toContain('gateway')
    expect(request.begun).toBe('Hi Dana,')
  })

  test('is a body of the contract, with nothing in it that is not there', () => {
    const request = requestFor(sendingOf({ ...captured, begun: '  ' }), wish)
    expect(DraftRequest.parse(request)).toEqual(request)
    expect(Object.keys(request).toSorted()).toEqual(['idempotencyKey', 'site', 'thread'])
  })

  test('is what the person made of it', () => {
    const sending = sendingOf(captured)
    const [first, note] = sending.turns
    if (first === undefined || note === undefined) throw new Error('two turns were captured')
    const emptied = withTurn(sending, { ...first, turn: { ...first.turn, text: ' ' } })
    const changed = withTurn(emptied, { ...note, included: true })
    expect(requestFor(changed, wish).thread.turns.map(({ author }) => author)).toEqual(['note', 'us'])
    expect(countsOf(changed)).toMatchObject({ messages: 2, notes: 0, leftOut: 1 })
  })

  test('can be too much', () => {
    const text = 'x'.repeat(draftBounds.turnText)
    const turns = Array.from({ length: 7 }, () => ({ author: 'customer' as const, text }))
    expect(countsOf(sendingOf({ ...captured, turns })).tooMuch).toBe(true)
  })
})

describe('the estimate', () => {
  const drafting = {
    provider: 'anthropic' as const,
    model: 'm',
    modelName: 'M',
    perMillion: { input: dollars('1'), output: dollars('5') },
    overheadTokens: 400,
    outputLimit: 1_000,
  }

  test('is rounded up to two digits', () => {
    expect(estimateOf(drafting, []).amount).toBe(dollars('0.0015'))
  })

  test('counts a character of a dense script as a token of its own', () => {
    expect(estimateOf(drafting, ['山田花子']).inputTokens).toBe(404)
    expect(estimateOf(drafting, ['seven!!']).inputTokens).toBe(402)
  })
})

describe('reading a draft aloud', () => {
  test('waits for a sentence to be whole', () => {
    expect(completeSentences('Hi Dana. I am loo', 'en-US', false)).toEqual(['Hi Dana.'])
    expect(completeSentences('Hi Dana. I am looking', 'en-US', true)).toEqual(['Hi Dana.', 'I am looking'])
  })
})
