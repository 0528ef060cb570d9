import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Usage } from '../../shared/providers.ts'
import type { Act } from './behaviours.ts'
import type { Asked, Ending, Frame, Frames } from './dialect.ts'
import { piecesOf } from './money/tokens.ts'
import { replyTo } from './reply/answer.ts'

/** How far an answer came. */
export type Performed = { readonly usage: Usage; readonly ended: 'whole' | 'cut' }

const SLOW_MS = 25
/** A reset throws away what has not been read yet; most readers have read everything by then. */
const BEFORE_RESET_MS = 30
const DEFAULT_AFTER = 3

const refusalText = 'I can’t help with this request.'

type Play = { readonly pieces: readonly string[]; readonly stop: Ending['stop']; readonly reasoning: number }

/** What the model would write and where the output limit stops it. Hidden tokens count against the limit. */
const playOf = (asked: Asked, act: Act): Play => {
  const reasoning = Math.min(asked.hidden, asked.outputLimit)
  if (act.do === 'refusal') return { pieces: piecesOf(refusalText), stop: 'refused', reasoning }
  const pieces = piecesOf(replyTo(asked.thread, asked.ask))
  const room = act.do === 'limit' ? Math.ceil(pieces.length / 2) : asked.outputLimit - reasoning
  return room < pieces.length
    ? { pieces: pieces.slice(0, Math.min(room, asked.outputLimit - reasoning)), stop: 'limit', reasoning }
    : { pieces, stop: 'end', reasoning }
}

/** Pieces as they travel: two to five at once. */
const deltasOf = (pieces: readonly string[]): readonly (readonly string[])[] => {
  const deltas: (readonly string[])[] = []
  for (let at = 0; at < pieces.length; ) {
    const size = 2 + (deltas.length % 4)
    deltas.push(pieces.slice(at, at + size))
    at += size
  }
  return deltas
}

const usageOf = (asked: Asked, output: number, reasoning: number): Usage => ({
  ...asked.input,
  output,
  reasoning,
})

/** What the whole answer would cost: for calls that were never answered, but may have been worked on. */
export const wholeUsage = (asked: Asked, act: Act): Usage => {
  const { pieces, reasoning } = playOf(asked, act)
  return usageOf(asked, pieces.length, reasoning)
}

/** What was billed before anything was written. */
export const inputUsage = (asked: Asked): Usage => usageOf(asked, 0, 0)

const endingOf = (asked: Asked, id: string, play: Play, written: readonly string[]): Ending => ({
  id,
  text: written.join(''),
  stop: play.stop,
  usage: usageOf(asked, written.length, play.reasoning),
})

const bytesOf = (frame: Frame): Uint8Array => (typeof frame === 'string' ? Buffer.from(frame) : frame)

const write = async (answer: ServerResponse, frame: Frame): Promise<void> => {
  if (answer.destroyed || answer.write(frame)) return
  await Promise.race([once(answer, 'drain'), once(answer, 'close')])
}

type Accident = 'end' | 'reset' | 'stall' | 'frame'
const accidents: Partial<Record<Act['do'], Accident>> = {
  'early-end': 'end',
  'reset-mid-stream': 'reset',
  stall: 'stall',
  'error-mid-stream': 'frame',
  'failed-event': 'frame',
  garbage: 'frame',
  'bad-event': 'frame',
}

const accidentFrame = (frames: Frames, act: Act, ending: Ending): Frame => {
  if (act.do === 'failed-event') return frames.failed(ending)
  if (act.do === 'garbage') return frames.garbage
  return act.do === 'bad-event' ? frames.misshapen() : frames.error
}

const suffer = async (answer: ServerResponse, frames: Frames, act: Act, ending: Ending): Promise<void> => {
  const accident = accidents[act.do]
  if (accident === 'stall') await once(answer, 'close')
  else if (accident === 'reset') {
    await pause(BEFORE_RESET_MS)
    answer.socket?.resetAndDestroy()
  } else if (accident === 'frame') answer.end(accidentFrame(frames, act, ending))
  else answer.end()
}

const openStream = async (answer: ServerResponse, frames: Frames): Promise<void> => {
  const { streamType = 'text/event-stream; charset=utf-8' } = frames
  answer.writeHead(200, { 'content-type': streamType, 'cache-control': 'no-cache' })
  for (const frame of frames.opening) await write(answer, frame)
}

/** Streams an answer as the act says; resolves when it is whole, or cut by the act or by the reader. */
export const stream = async (
  answer: ServerResponse,
  asked: Asked,
  act: Act,
  frames: Frames,
  id: string,
): Promise<Performed> => {
  const play = playOf(asked, act)
  const written: string[] = []
  const delayMs = act.delayMs ?? (act.do === 'slow' ? SLOW_MS : 0)
  const breaksAfter = act.do in accidents ? (act.after ?? DEFAULT_AFTER) : Number.POSITIVE_INFINITY
  await openStream(answer, frames)
  for (const [count, delta] of deltasOf(play.pieces).entries()) {
    if (count >= breaksAfter) break
    if (delayMs > 0) await pause(delayMs)
    if (answer.destroyed) return { ended: 'cut', usage: usageOf(asked, written.length, play.reasoning) }
    await write(answer, frames.delta(delta.join('')))
    written.push(...delta)
  }
  const ending = endingOf(asked, id, play, written)
  if (act.do in accidents) {
    await suffer(answer, frames, act, ending)
    return { ended: 'cut', usage: ending.usage }
  }
  answer.end(Buffer.concat(frames.closing(ending).map(bytesOf)))
  return { ended: 'whole', usage: ending.usage }
}

/** Answers at once, when no stream was asked for. */
export const whole = (
  answer: ServerResponse,
  asked: Asked,
  act: Act,
  frames: Frames,
  id: string,
): Performed => {
  const play = playOf(asked, act)
  const ending = endingOf(asked, id, play, play.pieces)
  answer.writeHead(200, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(frames.whole(ending)))
  return { ended: 'whole', usage: ending.usage }
}
