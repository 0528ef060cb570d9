import { resolve } from 'node:path'
import ours from '../../../wxt.config.ts'

const pseudo = resolve(import.meta.dirname, 'pseudo.ts')

const swaps = [
  [
    "import { english } from './english/english.ts'",
    `import { english as plain } from './english/english.ts'\nimport { pseudo } from ${JSON.stringify(pseudo)}\nconst english = pseudo(plain)`,
  ],
  ['export const languages = {', "export const languages = {\n  fa: { locale: 'fa-IR', words: english },"],
] as const

const swapped = (code: string, [from, to]: readonly [string, string]): string => {
  if (!code.includes(from)) throw new Error(`words.ts no longer says ${from}`)
  return code.replace(from, to)
}

/** The extension with a pseudo-language instead of English, and the same as Persian, which is read from the right. */
// biome-ignore lint/style/noDefaultExport: WXT reads its configuration from there
export default {
  ...ours,
  outDir: '.output/pseudo',
  vite: () => ({
    plugins: [
      {
        name: 'pseudo-language',
        enforce: 'pre' as const,
        transform: (code: string, id: string) =>
          id.endsWith('/extension/ui/words/words.ts') ? swaps.reduce(swapped, code) : undefined,
      },
    ],
  }),
}
