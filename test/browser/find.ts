import { execFile, spawn } from 'node:child_process'
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers'

/** Chrome 146 is the first whose developer protocol clicks an extension's button (`Extensions.triggerAction`). */
const OLDEST_MAJOR = 146

/** Milliseconds after which a browser that was asked for its version, or the download server, counts as silent. */
const VERSION_TIMEOUT_MS = 20_000
const DOWNLOAD_TIMEOUT_MS = 300_000

/** What a search for a browser looks at and does. The real machine is `thisMachine`; tests hand in another one. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly isRoot: boolean
  readonly isDebian: boolean
  readonly isExecutable: (path: string) => boolean
  /** Major version of the browser at a path; undefined when it does not start. */
  readonly majorOf: (path: string) => Promise<number | undefined>
  /** Downloads Chrome and gives its path. Throws when it cannot be had. */
  readonly download: (cacheFolder: string) => Promise<string>
  /** Runs a program to its end with its output shown. Throws when it fails. */
  readonly run: (program: string, args: readonly string[]) => Promise<void>
  readonly say: (line: string) => void
}

const namesOnPath = [
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
  'msedge',
]

const placesOf = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] => {
  if (platform === 'darwin')
    return [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ]
  if (platform === 'win32')
    return [environment.PROGRAMFILES, environment['PROGRAMFILES(X86)'], environment.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
        `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
      ])
  return [
    '/opt/google/chrome/chrome',
    '/opt/microsoft/msedge/msedge',
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
  ]
}

const onPath = ({ platform, environment }: Machine): string[] => {
  const folders = (environment.PATH ?? '').split(platform === 'win32' ? ';' : delimiter).filter(Boolean)
  const ending = platform === 'win32' ? '.exe' : ''
  return namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name + ending)))
}

const isGoodEnough = async (machine: Machine, path: string): Promise<boolean> => {
  const major = await machine.majorOf(path)
  if (major !== undefined && major >= OLDEST_MAJOR) return true
  const flaw = major === undefined ? 'does not start' : `is version ${major}, and ${OLDEST_MAJOR} is needed`
  machine.say(`${path} ${flaw}: looking further`)
  return false
}

const given = async (machine: Machine): Promise<string | undefined> => {
  const path = machine.environment.CHROME_PATH
  if (path === undefined || path === '') return undefined
  if (machine.isExecutable(path) && (await isGoodEnough(machine, path))) return path
  throw new Error(
    `CHROME_PATH names no browser that can be used: ${path}. Correct it, or unset it to have one looked for.`,
  )
}

const installed = async (machine: Machine): Promise<string | undefined> => {
  for (const path of [...onPath(machine), ...placesOf(machine.platform, machine.environment)])
    if (machine.isExecutable(path) && (await isGoodEnough(machine, path))) return path
  return undefined
}

const cacheFolderOf = ({ platform, environment }: Machine): string => {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? tmpdir(), 'ownkey', 'browsers')
  const home = environment.HOME ?? homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ownkey', 'browsers')
  return join(environment.XDG_CACHE_HOME ?? join(home, '.cache'), 'ownkey', 'browsers')
}

const downloaded = async (machine: Machine): Promise<string | undefined> => {
  const folder = cacheFolderOf(machine)
  machine.say(`No browser is installed: getting Chrome for Testing into ${folder}`)
  try {
    const path = await machine.download(folder)
    if (await isGoodEnough(machine, path)) return path
  } catch (error) {
    machine.say(
      `Chrome for Testing could not be had: ${error instanceof Error ? error.message : 'unknown reason'}`,
    )
  }
  return undefined
}

const byApt = async (machine: Machine): Promise<string | undefined> => {
  if (!machine.isDebian || !machine.isRoot) return undefined
  machine.say('Installing Debian’s Chromium: apt-get install chromium')
  try {
    await machine.run('apt-get', ['update', '-qq'])
    await machine.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'])
  } catch (error) {
    machine.say(`apt-get did not succeed: ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
  return installed(machine)
}

const nothingWorked = `No browser could be found or installed. Do one of these, then run the command again:
  - install Chrome, Chromium or Edge (version ${OLDEST_MAJOR} or later)
  - set CHROME_PATH to the program of such a browser
  - on Debian: sudo apt-get update && sudo apt-get install chromium`

/**
 * Path of a Chrome, Chromium or Edge that can run the tests: `CHROME_PATH`, then what is installed, then Chrome for Testing
 * in the user's cache, then Debian's package. Says each step on one line; throws with what to do when nothing works.
 */
export const findChromium = async (machine: Machine = thisMachine()): Promise<string> => {
  for (const way of [given, installed, downloaded, byApt]) {
    const path = await way(machine)
    if (path === undefined) continue
    machine.say(`Browser: ${path}`)
    return path
  }
  throw new Error(nothingWorked)
}

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const isDebian = (): boolean => {
  try {
    return /^ID=["']?debian["']?$/m.test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

const firstNumber = (text: string | undefined): number | undefined => {
  const [, major] = /(\d+)\.\d+\.\d+/.exec(text ?? '') ?? []
  return major === undefined ? undefined : Number(major)
}

/** On Windows `--version` opens a window instead of answering, but a folder beside the program is named after its version. */
const majorOf = async (path: string): Promise<number | undefined> => {
  try {
    if (process.platform === 'win32') return firstNumber(readdirSync(dirname(path)).join('\n'))
    const { stdout } = await promisify(execFile)(path, ['--version'], { timeout: VERSION_TIMEOUT_MS })
    return firstNumber(stdout)
  } catch {
    return undefined
  }
}

const within = async <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> => {
  const alarm = Promise.withResolvers<never>()
  const timer = setTimeout(() => alarm.reject(new Error('no answer in time')), milliseconds)
  return Promise.race([work, alarm.promise]).finally(() => clearTimeout(timer))
}

const download = async (cacheDir: string): Promise<string> => {
  const platform = detectBrowserPlatform()
  if (platform === undefined) throw new Error('there is no Chrome for this system')
  const buildId = await within(VERSION_TIMEOUT_MS, resolveBuildId(Browser.CHROME, platform, 'stable'))
  const installDeps = process.platform === 'linux' && process.getuid?.() === 0
  const chrome = install({ browser: Browser.CHROME, buildId, cacheDir, installDeps })
  return (await within(DOWNLOAD_TIMEOUT_MS, chrome)).executablePath
}

const run = async (program: string, args: readonly string[]): Promise<void> => {
  const ended = Promise.withResolvers<void>()
  const child = spawn(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  child.on('error', ended.reject)
  child.on('exit', (code) =>
    code === 0 ? ended.resolve() : ended.reject(new Error(`${program} ended with ${code}`)),
  )
  return ended.promise
}

/** The machine that this program runs on; it speaks on stderr, so that stdout stays the caller's. */
export const thisMachine = (
  say = (line: string): void => void process.stderr.write(`${line}\n`),
): Machine => ({
  platform: process.platform,
  environment: process.env,
  isRoot: process.getuid?.() === 0,
  isDebian: isDebian(),
  isExecutable,
  majorOf,
  download,
  run,
  say,
})

if (import.meta.main) {
  try {
    await findChromium()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
