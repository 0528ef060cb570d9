import { Client } from 'pg'
import { z } from 'zod'
import { migrate } from '../server/store/database.ts'
import { openPostgres } from '../server/store/postgres.ts'
import { databaseAt, NAMES, onServer, SERVER_VARIABLE, TEMPLATE } from './engine.ts'
import { type PostgresServer, startPostgres } from './postgres-server.ts'

const Named = z.object({ datname: z.string() })

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

const serverOf = async (url: string | undefined): Promise<PostgresServer> =>
  url === undefined ? startPostgres() : { url, stop: () => dropAll(url) }

/** The server named in DATABASE_URL, or one of our own: started before the first file that needs it, gone after the last. */
export const setup = async (): Promise<() => Promise<void>> => {
  const { url, stop } = await serverOf(process.env.DATABASE_URL)
  await dropAll(url)
  await makeTemplate(url)
  process.env[SERVER_VARIABLE] = url
  return stop
}
