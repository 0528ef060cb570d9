import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import { Refusal } from '../../domain/refusal.ts'

/** Characters that are written at once; what is read ahead of a slow reader is of this order. */
const CHUNK = 64 * 1024

/** Larger pieces of the lines. A device or member that was removed meanwhile gets no further one. */
const chunksOf = async function* (
  lines: AsyncIterable<string>,
  stillWelcome: () => Promise<boolean>,
): AsyncGenerator<string> {
  let chunk = ''
  for await (const line of lines) {
    chunk += line
    if (chunk.length < CHUNK) continue
    if (!(await stillWelcome())) throw new Refusal('session-ended', {})
    yield chunk
    chunk = ''
  }
  yield chunk
}

/** A file of lines, as it is written and as it is called. */
type File = { readonly type: string; readonly name: string; readonly lines: AsyncIterable<string> }

/** Writes a file as fast as the reader takes it. One who leaves ends the reading; that is nobody's fault. */
export const sendFile = async (
  response: Response,
  { type, name, lines }: File,
  stillWelcome: () => Promise<boolean>,
): Promise<void> => {
  response.type(type)
  response.setHeader('content-disposition', `attachment; filename="${name}"`)
  const chunks = Readable.from(chunksOf(lines, stillWelcome), { highWaterMark: 1 })
  try {
    await pipeline(chunks, response)
  } catch (error) {
    if (!hasLeft(error)) throw error
  }
}

const hasLeft = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'

/** The day of a moment (ms), by the clock in Greenwich, as files are named. */
export const utcDay = (at: number): string => new Date(at).toISOString().slice(0, 10)
