import { EventSourceParserStream } from 'eventsource-parser/stream'
import { base64url, calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { z } from 'zod'
import type { Cap } from '../shared/cap.ts'
import { CONTRACT, CONTRACT_HEADER } from '../shared/contract.ts'
import { DraftEvent, type DraftRequest } from '../shared/drafts.ts'
import { Paired, pairingMac, readPairingCode, TokenAnswer } from '../shared/pairing.ts'
import { Problem } from '../shared/problems.ts'
import type { Receipt } from '../shared/receipts.ts'

/** The origin of the Chrome extension, as its manifest's key fixes it. */
export const extensionOrigin = 'chrome-extension://pcplagjghidibljddgionakjoinabbpi'

type Names = {
  readonly deviceName?: string
  readonly memberName?: string
  readonly workspaceName?: string
  readonly timeZone?: string
}

/** What a proof claims; every member can be wrong on purpose. `at` is in ms since the epoch. */
type ProofClaims = {
  readonly method: string
  readonly address: string
  readonly at?: number
  readonly id?: string
  readonly token?: string | undefined
}

type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The refusal, when the answer is one of the contract's problems. */
  readonly problem: Problem | undefined
}

/** A draft stream, heard to its end. `cut`: it ended with neither receipt nor problem. */
type Heard = {
  readonly status: number
  readonly events: readonly DraftEvent[]
  readonly text: string
  readonly receipt: Receipt | undefined
  readonly cap: Cap | undefined
  readonly problem: Problem | undefined
  readonly cut: boolean
}

type Listening = {
  readonly signal?: AbortSignal
  readonly onEvent?: (event: DraftEvent) => void
}

/** Thrown by the words that expect success, so that a test reads what the vault refused. */
class Refused extends Error {
  readonly answer: Answer

  constructor(method: string, path: string, answer: Answer) {
    super(
      `${method} ${path} was refused with ${answer.status}: ${answer.problem?.slug ?? answer.text.slice(0, 200)}`,
    )
    this.answer = answer
  }
}

const problemOf = (text: string): Problem | undefined => {
  try {
    return Problem.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const answerOf = async (response: Response): Promise<Answer> => {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, problem: problemOf(text) }
}

const hashOf = async (text: string): Promise<string> =>
  base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? String(one) : one))

/** What a browser asks before it has a token. */
const needsNoToken = new Set(['POST /v1/tokens', 'POST /v1/devices'])

const empty = { events: [], text: '', receipt: undefined, cap: undefined }

const listen = async (response: Response, onEvent: (event: DraftEvent) => void): Promise<DraftEvent[]> => {
  const events: DraftEvent[] = []
  if (response.body === null) return events
  const parts = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { data } of parts) {
    const event = DraftEvent.parse(JSON.parse(data))
    events.push(event)
    onEvent(event)
  }
  return events
}

const heard = (status: number, events: readonly DraftEvent[]): Heard => {
  const last = events.at(-1)
  return {
    status,
    events,
    text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
    receipt: last?.type === 'receipt' || last?.type === 'problem' ? (last.receipt ?? undefined) : undefined,
    cap: last?.type === 'receipt' || last?.type === 'problem' ? (last.cap ?? undefined) : undefined,
    problem: last?.type === 'problem' ? last.problem : undefined,
    cut: last?.type !== 'receipt' && last?.type !== 'problem',
  }
}

/** A browser as the vault sees it: a device key with real proofs and tokens, without the extension around it. */
export type Device = Awaited<ReturnType<typeof newDevice>>

export type DeviceOptions = {
  /** What the browser puts into the Origin header; null for a request without it. */
  readonly origin?: string | null
  /** The clock of the browser, in ms since the epoch. */
  readonly now?: () => number
}

/** Makes a device key. `vault` is asked at each request, since a restarted vault may listen elsewhere. */
export const newDevice = async (
  vault: () => string,
  { origin = extensionOrigin, now = Date.now }: DeviceOptions = {},
) => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(publicKey)
  const thumbprint = await calculateJwkThumbprint(jwk)
  const spoken: string[] = []
  let session: string | undefined

  const proof = async ({ method, address, at = now(), id = crypto.randomUUID(), token }: ProofClaims) =>
    new SignJWT({ htm: method, htu: address, ...(token === undefined ? {} : { ath: await hashOf(token) }) })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
      .setJti(id)
      .setIssuedAt(Math.floor(at / 1000))
      .sign(privateKey)

  const headersFor = async (method: string, path: string, token: string | undefined): Promise<Headers> => {
    const headers = new Headers({ [CONTRACT_HEADER]: String(CONTRACT) })
    if (origin !== null) headers.set('origin', origin)
    const address = new URL(path, vault())
    headers.set('dpop', await proof({ method, address: address.origin + address.pathname, token }))
    if (token !== undefined) headers.set('authorization', `DPoP ${token}`)
    return headers
  }

  const send = async (
    method: string,
    path: string,
    body: unknown,
    more: RequestInit = {},
  ): Promise<Response> => {
    const token = needsNoToken.has(`${method} ${path}`) ? undefined : await currentToken()
    const headers = await headersFor(method, path, token)
    if (body !== undefined) headers.set('content-type', 'application/json')
    for (const [name, value] of new Headers(more.headers)) headers.set(name, value)
    const content = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
    return fetch(new URL(path, vault()), { ...more, method, headers, ...content })
  }

  /** Any request, any answer. A string is sent as it is; anything else as JSON in wire form. */
  const request = async (
    method: string,
    path: string,
    body?: unknown,
    more?: RequestInit,
  ): Promise<Answer> => {
    const answer = await answerOf(await send(method, path, body, more))
    spoken.push(JSON.stringify([...answer.headers]), answer.text)
    return answer
  }

  const expectSuccess = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await request(method, path, body)
    if (answer.status >= 300) throw new Refused(method, path, answer)
    return answer.text === '' ? undefined : JSON.parse(answer.text)
  }

  const currentToken = async (): Promise<string> => {
    session ??= TokenAnswer.parse(await expectSuccess('POST', '/v1/tokens', {})).token
    return session
  }

  /** Asks to be paired by a code as a person types it; the secret stays here. */
  const askToPair = async (typed: string, names: Names = {}): Promise<Answer> => {
    const code = readPairingCode(typed)
    if (code === undefined) throw new Error('The code has not the form of a pairing code')
    const mac = await pairingMac(code.secret, thumbprint, new URL(vault()).origin)
    return request('POST', '/v1/devices', { codeId: code.id, mac, deviceName: 'Test browser', ...names })
  }

  return {
    thumbprint,
    proof,
    request,
    askToPair,
    currentToken,
    /** Everything that the vault ever answered to this browser, headers and bodies; of draft streams all but the draft's own text. */
    answers: (): readonly string[] => spoken,
    forgetToken: (): void => {
      session = undefined
    },
    pair: async (typed: string, names: Names = {}): Promise<Paired> => {
      const answer = await askToPair(typed, names)
      if (answer.status >= 300) throw new Refused('POST', '/v1/devices', answer)
      return Paired.parse(JSON.parse(answer.text))
    },
    read: async <Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> =>
      schema.parse(await expectSuccess('GET', path)),
    change: async <Schema extends z.ZodType>(
      method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
      path: string,
      body: unknown,
      schema: Schema,
    ): Promise<z.output<Schema>> => schema.parse(await expectSuccess(method, path, body)),
    /** Asks for a draft and listens to the end of the stream; a refusal before it is `problem` with its status. */
    draft: async (asked: DraftRequest, { signal, onEvent = () => {} }: Listening = {}): Promise<Heard> => {
      const response = await send('POST', '/v1/drafts', asked, signal === undefined ? {} : { signal })
      if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
        const events = await listen(response, onEvent)
        spoken.push(...events.filter(({ type }) => type !== 'text-delta').map(asText))
        return heard(response.status, events)
      }
      const { status, text, problem } = await answerOf(response)
      spoken.push(text)
      return { ...empty, status, problem, cut: false }
    },
  }
}
