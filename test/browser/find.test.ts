import { describe, expect, test } from 'vitest'
import { findChromium, type Machine } from './find.ts'

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
        if (args[0] === 'install') present.add('/usr/bin/chromium')
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
      download: async (folder) => {
        folders.push(folder)
        return `${folder}/chrome`
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
