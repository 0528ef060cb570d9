import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'

const loopback = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])

const isLoopback = (host: string): boolean => loopback.has(host)

/** Where alerts are handed over to be mailed. `secure`: TLS from the first byte. Holds a password. */
export type MailServer = {
  readonly host: string
  readonly port: number
  readonly secure: boolean
  readonly onLoopback: boolean
  readonly login: { readonly name: string; readonly password: string } | undefined
}

/** An https address, or http on loopback, without credentials, query or fragment. */
const address = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://vault.example' })
  .transform((text) => new URL(text))
  .refine((url) => url.protocol === 'https:' || isLoopback(url.hostname), 'must be https, except on loopback')
  .refine(
    (url) => url.username === '' && url.password === '' && url.search === '' && url.hash === '',
    'must hold no credentials, query or fragment',
  )

const providerAddress = address.transform((url) => url.href.replace(/\/$/, '')).optional()

const draftsPerHour = { error: 'must be a whole number from 1 to 100000' }

/** Hosts of the operator's own network to which webhooks may go, as they stand in addresses: `host:port`. */
const privateHosts = z
  .string()
  .transform((text) => text.split(',').map((host) => host.trim().toLowerCase()))
  .refine(
    (hosts) => hosts.every((host) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):\d{1,5}$/.test(host)),
    'must be a list such as chat.internal:8443,127.0.0.1:9000',
  )
  .default([])

const SMTP_PORTS: Readonly<Record<string, number>> = { 'smtp:': 25, 'smtps:': 465 }
const mailServerForm = 'must be an address such as smtps://name:password@mail.example:465'

/** Whether every sign that has a meaning in addresses is written as `%40` and the like. */
const isEncoded = (text: string): boolean => {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

/** A mail server with the login that it asks for. */
const mailServer = z
  .url({ protocol: /^smtps?$/, error: mailServerForm })
  .transform((text) => new URL(text))
  .refine(
    ({ hostname: host, pathname, search, hash }) =>
      host !== '' && ['', '/'].includes(pathname) && search === '' && hash === '',
    mailServerForm,
  )
  .refine(({ username, password }) => (username === '') === (password === ''), mailServerForm)
  .refine(({ username, password }) => isEncoded(`${username}:${password}`), mailServerForm)
  .transform(
    ({ protocol, hostname: host, port, username, password }): MailServer => ({
      host: host.replace(/^\[|\]$/g, ''),
      port: port === '' ? (SMTP_PORTS[protocol] ?? 0) : Number(port),
      secure: protocol === 'smtps:',
      onLoopback: isLoopback(host),
      login:
        username === ''
          ? undefined
          : { name: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  )
  .optional()

/** An address, or a name with one. */
const sender = /^(?:[^<>\r\n]{1,80} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/

const Environment = z.object({
  PORT: z.coerce
    .number({ error: 'must be a whole number from 0 to 65535' })
    .int()
    .min(0)
    .max(65_535)
    .default(8787),
  HOST: z.string().min(1).default('127.0.0.1'),
  OWNKEY_URL: address
    .refine((url) => url.pathname === '/', 'must be an origin, without a path')
    .transform((url) => url.origin)
    .optional(),
  OWNKEY_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'must be an address such as postgresql://ownkey:password@host:5432/ownkey',
    })
    .optional(),
  OWNKEY_MASTER_KEY: z.string().optional(),
  OWNKEY_MASTER_KEY_FILE: z.string().min(1).optional(),
  OWNKEY_ANTHROPIC_URL: providerAddress,
  OWNKEY_OPENAI_URL: providerAddress,
  OWNKEY_BEDROCK_URL: providerAddress,
  OWNKEY_PROVIDER_LABEL: z.string().trim().min(1).max(40).optional(),
  OWNKEY_DRAFTS_PER_HOUR: z.coerce
    .number(draftsPerHour)
    .int(draftsPerHour)
    .min(1, draftsPerHour)
    .max(100_000, draftsPerHour)
    .default(200),
  OWNKEY_PRIVATE_HOSTS: privateHosts,
  OWNKEY_SMTP_URL: mailServer,
  OWNKEY_MAIL_FROM: z
    .string()
    .trim()
    .max(320)
    .regex(sender, 'must be an address such as Ownkey <alerts@vault.example>')
    .optional(),
  OWNKEY_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  OWNKEY_LOG: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], {
      error: 'must be fatal, error, warn, info, debug or silent',
    })
    .default('info'),
  HOME: z.string().default('.'),
})

/** The operator's settings, parsed once. `origin` is undefined only on loopback, where it follows the port that the system gives. */
export type Configuration = {
  readonly port: number
  readonly host: string
  readonly hostname: string
  readonly origin: string | undefined
  readonly dataFolder: string
  /** A PostgreSQL database that several vaults may share; without one the vault has its own in the data folder. Holds a password. */
  readonly databaseUrl: string | undefined
  readonly masterKey: string | undefined
  readonly masterKeyFile: string
  /** Addresses in the place of providers' own. */
  readonly addresses: {
    readonly anthropic: string | undefined
    readonly openai: string | undefined
    readonly bedrock: string | undefined
  }
  readonly providerLabel: string | undefined
  /** Most drafts of one workspace in any 60 minutes. */
  readonly draftsPerHour: number
  /** `host:port` of the operator's own network to which webhooks may go, also by http. */
  readonly privateHosts: readonly string[]
  /** The mail server and whom its messages are from; undefined: no e-mail is sent. */
  readonly mail: { readonly server: MailServer; readonly from: string } | undefined
  /** What a reader of the metrics sends as Bearer token; without one they are read on loopback only. */
  readonly metricsToken: string | undefined
  readonly logLevel: string
}

/** A setting that the vault cannot start with. The message names the variable and the form it must have, never its value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
}

const explain = (error: z.ZodError): string =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')

const mailOf = ({
  OWNKEY_SMTP_URL: server,
  OWNKEY_MAIL_FROM: from,
}: z.infer<typeof Environment>): Configuration['mail'] => {
  if (server === undefined) return undefined
  if (from === undefined)
    throw new ConfigurationError(
      'OWNKEY_MAIL_FROM: needed with OWNKEY_SMTP_URL: whom e-mail is from, such as Ownkey <alerts@vault.example>',
    )
  return { server, from }
}

/** Reads the operator's settings. Throws ConfigurationError with one line for each variable that is wrong. */
export const readConfiguration = (environment: NodeJS.ProcessEnv): Configuration => {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(set)
  if (!parsed.success) throw new ConfigurationError(explain(parsed.error))
  const settings = parsed.data
  if (settings.OWNKEY_URL === undefined && !isLoopback(settings.HOST)) {
    throw new ConfigurationError(
      'OWNKEY_URL: needed when HOST is not loopback: the address that browsers use, such as https://vault.example',
    )
  }
  return {
    port: settings.PORT,
    host: settings.HOST,
    hostname: hostname(),
    origin: settings.OWNKEY_URL,
    dataFolder: resolve(settings.OWNKEY_DATA),
    databaseUrl: settings.DATABASE_URL,
    masterKey: settings.OWNKEY_MASTER_KEY,
    masterKeyFile: resolve(settings.OWNKEY_MASTER_KEY_FILE ?? `${settings.HOME}/.config/ownkey/master.key`),
    addresses: {
      anthropic: settings.OWNKEY_ANTHROPIC_URL,
      openai: settings.OWNKEY_OPENAI_URL,
      bedrock: settings.OWNKEY_BEDROCK_URL,
    },
    providerLabel: settings.OWNKEY_PROVIDER_LABEL,
    draftsPerHour: settings.OWNKEY_DRAFTS_PER_HOUR,
    privateHosts: settings.OWNKEY_PRIVATE_HOSTS,
    mail: mailOf(settings),
    metricsToken: settings.OWNKEY_METRICS_TOKEN,
    logLevel: settings.OWNKEY_LOG,
  }
}

const foreign =
  /^(ANTHROPIC_|OPENAI_|AWS_)|^(OWNKEY_MASTER_KEY|OWNKEY_METRICS_TOKEN|OWNKEY_SMTP_URL|DATABASE_URL)$/

/** Removes what the provider SDKs would read by themselves (another key, another address, extra headers), the master key and the passwords of the database and the mail server: whatever is started from here must not inherit them. */
export const forgetVariables = (environment: NodeJS.ProcessEnv): void => {
  for (const name of Object.keys(environment)) if (foreign.test(name)) delete environment[name]
}
