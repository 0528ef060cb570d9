import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, posix, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** What git ignores, and git itself. */
const ignored = new Set(['node_modules', '.output', '.wxt', '.git', 'data', 'screenshots'])

const textual = new Set(['.ts', '.tsx', '.json', '.md', '.html', '.css', '.cjs', '.svg', '.yml', ''])

/** One import as it is written. `typeOnly`: nothing of it is left at run time. */
type Import = { readonly from: string; readonly typeOnly: boolean }

/** A file of the work tree; `path` is relative to its top, with forward slashes. */
export type Source = { readonly path: string; readonly text: string }

const walk = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name) || entry.name.endsWith('.log')) return []
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })

export const allFiles = (): string[] => walk('.')

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

export const textFiles = (): Source[] =>
  allFiles()
    .filter((path) => textual.has(extname(path)) && path !== 'package-lock.json')
    .map((path) => ({ path, text: readText(path) }))

/** TypeScript sources of the product and its tests. */
export const codeFiles = (): Source[] => textFiles().filter(({ path }) => /\.tsx?$/.test(path))

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'/gm
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g

const onlyTypes = (clause: string | undefined): boolean => {
  const [, names] = /^\{([\s\S]*)\}$/.exec(clause?.trim() ?? '') ?? []
  if (names === undefined) return false
  const all = names.split(',').filter((name) => name.trim() !== '')
  return all.length > 0 && all.every((name) => /^\s*type\s/.test(name))
}

/** Biome's format (single quotes, one statement a line) makes imports readable by pattern; `export const … = '…'` has no `from` and no match. */
export const importsOf = ({ text }: Source): Import[] => [
  ...[...text.matchAll(statement)]
    .filter(([whole, , clause]) => clause !== undefined || /^\s*import\s+'/.test(whole))
    .map(([, type, clause, from = '']) => ({ from, typeOnly: type !== undefined || onlyTypes(clause) })),
  ...[...text.matchAll(dynamic)].map(([, from = '']) => ({ from, typeOnly: false })),
]

/** Path of an imported file relative to the top, or undefined when it is a package. */
export const importedFile = (importer: string, from: string): string | undefined =>
  from.startsWith('.') ? posix.join(dirname(importer), from) : undefined

/** `@scope/name/deep` → `@scope/name`; `node:` modules stay whole. */
export const packageOf = (from: string): string => {
  if (from.startsWith('node:')) return from
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/')
}
