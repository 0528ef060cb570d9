import { VaultProblem } from '../problem.ts'
import type { Call, Session } from '../session.ts'

/** A file travels whole. */
const FILE_TIMEOUT_MS = 600_000

const wholeOf = async (response: Response): Promise<Blob> => {
  try {
    return await response.blob()
  } catch (broken) {
    throw new VaultProblem('no-answer', { cause: broken })
  }
}

/** Reads a file of the vault, whole; `type` is what it must be written in. */
export const fileOf = async (
  session: Session,
  { path, query }: Pick<Call, 'path' | 'query'>,
  type: string,
): Promise<Blob> => {
  const signal = AbortSignal.timeout(FILE_TIMEOUT_MS)
  const response = await session.ask({ method: 'GET', path, query, signal })
  if (response.headers.get('content-type')?.startsWith(type) !== true) throw new VaultProblem('not-a-vault')
  return wholeOf(response)
}
