import { describe, expect, test } from 'vitest'
import type { Machine } from './find/machine.ts'
import { findChromium, findFirefox } from './find.ts'

type Wish = Partial<Machine> & { readonly has?: readonly string[] }

const machine = ({ has = [], ...wish }: Wish): { machine: Machine; said: string[]; ran: string[] } => {
  const said: string[] = []
  const ran: string[] = []
  const present = new Set(has)
  return {
    said,
    ran,
    machine: {
      platform: 'linux',
      environment: { PATH: '/usr/local/bin:/usr/bin', HOME: '/home/ann' },
      isRoot: false,
      isDebian: true,
      isExecutable: (path) => present.has(path),
      majorOf: async () => 156,
      download: async () => {
        throw new Error('no way to the download server')
      },
      run: async (program, args) => {
        ran.push([program, ...args].join(' '))
        if (args[0] === 'install') present.add(`/usr/bin/${args.at(-1)}`)
      },
      say: (line) => said.push(line),
      ...wish,
    },
  }
}

describe('looking for a browser', () => {
  test('takes what CHROME_PATH names before anything else', async () => {
    const { machine: here } = machine({
      has: ['/opt/mine', '/usr/bin/chromium'],
      environment: { PATH: '/usr/bin', CHROME_PATH: '/opt/mine' },
    })
    expect(await findChromium(here)).toBe('/opt/mine')
  })

  test('says so when CHROME_PATH names nothing, instead of taking another browser', async () => {
    const environment = { PATH: '/usr/bin', CHROME_PATH: '/opt/gone' }
    const { machine: here } = machine({ has: ['/usr/bin/chromium'], environment })
    await expect(findChromium(here)).rejects.toThrow(
      'CHROME_PATH names no browser that can be used: /opt/gone',
    )
  })

  test('prefers Chrome on the PATH to Chromium', async () => {
    const { machine: here } = machine({ has: ['/usr/bin/chromium', '/usr/bin/google-chrome'] })
    expect(await findChromium(here)).toBe('/usr/bin/google-chrome')
  })

  test('finds Edge on Windows and Chrome on a Mac at their usual places', async () => {
    const edge = 'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe'
    const windows = machine({ platform: 'win32', has: [edge], environment: { PROGRAMFILES: 'C:\\Programs' } })
    expect(await findChromium(windows.machine)).toBe(edge)
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    const mac = machine({ platform: 'darwin', has: [chrome], environment: {} })
    expect(await findChromium(mac.machine)).toBe(chrome)
  })

  test('passes over one that does not start and one that is too old, and says why', async () => {
    const majors: Record<string, number> = { '/usr/bin/chromium': 120, '/opt/google/chrome/chrome': 156 }
    const { machine: here, said } = machine({
      has: ['/usr/bin/google-chrome', '/usr/bin/chromium', '/opt/google/chrome/chrome'],
      majorOf: async (path) => majors[path],
    })
    expect(await findChromium(here)).toBe('/opt/google/chrome/chrome')
    expect(said).toContain('/usr/bin/google-chrome does not start: looking further')
    expect(said).toContain('/usr/bin/chromium is version 120, and 146 is needed: looking further')
  })

  test('downloads one into the user’s own cache when none is installed', async () => {
    const folders: string[] = []
    const { machine: here } = machine({
      download: async (product, folder) => {
        folders.push(folder)
        return `${folder}/${product}`
      },
    })
    expect(await findChromium(here)).toBe('/home/ann/.cache/ownkey/browsers/chrome')
    expect(folders).toEqual(['/home/ann/.cache/ownkey/browsers'])
  })

  test('installs Debian’s Chromium as root when nothing can be downloaded', async () => {
    const { machine: here, ran } = machine({ isRoot: true })
    expect(await findChromium(here)).toBe('/usr/bin/chromium')
    expect(ran).toEqual(['apt-get update -qq', 'apt-get install -y -qq --no-install-recommends chromium'])
  })

  test.for([
    ['somebody who is not root', { isRoot: false, isDebian: true }],
    ['another system than Debian', { isRoot: true, isDebian: false }],
  ] as const)('touches no packages of %s, and says what to do', async ([, wish]) => {
    const { machine: here, ran } = machine(wish)
    await expect(findChromium(here)).rejects.toThrow(
      /install Chrome, Chromium or Edge[\s\S]*CHROME_PATH[\s\S]*apt-get/,
    )
    expect(ran).toEqual([])
  })
})

describe('looking for Firefox', () => {
  test('takes what FIREFOX_PATH names, and never what CHROME_PATH names', async () => {
    const environment = { PATH: '/usr/bin', FIREFOX_PATH: '/opt/mine', CHROME_PATH: '/opt/gone' }
    const { machine: here } = machine({ has: ['/opt/mine', '/usr/bin/firefox-esr'], environment })
    expect(await findFirefox(here)).toBe('/opt/mine')
    const wrong = machine({ environment: { FIREFOX_PATH: '/opt/gone' } })
    await expect(findFirefox(wrong.machine)).rejects.toThrow('FIREFOX_PATH names no browser that can be used')
  })

  test('takes the long-term release before another, and installs nothing where one is there', async () => {
    const { machine: here, ran } = machine({
      isRoot: true,
      has: ['/usr/bin/firefox', '/usr/bin/firefox-esr'],
    })
    expect(await findFirefox(here)).toBe('/usr/bin/firefox-esr')
    expect(ran).toEqual([])
  })

  test('passes over one that the extension does not run in', async () => {
    const majors: Record<string, number> = { '/usr/bin/firefox-esr': 128, '/usr/bin/firefox': 153 }
    const { machine: here, said } = machine({
      has: Object.keys(majors),
      majorOf: async (path) => majors[path],
    })
    expect(await findFirefox(here)).toBe('/usr/bin/firefox')
    expect(said).toContain('/usr/bin/firefox-esr is version 128, and 140 is needed: looking further')
  })

  test('installs Debian’s as root, before anything is downloaded', async () => {
    const { machine: here, ran } = machine({ isRoot: true })
    expect(await findFirefox(here)).toBe('/usr/bin/firefox-esr')
    expect(ran).toEqual(['apt-get update -qq', 'apt-get install -y -qq --no-install-recommends firefox-esr'])
  })

  test('downloads Mozilla’s own where no package can be installed', async () => {
    const { machine: here } = machine({ download: async (product, folder) => `${folder}/${product}` })
    expect(await findFirefox(here)).toBe('/home/ann/.cache/ownkey/browsers/firefox')
  })

  test('is found on a Mac and on Windows, and else the person reads what to do', async () => {
    const mac = '/Applications/Firefox.app/Contents/MacOS/firefox'
    expect(await findFirefox(machine({ platform: 'darwin', has: [mac], environment: {} }).machine)).toBe(mac)
    const windows = 'C:\\Programs\\Mozilla Firefox\\firefox.exe'
    const environment = { PROGRAMFILES: 'C:\\Programs' }
    expect(await findFirefox(machine({ platform: 'win32', has: [windows], environment }).machine)).toBe(
      windows,
    )
    await expect(findFirefox(machine({ isDebian: false }).machine)).rejects.toThrow(
      /install Firefox[\s\S]*FIREFOX_PATH[\s\S]*apt-get install firefox-esr/,
    )
  })
})
