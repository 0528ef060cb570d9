import type { z } from 'zod'
import { CONTRACT, CONTRACT_HEADER } from '../../shared/contract.ts'
import { Problem } from '../../shared/problems.ts'
import { VaultProblem } from './problem.ts'

/** One request to a vault. `body` is in wire form already. */
export type VaultRequest = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** Statuses by which a proxy says that the vault behind it does not answer. */
const proxyFailures = [502, 503, 504]

const json = /^application\/(problem\+)?json\b/i
const isJson = (response: Response): boolean => json.test(response.headers.get('content-type') ?? '')

const headersOf = ({ body, headers }: VaultRequest): Record<string, string> => ({
  [CONTRACT_HEADER]: String(CONTRACT),
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  ...headers,
})

const initOf = (request: VaultRequest): RequestInit => ({
  method: request.method,
  headers: headersOf(request),
  ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  ...(request.signal === undefined ? {} : { signal: request.signal }),
  credentials: 'omit',
  redirect: 'error',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
})

/** Which side to update when the vault serves these contracts and not ours. */
export const contractProblem = (served: readonly number[]): VaultProblem =>
  new VaultProblem(served.every((each) => each < CONTRACT) ? 'vault-too-old' : 'extension-too-old')

const refusalOf = async (response: Response): Promise<VaultProblem> => {
  if (!isJson(response))
    return new VaultProblem(proxyFailures.includes(response.status) ? 'no-answer' : 'not-a-vault')
  const problem = Problem.safeParse(await jsonOf(response))
  if (!problem.success) return new VaultProblem('not-a-vault')
  const refused = problem.data
  return refused.slug === 'contract-not-served'
    ? contractProblem(refused.facts.served)
    : new VaultProblem(refused)
}

const jsonOf = async (response: Response): Promise<unknown> => {
  const text = await response.text()
  try {
    return JSON.parse(text)
  } catch {
    throw new VaultProblem('not-a-vault')
  }
}

/** Sends the request. Resolves only with a success; a refusal, silence or a foreign answer is thrown as a VaultProblem. */
export const send = async (request: VaultRequest): Promise<Response> => {
  const response = await unlessSilent(request.signal, () => fetch(request.url, initOf(request)))
  if (response.ok) return response
  throw await unlessSilent(request.signal, () => refusalOf(response))
}

/** Reads a success as JSON by its schema. */
export const readJson = async <Schema extends z.ZodType>(
  response: Response,
  schema: Schema,
  signal?: AbortSignal,
): Promise<z.output<Schema>> => {
  if (!isJson(response)) throw new VaultProblem('not-a-vault')
  const answer = schema.safeParse(await unlessSilent(signal, () => jsonOf(response)))
  if (!answer.success) throw new VaultProblem('not-a-vault')
  return answer.data
}

/** Whatever breaks while bytes travel is silence of the vault, unless it is a problem already or the caller stopped. */
const unlessSilent = async <Result>(
  signal: AbortSignal | undefined,
  travel: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await travel()
  } catch (broken) {
    if (broken instanceof VaultProblem) throw broken
    if (signal?.aborted && !isTimeout(signal.reason)) throw signal.reason
    throw new VaultProblem('no-answer', { cause: broken })
  }
}

const isTimeout = (reason: unknown): boolean =>
  reason instanceof DOMException && reason.name === 'TimeoutError'
