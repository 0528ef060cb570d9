import { afterAll, expect, test } from 'vitest'
import { scratchFolder } from '../scratch-folder.ts'
import { runCommand } from '../vault-process.ts'

const { path: folder, remove } = scratchFolder('words')
afterAll(remove)

const ownkey = (...words: string[]) => runCommand(folder, words)

test('help names every command, and each says what it takes', async () => {
  const { code, output } = await ownkey('help')
  expect(code).toBe(0)
  const names = [...output.matchAll(/^ {2}([a-z-]+) {2,}\S/gm)].map(([, name]) => name ?? '')
  expect(names).toEqual(
    expect.arrayContaining(['start', 'backup', 'restore', 'doctor', 'verify', 'master-key']),
  )
  for (const name of ['backup', 'workspace']) {
    const help = await ownkey(name, '--help')
    expect(help, name).toMatchObject({ code: 0, errors: '' })
    expect(help.output).toContain(`ownkey ${name} `)
  }
})

test.for([
  [['no-such-thing'], /^There is no command no-such-thing\.\n/],
  [['toString'], /^There is no command toString\.\n/],
  [['doctor', '--jason'], /^Unknown option '--jason'\. It takes: ownkey doctor \[--json\]\n$/],
  [['doctor', 'now'], /^Unexpected argument 'now'\. It takes: ownkey doctor \[--json\]\n$/],
  [['seal', '--now'], /^Unknown option '--now'\. It takes: ownkey seal\n$/],
  [['backup', '--out'], /argument missing\. It takes: ownkey backup --out FILE/],
] as const)('words that are not understood end with 2 and a sentence: %s', async ([words, says]) => {
  const { code, output, errors } = await ownkey(...words)
  expect({ code, output }).toEqual({ code: 2, output: '' })
  expect(errors).toMatch(says)
})

test.for([
  [['backup'], /^Say where to: --out FILE\n$/],
  [
    ['backup', '--out', 'a.age'],
    /^Say for whom: --recipient age1… or --passphrase-file FILE, one of the two\.\n$/,
  ],
  [['backup', '--out', 'a.age', '--recipient', 'age1nonsense'], /^This recipient is none\./],
  [['backup', '--out', 'a.age', '--passphrase-file', 'nowhere'], /^There is no file nowhere\.\n$/],
  [['restore'], /^Name the one backup to restore\.\n$/],
  [['restore', 'a.age'], /^Say what opens it: /],
  [['verify'], /^Name the one export to verify\.\n$/],
  [['master-key', 'turn'], /^ownkey master-key new --out FILE, or ownkey master-key rotate\n$/],
] as const)('what is missing is said in a sentence: %s', async ([words, says]) => {
  const { code, output, errors } = await ownkey(...words)
  expect({ code, output }).toEqual({ code: 1, output: '' })
  expect(errors).toMatch(says)
})
