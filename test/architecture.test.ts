import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { english } from '../extension/ui/words/english/english.ts'
import { isFailure, slugs } from '../shared/problems.ts'
import { FailureReason } from '../shared/providers.ts'
import { directions, mayReadTheWorld, type Row, topLevel } from './architecture/directions.ts'
import {
  allFiles,
  codeFiles,
  importedFile,
  importsOf,
  packageOf,
  readText,
  root,
  type Source,
  textFiles,
} from './architecture/sources.ts'

/** About this many files fit a folder before it is grouped by noun. */
const FILES_IN_A_FOLDER = 18

const isIn = (path: string, room: string): boolean => path === room || path.startsWith(`${room}/`)

const rowOf = (path: string): { room: string; row: Row } | undefined => {
  const [room] = Object.keys(directions)
    .filter((one) => isIn(path, one))
    .toSorted((one, other) => other.length - one.length)
  const row = room === undefined ? undefined : directions[room]
  return room === undefined || row === undefined ? undefined : { room, row }
}

const code = codeFiles()
const texts = textFiles()

const complaintsAbout = (source: Source): string[] => {
  const here = rowOf(source.path)
  if (here === undefined) return [`${source.path}: this folder has no row in test/architecture/directions.ts`]
  const { room, row } = here
  return importsOf(source).flatMap(({ from, typeOnly }) => {
    const file = importedFile(source.path, from)
    if (file === undefined)
      return allowsPackage(row, from) ? [] : [`${source.path}: ${room} may not import ${from}`]
    if (isIn(file, room) || row.rooms.some((one) => isIn(file, one))) return []
    if (!row.typesOf?.some((one) => isIn(file, one)))
      return [`${source.path}: ${room} may not import ${file}`]
    return typeOnly ? [] : [`${source.path}: ${room} may take only types of ${file} (import type)`]
  })
}

const allowsPackage = ({ packages }: Row, from: string): boolean =>
  packages === 'any' || packages.includes(packageOf(from))

/** Lines of a source that match, comments left out, as `path:line: what`. */
const linesWith = (sources: readonly Source[], pattern: RegExp, what: string): string[] =>
  sources.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        /^\s*(\/\/|\*|\/\*)/.test(line) || !pattern.test(line) ? [] : [`${path}:${index + 1}: ${what}`],
      ),
  )

const product = code.filter(({ path }) => /^(extension|server|shared)\//.test(path))

describe('who may import whom', () => {
  test('follows the table of directions', () => {
    expect(code.flatMap(complaintsAbout)).toEqual([])
  })

  test('is said for every folder of the product', () => {
    const folders = ['extension', 'server'].flatMap((top) =>
      readdirSync(join(root, top), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || /\.tsx?$/.test(entry.name))
        .map(({ name }) => posix.join(top, name)),
    )
    expect(folders.filter((folder) => directions[folder] === undefined)).toEqual([])
  })

  test('names no room that is gone', () => {
    expect(Object.keys(directions).filter((room) => !existsSync(join(root, room)))).toEqual([])
  })

  test('gives an extension’s import of the server away, and a page script’s import of a value', () => {
    const bad = (path: string, text: string): string[] => complaintsAbout({ path, text })
    expect(bad('extension/vault/a.ts', "import { x } from '../../server/domain/refusal.ts'")).toHaveLength(1)
    expect(bad('extension/page/a.ts', "import { ToPage } from '../messages.ts'")).toHaveLength(1)
    expect(bad('extension/page/a.ts', "import type { ToPage } from '../messages.ts'")).toEqual([])
    expect(bad('extension/page/a.ts', "import { z } from 'zod'")).toHaveLength(1)
    expect(bad('server/domain/a.ts', "import { randomUUID } from 'node:crypto'")).toHaveLength(1)
    expect(bad('server/domain/a.ts', "const x = await import('express')")).toHaveLength(1)
    expect(bad('server/http/a.ts', "export { x } from '../store/keys.ts'")).toHaveLength(1)
    expect(bad('server/new-room/a.ts', '')).toHaveLength(1)
  })
})

describe('the code', () => {
  test('reads the clock, chance and the environment only where the program begins', () => {
    const elsewhere = product.filter(({ path }) => !mayReadTheWorld.some((room) => isIn(path, room)))
    expect(
      linesWith(
        elsewhere,
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bprocess\.env\b/,
        'time, chance and settings come in as arguments',
      ),
    ).toEqual([])
  })

  test('takes no side roads around the compiler', () => {
    const roads = /\bas any\b|@ts-ignore|@ts-nocheck|@ts-expect-error/
    const others = code.filter(({ path }) => !isIn(path, 'test'))
    expect(linesWith(others, roads, 'say the type')).toEqual([])
  })

  test('leaves no test out and none for later', () => {
    const specs = code.filter(({ path }) => path.endsWith('.test.ts') && path !== 'test/architecture.test.ts')
    const out = /\b(test|it|describe)\.(skip|only|todo|skipIf|runIf)\b|\bx(it|describe)\(/
    expect(linesWith(specs, out, 'a test runs or is not there')).toEqual([])
  })

  test('has no note to do something later', () => {
    const others = code.filter(({ path }) => path !== 'test/architecture.test.ts')
    const notes = others.filter(({ text }) => /\b(TODO|FIXME|XXX)\b/.test(text))
    expect(notes.map(({ path }) => `${path}: do it, or file an issue`)).toEqual([])
  })
})

describe('the work tree', () => {
  test('has nothing at its top but what the plan names', () => {
    const ignored = new Set(['node_modules', 'data', 'screenshots'])
    const present = readdirSync(root).filter((name) => !name.startsWith('.') && !name.endsWith('.log'))
    expect(present.filter((name) => !topLevel.includes(name) && !ignored.has(name))).toEqual([])
  })

  test('names files by what they are about, never by a drawer', () => {
    const drawer = /(^|[/-])(utils?|helpers?|common|lib|types|services?|managers?|misc)([./-]|$)/i
    expect(allFiles().filter((path) => drawer.test(path))).toEqual([])
  })

  test('groups a folder by noun when it grows', () => {
    const sizes = Map.groupBy(
      allFiles().filter((path) => /^(extension|server|shared)\//.test(path)),
      (path) => dirname(path),
    )
    const large = [...sizes].filter(([, files]) => files.length > FILES_IN_A_FOLDER)
    expect(large.map(([folder, files]) => `${folder} has ${files.length} files: group it by noun`)).toEqual(
      [],
    )
  })

  test('names no path of somebody’s machine and no package registry', () => {
    const paths = ['/root/', '/home/runner', '/Users/runner'].map((path) => RegExp.escape(path))
    const hosts = String.raw`https?://[^\s'"<>)]*(registry|artifactory|nexus|verdaccio|mirror)[^\s'"<>)]*`
    const pattern = new RegExp(`(?<![\\w.])(${paths.join('|')})|${hosts}`)
    const others = texts.filter(({ path }) => path !== 'test/architecture.test.ts')
    expect(others.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([])
  })

  test('has every file that its documents link to', () => {
    const links = texts
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => ({ path, target })),
      )
      .filter(({ target }) => !/^[a-z]+:/.test(target))
    const broken = links.filter(({ path, target }) => !existsSync(join(root, dirname(path), target)))
    expect(broken.map(({ path, target }) => `${path} links to ${target}, which is not there`)).toEqual([])
  })
})

describe('the dependencies', () => {
  const Manifest = z.object({
    dependencies: z.record(z.string(), z.string()),
    devDependencies: z.record(z.string(), z.string()),
    overrides: z.record(z.string(), z.string()),
  })
  const manifest = Manifest.parse(JSON.parse(readText('package.json')))

  test('are pinned to one version each', () => {
    const all = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.overrides,
    })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  test('have a checksum each and no download address, so that any registry serves', () => {
    const lock = readText('package-lock.json')
    expect(lock.match(/"resolved": "http[^"]*"/g)).toBeNull()
    expect(lock.match(/https?:\/\/[^"]*registry[^"]*/)).toBeNull()
  })

  test('are locked for every system, not only for the one where they were locked', () => {
    const Optional = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) })
    const Lock = z.object({ packages: z.record(z.string(), Optional) })
    const { packages } = Lock.parse(JSON.parse(readText('package-lock.json')))
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies))
    const names = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')))
    expect(wanted.filter((name) => !names.has(name))).toEqual([])
  })

  test('of what ships are named as such: the vault imports nothing that only tests have', () => {
    const used = code
      .filter(({ path }) => isIn(path, 'server') || isIn(path, 'shared'))
      .flatMap((source) => importsOf(source).map(({ from }) => packageOf(from)))
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    const missing = new Set(used.filter((name) => manifest.dependencies[name] === undefined))
    expect([...missing]).toEqual([])
  })
})

describe('every problem of the contract', () => {
  const says = (sources: readonly Source[], slug: string): boolean =>
    sources.some(({ text }) => text.includes(`'${slug}'`))

  test('is refused with somewhere in the vault', () => {
    const server = code.filter(({ path }) => isIn(path, 'server'))
    const named = slugs.filter((slug) => !isFailure({ slug }))
    expect(named.filter((slug) => !says(server, slug))).toEqual([])
  })

  test('of a provider’s failure is made in one place, of a reason that the vault finds', () => {
    const server = code.filter(({ path }) => isIn(path, 'server'))
    const byHand = server.filter(({ text }) => /(Refusal|problemOf)\(\s*'provider-/.test(text))
    expect(byHand.map(({ path }) => path)).toEqual([])
    expect(server.some(({ text }) => text.includes('failureProblem('))).toBe(true)
    const finders = server.filter(({ path }) => !isIn(path, 'server/domain/alerts'))
    expect(FailureReason.options.filter((reason) => !says(finders, reason))).toEqual([])
  })

  test('has words in the extension', () => {
    const words = code.filter(({ path }) => isIn(path, 'extension/ui/words'))
    const named = slugs.filter((slug) => !isFailure({ slug }))
    expect(named.filter((slug) => !says(words, slug))).toEqual([])
    expect(Object.keys(english.failures).toSorted()).toEqual(FailureReason.options.toSorted())
  })
})
