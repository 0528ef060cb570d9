import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { DraftEvent } from '../../shared/drafts.ts'
import { VaultProblem } from './problem.ts'

/** The vault sends a heartbeat every ten seconds; three missed ones mean that the line is dead. */
const SILENCE_MS = 35_000

const names: readonly string[] = DraftEvent.options.map(({ shape }) => shape.type.value)

/** Events of kinds that this version does not know are passed over, so that a vault can add some. */
const eventOf = ({ event, data }: EventSourceMessage): DraftEvent | undefined => {
  if (event === undefined || !names.includes(event)) return undefined
  try {
    return DraftEvent.parse(JSON.parse(data))
  } catch {
    throw new VaultProblem('not-a-vault')
  }
}

const isLast = ({ type }: DraftEvent): boolean => type === 'receipt' || type === 'problem'

/** Rejects when nothing arrives for too long. */
const readWithin = async (reader: ReadableStreamDefaultReader<Uint8Array>) => {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new VaultProblem('cut-off')), SILENCE_MS)
  try {
    return await Promise.race([reader.read(), promise])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Reads a draft's event stream to its last word. Throws `cut-off` when it ends without one; what was told by then stands.
 * A caller who stops gets the reason of their signal.
 */
export const readDraft = async (
  response: Response,
  onEvent: (event: DraftEvent) => void,
  signal: AbortSignal,
): Promise<void> => {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  if (!isStream || response.body === null) throw new VaultProblem('not-a-vault')
  const reader = response.body.getReader()
  let ended = false
  const parser = createParser({
    onEvent: (message) => {
      const event = ended ? undefined : eventOf(message)
      if (event === undefined) return
      ended = isLast(event)
      onEvent(event)
    },
  })
  try {
    await feed(reader, (text) => parser.feed(text), signal)
  } finally {
    reader.cancel().catch(() => undefined)
  }
  if (!ended) throw new VaultProblem('cut-off')
}

const feed = async (
  reader: ReadableStreamDefaultReader<Uint8Array>,
  take: (text: string) => void,
  signal: AbortSignal,
): Promise<void> => {
  const decoder = new TextDecoder()
  for (;;) {
    const { done, value } = await unlessCut(() => readWithin(reader), signal)
    if (done) return
    take(decoder.decode(value, { stream: true }))
  }
}

const unlessCut = async <Result>(read: () => Promise<Result>, signal: AbortSignal): Promise<Result> => {
  try {
    return await read()
  } catch {
    if (signal.aborted) throw signal.reason
    throw new VaultProblem('cut-off')
  }
}
