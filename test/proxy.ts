import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as listenAnywhere } from 'node:net'
import { pipeline } from 'node:stream'

const HOST = '127.0.0.1'

/** What stands before several vaults at their one address, and hands each request to one of them. */
export type VaultProxy = {
  readonly address: string
  /** The ports that the coming requests go to, in turns. Streams that are open stay where they are. */
  to(...ports: readonly number[]): void
  close(): Promise<void>
}

/** Below the ports that systems give to outgoing connections, one of which could take a port between our look and its use. */
const KEPT_PORTS = [20_000, 32_000] as const

/** A port that nobody uses at this moment, nor will by accident: for what must come back at the same one. */
export const freePort = async (): Promise<number> => {
  const port = randomInt(...KEPT_PORTS)
  const server = listenAnywhere()
  const taken = new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(true))
    server.once('listening', () => resolve(false))
  })
  server.listen(port, HOST)
  if (await taken) return freePort()
  server.close()
  await once(server, 'close')
  return port
}

const hand = (incoming: IncomingMessage, outgoing: ServerResponse, port: number | undefined): void => {
  const { method, url, headers } = incoming
  const upstream = request({ host: HOST, port, method, path: url, headers, agent: false })
  upstream.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    pipeline(answer, outgoing, () => {})
  })
  upstream.on('error', () => outgoing.destroy())
  outgoing.on('close', () => upstream.destroy())
  incoming.pipe(upstream)
}

/** Starts a proxy that has nobody behind it yet. The Host header stays what the browser sent. */
export const startProxy = async (): Promise<VaultProxy> => {
  let behind: readonly number[] = []
  let turn = 0
  const port = await freePort()
  const server = createServer((incoming, outgoing) => {
    turn += 1
    hand(incoming, outgoing, behind[turn % behind.length])
  }).listen(port, HOST)
  await once(server, 'listening')
  return {
    address: `http://${HOST}:${port}`,
    to: (...ports) => {
      behind = ports
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
