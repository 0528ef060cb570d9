import { afterEach, describe, expect, test } from 'vitest'
import { mailer } from '../../server/outbound/mail.ts'
import { selfSigned } from './certificate.ts'
import { startMailServer } from './receivers.ts'

const mail = {
  id: 'b7b4cf5a-0000-4000-8000-000000000001',
  to: 'books@desk.example',
  subject: 'Ownkey, “Acme”: 75% of the workspace’s monthly cap are used',
  text: 'Hello Zoë.\n\nIt starts anew soon.',
}
const from = 'Ownkey <alerts@vault.example>'
const never = new AbortController().signal
const login = { name: 'vault', password: 'a password: “p@ss”' }

let close: () => Promise<void>
afterEach(() => close())

const given = async (
  wish: Parameters<typeof startMailServer>[0],
  more: { readonly ca?: string; readonly onLoopback?: boolean; readonly password?: string } = {},
) => {
  const server = await startMailServer(wish)
  close = server.close
  const { ca, onLoopback = true, password = login.password } = more
  const { secure = false } = wish ?? {}
  const place = { host: '127.0.0.1', port: server.port, secure, onLoopback }
  const asked = wish?.login === undefined ? undefined : { ...login, password }
  const { send, check } = mailer({
    server: { ...place, login: asked },
    from,
    ...(ca === undefined ? {} : { ca }),
  })
  return { server, send: (to = mail.to) => send({ ...mail, to }, never), check }
}

describe('an e-mail', () => {
  test('is plain text from the operator’s address to one recipient, under the id of its delivery', async () => {
    const { server, send } = await given({})
    expect(await send()).toEqual({ delivered: true })
    const [{ raw = '', ...envelope } = { raw: '' }] = server.mails
    expect(envelope).toEqual({ from: 'alerts@vault.example', to: [mail.to], secure: false })
    expect(raw).toContain('From: Ownkey <alerts@vault.example>\r\nTo: books@desk.example\r\n')
    expect(raw).toContain(`Message-ID: <${mail.id}@ownkey>`)
    expect(raw).toContain('Auto-Submitted: auto-generated')
    expect(raw).toMatch(/Content-Type: text\/plain; charset=utf-8/)
    expect(raw).not.toMatch(/html|https?:|X-Mailer/i)
  })

  test('goes over TLS where the server offers it, after its certificate was checked', async () => {
    const { cert, key } = selfSigned()
    const { server, send } = await given({ cert, key, login }, { ca: cert })
    expect(await send()).toEqual({ delivered: true })
    expect(server.mails).toMatchObject([{ secure: true }])
    expect(server.logins).toEqual([`${login.name}:${login.password}`])
  })

  test('goes over TLS from the first byte where the operator says smtps', async () => {
    const { cert, key } = selfSigned()
    const { server, send, check } = await given({ cert, key, secure: true }, { ca: cert })
    expect(await check()).toEqual({ delivered: true })
    expect(await send()).toEqual({ delivered: true })
    expect(server.mails).toMatchObject([{ secure: true }])
  })

  test.each([
    [false, 'STARTTLS'],
    [true, 'smtps'],
  ])('is not sent, nor the login said, to whom nobody vouches for (%s %s)', async (secure) => {
    const { server, send } = await given({ ...selfSigned(), login, secure })
    expect(await send()).toMatchObject({ delivered: false, failure: 'smtp-tls', lasting: false })
    expect(server).toMatchObject({ mails: [], logins: [] })
  })

  test('is not sent with a login over a line that others can read', async () => {
    const { server, send } = await given({ login }, { onLoopback: false })
    expect(await send()).toMatchObject({ delivered: false, failure: 'smtp-tls' })
    expect(server).toMatchObject({ mails: [], logins: [] })
  })

  test('that a login is refused for is tried again, since the operator may mend it', async () => {
    const { send, check } = await given({ login }, { password: 'wrong' })
    expect(await send()).toEqual({ delivered: false, failure: 'smtp-535', lasting: false })
    expect(await check()).toEqual({ delivered: false, failure: 'smtp-535', lasting: false })
  })

  test('to a box that is not there is lasting, to one that is busy is not; no word of the answer is told', async () => {
    const { send } = await given({ unknown: { 'gone@desk.example': 550, 'busy@desk.example': 451 } })
    expect(await send('gone@desk.example')).toEqual({ delivered: false, failure: 'smtp-550', lasting: true })
    expect(await send('busy@desk.example')).toEqual({ delivered: false, failure: 'smtp-451', lasting: false })
  })

  test('to a server that is down is tried again', async () => {
    const { server, send } = await given({})
    await server.close()
    expect(await send()).toEqual({ delivered: false, failure: 'unreachable', lasting: false })
  })

  test('has no line in its head that a name brings along', async () => {
    const { server } = await given({})
    const place = { host: '127.0.0.1', port: server.port, secure: false, onLoopback: true, login: undefined }
    const { send } = mailer({ server: place, from })
    const subject = 'Hello\r\nBcc: other@desk.example\r\n\r\nBody'
    expect(await send({ ...mail, subject, to: 'books@desk.example' }, never)).toEqual({ delivered: true })
    expect(server.mails).toMatchObject([{ to: ['books@desk.example'] }])
    expect(server.mails[0]?.raw).not.toMatch(/^Bcc:/im)
  })
})
