import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { root } from '../extension.ts'

const built = join(root, '.output/pseudo/chrome-mv3')

/** Builds the extension in the pseudo-language. One test file needs it, so it is built there and not shared. */
export const buildPseudo = async (): Promise<void> => {
  const wxt = join(root, 'node_modules/wxt/bin/wxt.mjs')
  const config = 'test/browser/languages/wxt.config.ts'
  const child = spawn(process.execPath, [wxt, 'build', '-c', config], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [said, complained, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  if (code !== 0)
    throw new Error(`The extension does not build in the pseudo-language:\n${said}${complained}`)
}

/** Puts the pseudo-language where a stage has its copy of the extension. */
export const speakPseudo = (extensionFolder: string): void => {
  rmSync(extensionFolder, { recursive: true })
  cpSync(built, extensionFolder, { recursive: true })
}
