import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { chromium, firefox, type Kind, type Way } from './find/kinds.ts'
import { type Machine, thisMachine } from './find/machine.ts'

type Search = (machine: Machine, kind: Kind) => Promise<string | undefined>

const onPath = ({ platform, environment }: Machine, { namesOnPath }: Kind): string[] => {
  const folders = (environment.PATH ?? '').split(platform === 'win32' ? ';' : delimiter).filter(Boolean)
  const ending = platform === 'win32' ? '.exe' : ''
  return namesOnPath.flatMap((name) => folders.map((folder) => join(folder, name + ending)))
}

const isGoodEnough = async (machine: Machine, { oldest }: Kind, path: string): Promise<boolean> => {
  const major = await machine.majorOf(path)
  if (major !== undefined && major >= oldest) return true
  const flaw = major === undefined ? 'does not start' : `is version ${major}, and ${oldest} is needed`
  machine.say(`${path} ${flaw}: looking further`)
  return false
}

const given: Search = async (machine, kind) => {
  const { variable } = kind
  const path = machine.environment[variable]
  if (path === undefined || path === '') return undefined
  if (machine.isExecutable(path) && (await isGoodEnough(machine, kind, path))) return path
  throw new Error(
    `${variable} names no browser that can be used: ${path}. Correct it, or unset it to have one looked for.`,
  )
}

const installed: Search = async (machine, kind) => {
  for (const path of [...onPath(machine, kind), ...kind.places(machine.platform, machine.environment)])
    if (machine.isExecutable(path) && (await isGoodEnough(machine, kind, path))) return path
  return undefined
}

const cacheFolderOf = ({ platform, environment }: Machine): string => {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? tmpdir(), 'ownkey', 'browsers')
  const home = environment.HOME ?? homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ownkey', 'browsers')
  return join(environment.XDG_CACHE_HOME ?? join(home, '.cache'), 'ownkey', 'browsers')
}

const downloaded: Search = async (machine, kind) => {
  const folder = cacheFolderOf(machine)
  const { downloadName, product } = kind
  machine.say(`No ${kind.programs} is installed: getting ${downloadName} into ${folder}`)
  try {
    const path = await machine.download(product, folder)
    if (await isGoodEnough(machine, kind, path)) return path
  } catch (error) {
    machine.say(
      `${downloadName} could not be had: ${error instanceof Error ? error.message : 'unknown reason'}`,
    )
  }
  return undefined
}

const byApt: Search = async (machine, kind) => {
  const { debianPackage } = kind
  if (!machine.isDebian || !machine.isRoot) return undefined
  machine.say(`Installing Debian’s package: apt-get install ${debianPackage}`)
  try {
    await machine.run('apt-get', ['update', '-qq'])
    await machine.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage])
  } catch (error) {
    machine.say(`apt-get did not succeed: ${error instanceof Error ? error.message : 'unknown reason'}`)
  }
  return installed(machine, kind)
}

const nothingWorked = ({ programs, oldest, variable, debianPackage }: Kind): string =>
  `No ${programs} could be found or installed. Do one of these, then run the command again:
  - install ${programs} (version ${oldest} or later)
  - set ${variable} to the program of such a browser
  - on Debian: sudo apt-get update && sudo apt-get install ${debianPackage}`

const searches: Readonly<Record<Way, Search>> = { given, installed, downloaded, 'by-apt': byApt }

const find = async (machine: Machine, kind: Kind): Promise<string> => {
  for (const way of kind.ways) {
    const path = await searches[way](machine, kind)
    if (path === undefined) continue
    machine.say(`Browser: ${path}`)
    return path
  }
  throw new Error(nothingWorked(kind))
}

/**
 * Path of a Chrome, Chromium or Edge that can run the tests: `CHROME_PATH`, then what is installed, then Chrome for Testing
 * in the user's cache, then Debian's package. Says each step on one line; throws with what to do when nothing works.
 */
export const findChromium = (machine: Machine = thisMachine()): Promise<string> => find(machine, chromium)

/** The same for Firefox: `FIREFOX_PATH`, then what is installed, then Debian's firefox-esr, then Mozilla's own in the user's cache. */
export const findFirefox = (machine: Machine = thisMachine()): Promise<string> => find(machine, firefox)

if (import.meta.main) {
  try {
    await findChromium()
    await findFirefox()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
