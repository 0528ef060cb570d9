import { execFile } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readConfiguration } from '../server/config.ts'
import { root } from './browser/extension.ts'
import { scratchFolder } from './scratch-folder.ts'
import { startVaultProcess } from './vault-process.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')
const dockerfile = read('server/Dockerfile')
const composeText = read('server/compose.yaml')

const Service = z.object({
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.unknown()).default({}),
  volumes: z.array(z.string()).default([]),
  configs: z.array(z.object({ source: z.string() })).default([]),
})
const Named = z.record(z.string(), z.unknown())
const Compose = z.object({ services: z.record(z.string(), Service), volumes: Named, configs: Named })

/** What an operator may put into the .env file besides. */
const wished: Readonly<Record<string, string>> = {
  OWNKEY_SMTP_URL: 'smtps://vault:N0tAPasswordEither@mail.example:465',
  OWNKEY_MAIL_FROM: 'Ownkey <alerts@example.com>',
}

/** What an operator has to put into it. */
const env: Readonly<Record<string, string>> = {
  OWNKEY_DOMAIN: 'vault.example.com',
  OWNKEY_MASTER_KEY: Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + at ** 2) % 256)).toString(
    'base64url',
  ),
  POSTGRES_PASSWORD: 'N0tAPasswordOfAnybody',
}

const filled = (text: string, values = env): string =>
  text.replaceAll(/\$\{(\w+)(:-)?[^}]*\}/g, (_, name: string, optional?: string) => {
    return values[name] ?? (optional === undefined ? `unknown variable ${name}` : '')
  })

/** The words of an instruction that is written in its exec form. */
const execForm = (pattern: RegExp): readonly string[] =>
  z.array(z.string()).parse(JSON.parse(pattern.exec(dockerfile)?.[1] ?? ''))

/** What the last stage copies from the repository. */
const copied = dockerfile
  .slice(dockerfile.lastIndexOf('FROM'))
  .split('\n')
  .flatMap((line) => /^COPY (?!--from)(\S+) \S+$/.exec(line)?.[1] ?? [])

test('the compose file names nothing that it does not have', () => {
  const { services, volumes, configs } = Compose.parse(parse(composeText))
  for (const { depends_on, volumes: mounts, configs: files } of Object.values(services)) {
    for (const name of Object.keys(depends_on)) expect(services).toHaveProperty(name)
    for (const mount of mounts) expect(volumes).toHaveProperty(mount.split(':')[0] ?? '')
    for (const { source } of files) expect(configs).toHaveProperty(source)
  }
})

test('the compose file starts vaults with settings that they accept, and explains every variable', () => {
  const environment = Compose.parse(parse(composeText)).services.vault?.environment ?? {}
  const settingsBy = (values = env) =>
    Object.fromEntries(Object.entries(environment).map(([name, text]) => [name, filled(text, values)]))
  const image = { HOST: '0.0.0.0', PORT: '8787' }
  expect(readConfiguration({ ...image, ...settingsBy() })).toMatchObject({
    mail: undefined,
    origin: 'https://vault.example.com',
    masterKey: env.OWNKEY_MASTER_KEY,
    databaseUrl: 'postgresql://ownkey:N0tAPasswordOfAnybody@postgres:5432/ownkey',
  })
  expect(readConfiguration({ ...image, ...settingsBy({ ...env, ...wished }) }).mail).toMatchObject({
    server: { host: 'mail.example', secure: true },
    from: wished.OWNKEY_MAIL_FROM,
  })
  for (const [, name] of composeText.matchAll(/\$\{(\w+)/g)) expect(composeText).toContain(`#   ${name}=`)
})

test('what the image copies is a whole vault: it starts, is found healthy, and stops when asked', async () => {
  const { path: folder, remove } = scratchFolder('image')
  const image = join(folder, 'ownkey')
  for (const part of copied) cpSync(join(root, part), join(image, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(image, 'node_modules'))
  const [node, cli = '', deed] = execForm(/^CMD (\[.*)$/m)
  expect([node, deed]).toEqual(['node_modules/.bin/node', 'start'])

  const vault = await startVaultProcess(folder, {}, join(image, cli))
  const [program = '', ...args] = execForm(/^HEALTHCHECK .*CMD (\[.*)$/m)
  const { port } = new URL(vault.address)
  const healthy = promisify(execFile)(join(image, program), args, { env: { PORT: port } })
  await expect(healthy).resolves.toMatchObject({ stderr: '' })
  expect(await vault.stop()).toBe(0)
  const sick = promisify(execFile)(join(image, program), args, { env: { PORT: port } })
  await expect(sick).rejects.toMatchObject({ code: 1 })
  remove()
})
