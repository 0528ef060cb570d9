/** What a folder (or a file that stands for itself) may import. The longest matching path is the row of a file. */
export type Row = {
  readonly rooms: readonly string[]
  /** Packages and `node:` modules; `any` for the rooms that are the border to a library. */
  readonly packages: readonly string[] | 'any'
  /** Rooms of which only types may be taken. */
  readonly typesOf?: readonly string[]
}

const allOfServer = [
  'server/main.ts',
  'server/open.ts',
  'server/alerting.ts',
  'server/jobs.ts',
  'server/metrics.ts',
  'server/commands',
  'server/app.ts',
  'server/config.ts',
  'server/http',
  'server/domain',
  'server/providers',
  'server/outbound',
  'server/crypto',
  'server/store',
  'shared',
]

const belowSurfaces = [
  'extension/vault',
  'extension/local',
  'extension/ui',
  'extension/messages.ts',
  'shared',
]

/**
 * Who may import whom: the picture of the README as a table. A folder without a row fails, so that a new room is a decision
 * and not an accident. Every room may import itself.
 */
export const directions: Readonly<Record<string, Row>> = {
  shared: { rooms: [], packages: ['zod'] },

  'server/main.ts': { rooms: [...allOfServer, 'package.json'], packages: 'any' },
  'server/open.ts': { rooms: allOfServer, packages: 'any' },
  'server/alerting.ts': { rooms: allOfServer, packages: 'any' },
  'server/metrics.ts': {
    rooms: ['server/http', 'server/domain', 'shared'],
    packages: ['prom-client', 'node:crypto'],
  },
  'server/jobs.ts': {
    rooms: ['server/open.ts', 'server/alerting.ts', 'server/domain', 'shared'],
    packages: ['pino'],
  },
  'server/cli.ts': {
    rooms: ['server/commands', 'server/config.ts', 'server/crypto'],
    packages: ['node:util'],
  },
  'server/commands': { rooms: allOfServer, packages: 'any' },
  'server/config.ts': { rooms: ['shared'], packages: ['zod', 'node:os', 'node:path'] },
  'server/app.ts': {
    rooms: ['server/http', 'server/domain', 'shared'],
    packages: ['express', 'helmet', 'pino'],
  },
  'server/http': {
    rooms: ['server/domain', 'shared'],
    packages: [
      'express',
      'zod',
      'pino',
      'pino-http',
      'node:http',
      'node:stream',
      'node:stream/promises',
      'node:timers/promises',
    ],
  },
  'server/domain': { rooms: ['shared'], packages: ['zod'] },
  'server/providers': {
    rooms: ['server/outbound', 'server/domain', 'shared'],
    packages: [
      '@anthropic-ai/bedrock-sdk',
      '@anthropic-ai/sdk',
      '@aws-sdk/client-bedrock',
      'gpt-tokenizer',
      'openai',
      'zod',
    ],
  },
  'server/outbound': { rooms: ['server/domain', 'shared'], packages: 'any' },
  'server/crypto': { rooms: ['server/domain', 'shared'], packages: 'any' },
  'server/store': {
    rooms: ['server/domain', 'shared'],
    packages: ['kysely', 'p-limit', 'pg', 'zod', 'node:sqlite', 'node:fs', 'node:path'],
  },

  'extension/messages.ts': { rooms: ['shared'], packages: ['zod'] },
  'extension/entrypoints': {
    rooms: [
      'extension/background',
      'extension/page',
      'extension/assistant',
      'extension/popup',
      'extension/options',
      'extension/pair',
      ...belowSurfaces,
    ],
    packages: 'any',
  },
  'extension/background': { rooms: belowSurfaces, packages: 'any' },
  'extension/page': { rooms: [], packages: ['wxt'], typesOf: ['extension/messages.ts', 'shared'] },
  'extension/assistant': { rooms: belowSurfaces, packages: 'any' },
  'extension/popup': { rooms: belowSurfaces, packages: 'any' },
  'extension/options': { rooms: belowSurfaces, packages: 'any' },
  'extension/pair': { rooms: belowSurfaces, packages: 'any' },
  'extension/ui': {
    rooms: ['extension/vault', 'extension/local', 'extension/messages.ts', 'shared'],
    packages: 'any',
  },
  'extension/vault': {
    rooms: ['extension/local', 'extension/messages.ts', 'shared'],
    packages: ['zod', 'jose', 'eventsource-parser', 'dexie'],
  },
  'extension/local': { rooms: ['extension/messages.ts', 'shared'], packages: ['zod', 'dexie', 'wxt'] },
  'extension/public': { rooms: [], packages: [] },

  test: {
    rooms: [...allOfServer, 'server/cli.ts', ...belowSurfaces, 'extension', 'wxt.config.ts'],
    packages: 'any',
  },
  'wxt.config.ts': { rooms: [], packages: ['wxt', 'vite'] },
}

/** Where the wall clock, chance and the environment may be read; everybody else gets them as arguments. */
export const mayReadTheWorld: readonly string[] = [
  'server/main.ts',
  'server/open.ts',
  'server/commands',
  'server/cli.ts',
  'server/config.ts',
  'extension/entrypoints',
  'test',
  'wxt.config.ts',
]

/** Everything that may stand at the top of the work tree. */
export const topLevel: readonly string[] = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'wxt.config.ts',
  'extension',
  'server',
  'shared',
  'test',
  'README.md',
  'LICENSE',
  'SECURITY.md',
  'CONTRIBUTING.md',
]
