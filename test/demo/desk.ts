import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const pages = join(import.meta.dirname, '../pages')

const served: Record<string, readonly [file: string, type: string]> = {
  '/tickets/4812': ['ticket.html', 'text/html; charset=utf-8'],
  '/tickets/ticket.css': ['ticket.css', 'text/css; charset=utf-8'],
}

/** A help desk that knows nothing of Ownkey: one ticket at `address`, on another origin than the vault. */
export type Desk = { readonly address: string; close(): Promise<void> }

/** Opens the help desk at `desk.test`, a name that only the stage's Chromium resolves. */
export const openDesk = async (): Promise<Desk> => {
  const server = createServer((request, response) => {
    const [file, type] = served[request.url ?? ''] ?? []
    if (file === undefined || type === undefined) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': type }).end(readFileSync(join(pages, file)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `http://desk.test:${port}/tickets/4812`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
