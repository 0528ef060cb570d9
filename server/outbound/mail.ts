import { createTransport } from 'nodemailer'
import { z } from 'zod'
import type { Mail, Tried } from '../domain/alerts/outbox.ts'

/** How long a mail server may take: to be reached, to greet, and between two of its words, in milliseconds. */
const PATIENCE_MS = 15_000

/** Where mail is handed over, and whom it is from. `ca` is a further certificate to trust, in PEM. */
export type Mailing = {
  readonly server: {
    readonly host: string
    readonly port: number
    readonly secure: boolean
    readonly onLoopback: boolean
    readonly login: { readonly name: string; readonly password: string } | undefined
  }
  readonly from: string
  readonly ca?: string
}

const SmtpError = z.object({
  code: z.string().optional(),
  responseCode: z.int().optional(),
  /** What the server was told when it said no. */
  command: z.string().optional(),
  /** What the system was asked for when it failed; of a certificate that was not accepted there is none. */
  syscall: z.string().optional(),
})

/** What went wrong without an answer of the server, by nodemailer's code. */
const failures: Readonly<Record<string, string>> = {
  ETIMEDOUT: 'timeout',
  ETLS: 'smtp-tls',
  EAUTH: 'smtp-login',
  ENOAUTH: 'smtp-login',
  EDNS: 'unknown-host',
}

/** Only a box that is not there stays so; whatever else a server answers, the operator or time may mend. */
const OF_THE_RECIPIENT = 'RCPT TO'

const outcomeOf = (error: unknown): Tried => {
  const { code = '', responseCode, command, syscall } = SmtpError.catch({}).parse(error)
  const unaccepted = code === 'ESOCKET' && syscall === undefined
  if (responseCode === undefined || code === 'ETLS')
    return {
      delivered: false,
      failure: unaccepted ? 'smtp-tls' : (failures[code] ?? 'unreachable'),
      lasting: false,
    }
  const lasting = responseCode >= 500 && command === OF_THE_RECIPIENT
  return { delivered: false, failure: `smtp-${responseCode}`, lasting }
}

const transportTo = ({ server, ca }: Mailing) => {
  const { host, port, secure, onLoopback, login } = server
  return createTransport({
    host,
    port,
    secure,
    // A login never goes over a line that others can read.
    requireTLS: !secure && login !== undefined && !onLoopback,
    ...(login === undefined ? {} : { auth: { user: login.name, pass: login.password } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** A mail server, and a look whether it can be reached and takes the login; that gives the reason in a word when not. */
export type Mailer = {
  readonly send: (mail: Mail, signal: AbortSignal) => Promise<Tried>
  readonly check: () => Promise<Tried>
}

/**
 * Hands mail over to the operator's server: plain text, each message to one recipient, nothing in it that tells whether it was read. It never
 * throws: whatever goes wrong is a reason in a word. STARTTLS is used wherever the server offers it.
 */
export const mailer = (mailing: Mailing): Mailer => {
  const transport = transportTo(mailing)
  const tried = (work: Promise<unknown>): Promise<Tried> =>
    work.then(() => ({ delivered: true }) as const, outcomeOf)
  return {
    send: ({ id, to, subject, text }) =>
      tried(
        transport.sendMail({
          from: mailing.from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@ownkey>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
        }),
      ),
    check: () => tried(transport.verify()),
  }
}
