import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

const HOST = '127.0.0.1'

/** A message that a mail server took. */
type Mailed = {
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
  readonly secure: boolean
}

const portOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): number => {
  if (address === null || typeof address === 'string') throw new Error('the system gave no port')
  return address.port
}

type MailWish = Pick<SMTPServerOptions, 'secure' | 'cert' | 'key'> & {
  /** Who may hand mail over; without, everybody. */
  readonly login?: { readonly name: string; readonly password: string }
  /** Recipients that it does not know, with its code for that. */
  readonly unknown?: Readonly<Record<string, number>>
}

/** A real mail server. Without a certificate it offers no STARTTLS. */
export const startMailServer = async ({ login, unknown = {}, ...tls }: MailWish = {}) => {
  const mails: Mailed[] = []
  const logins: string[] = []
  const server = new SMTPServer({
    ...tls,
    disabledCommands: tls.cert === undefined ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    authOptional: login === undefined,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) => {
      logins.push(`${username}:${password}`)
      const isRight = username === login?.name && password === login?.password
      if (isRight) done(null, { user: username })
      else done(Object.assign(new Error('Invalid login'), { responseCode: 535 }))
    },
    onRcptTo: ({ address }, _session, done) => {
      const responseCode = unknown[address]
      if (responseCode === undefined) done()
      else done(Object.assign(new Error(`not today, ${address}`), { responseCode }))
    },
    onData: (stream, session, done) => {
      text(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        mails.push({ from, to: rcptTo.map(({ address }) => address), raw, secure: session.secure })
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  const listening = server.listen(0, HOST)
  await once(listening, 'listening')
  return {
    port: portOf(listening.address()),
    mails,
    logins,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

type Posted = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }

/** Who receives a webhook. It answers what is planned, one after the other, and otherwise 204. */
export const startReceiver = async () => {
  const posts: Posted[] = []
  const planned: ({ readonly status: number; readonly headers?: Record<string, string> } | 'silence')[] = []
  const server = createServer((request, response) => {
    text(request).then((body) => {
      posts.push({ path: request.url ?? '', headers: request.headers, body })
      const next = planned.shift() ?? { status: 204 }
      if (next !== 'silence') response.writeHead(next.status, next.headers).end()
    })
  }).listen(0, HOST)
  await once(server, 'listening')
  const port = portOf(server.address())
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    host: `${HOST}:${port}`,
    address: `http://${HOST}:${port}/hooks/T0/B0`,
    posts,
    plan: (...answers: typeof planned) => void planned.push(...answers),
    close,
    [Symbol.asyncDispose]: close,
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>

/** What Standard Webhooks says that the signature must be, computed apart from the vault's own words. */
export const signatureOf = (secret: string, { headers, body }: Posted): string => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`
}
