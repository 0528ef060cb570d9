import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'

const MAX_HEADER_BYTES = 16_384
/** How long a request may take to arrive whole. Answers, streams among them, have no such limit. */
const REQUEST_TIMEOUT_MS = 30_000
/** How long finished answers may still travel before their connections are closed. */
const LINGER_MS = 1_000

/** A server that listens. */
export type Listening = {
  /** The port; the system's choice when 0 was asked for. */
  readonly port: number
  /** Takes no new connection; at once. */
  refuse(): void
  /** Ends what is left: idle connections now, the others after a second. Resolves when none is open. */
  close(): Promise<void>
}

/** Listens with bounded headers and patience. Fails when the port is taken. */
export const listen = (
  app: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Listening> => {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, requestTimeout: REQUEST_TIMEOUT_MS }, app)
  const closed = new Promise<void>((resolve) => {
    server.once('close', resolve)
  })
  const close = async (): Promise<void> => {
    server.closeIdleConnections()
    const lingering = setTimeout(() => server.closeAllConnections(), LINGER_MS)
    await closed
    clearTimeout(lingering)
  }
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      const given = typeof address === 'object' && address !== null ? address.port : port
      resolve({ port: given, refuse: () => server.close(), close })
    })
  })
}

/** The address of a vault on loopback that was given none. */
export const loopbackOrigin = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`
