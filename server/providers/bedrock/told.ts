import { AnthropicError, APIConnectionError, APIError, APIUserAbortError } from '@anthropic-ai/sdk'
import { z } from 'zod'
import { bedrockReason } from '../failures.ts'
import type { Protocol } from '../stream.ts'

/** AWS names errors in a header, sometimes with an address behind the name; in the middle of a stream it is the error's type, and begins small. */
const nameIn = (headers: Headers | undefined, type: string | null | undefined): string | undefined => {
  const name = headers?.get('x-amzn-errortype')?.split(':')[0] ?? type ?? undefined
  return name && name.charAt(0).toUpperCase() + name.slice(1)
}

/** An error of the SDK that lists, by its form: to know it by its class the SDK would have to be loaded. */
const ListError = z.object({
  name: z.string(),
  message: z.string(),
  $metadata: z.object({ httpStatusCode: z.int() }),
  $response: z.object({ headers: z.record(z.string(), z.string()) }).optional(),
})

/** What an error of a list tells. */
const toldByList = ({ name, message, $metadata, $response }: z.infer<typeof ListError>) => {
  const status = $metadata.httpStatusCode
  const headers = new Headers($response?.headers)
  return { status, headers, reason: bedrockReason({ status, code: name, type: undefined, says: message }) }
}

/** What an error of a call tells. */
const toldByCall = ({ status, headers, type, message }: APIError) => {
  const code = nameIn(headers, type)
  return { status, headers, reason: bedrockReason({ status, code, type: type ?? undefined, says: message }) }
}

const isBare = (error: unknown): error is Error =>
  error instanceof Error && Object.getPrototypeOf(error) === Error.prototype && !('code' in error)

/** AWS's event stream could not be read: those who decode it throw bare errors, and a message that was cut off is told apart by its words alone. */
const toldByDecoder = (error: Error) => ({
  status: undefined,
  headers: undefined,
  reason: error.message.startsWith('Truncated') ? ('ended-early' as const) : ('garbage' as const),
})

/** What the SDKs' errors tell: of the one that lists, of the one that calls, and of what both decode. */
export const told: Protocol['told'] = (error) => {
  const ofList = ListError.safeParse(error)
  if (ofList.success) return toldByList(ofList.data)
  if (error instanceof APIConnectionError || error instanceof APIUserAbortError) return undefined
  if (error instanceof APIError) return toldByCall(error)
  return error instanceof AnthropicError || isBare(error) ? toldByDecoder(error) : undefined
}
