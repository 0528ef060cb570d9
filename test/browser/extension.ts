import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export const root = resolve(import.meta.dirname, '../..')

const output = join(root, '.output')
const lock = join(output, 'build.lock')
const sources = ['extension', 'shared', 'wxt.config.ts', 'package.json']

/** The browser that an extension is built for. */
export type Target = 'chrome' | 'firefox'

/** Milliseconds between two looks at a lock that another process holds. */
const LOCK_POLL_MS = 100

const filesUnder = (path: string): string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true, encoding: 'utf8' })
        .map((name) => join(path, name))
        .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    : [path]

/** Changes when a source is written, added or removed. */
const fingerprint = (): string => {
  const hash = createHash('sha256')
  const files = sources.flatMap((source) => filesUnder(join(root, source))).toSorted()
  for (const file of files) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${file}\n${mtimeMs}\n${size}\n`)
  }
  return hash.digest('hex')
}

const textOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const tryLock = (): boolean => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const owner = Number(textOf(lock))
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true })
    return false
  }
}

const locked = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  mkdirSync(dirname(lock), { recursive: true })
  while (!tryLock()) await pause(LOCK_POLL_MS)
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

const wxtBuild = async (target: Target): Promise<void> => {
  const ended = Promise.withResolvers<void>()
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
  const child = spawn(process.execPath, [wxt, 'build', '--browser', target, '--mv3'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  child.stdout.on('data', (part) => said.push(part))
  child.stderr.on('data', (part) => said.push(part))
  child.on('error', ended.reject)
  child.on('exit', (code) =>
    code === 0
      ? ended.resolve()
      : ended.reject(new Error(`The extension does not build:\n${Buffer.concat(said).toString()}`)),
  )
  return ended.promise
}

/**
 * Copies the extension as it is built for `target` to `folder`, building it first when a source changed since the last build. Safe to
 * call from several processes at once: one builds, the others wait; a copy is never touched by a later build.
 */
export const copyExtension = (folder: string, target: Target = 'chrome'): Promise<void> =>
  locked(async () => {
    const built = join(output, `${target}-mv3`)
    const stamp = `${built}.stamp`
    const wanted = fingerprint()
    if (textOf(stamp) !== wanted || textOf(join(built, 'manifest.json')) === undefined) {
      rmSync(stamp, { force: true })
      await wxtBuild(target)
      writeFileSync(stamp, wanted)
    }
    cpSync(built, folder, { recursive: true })
  })
