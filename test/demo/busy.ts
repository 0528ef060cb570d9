import { AlertSettings, defaultThresholds, SentAlert } from '../../shared/books/alerts.ts'
import { Cap, CapList, type CapPlace } from '../../shared/cap.ts'
import { Channel } from '../../shared/channels.ts'
import type { DraftRequest } from '../../shared/drafts.ts'
import type { Role } from '../../shared/members.ts'
import { PairingCodeAnswer } from '../../shared/pairing.ts'
import { type Device, newDevice } from '../device.ts'
import type { Simulator } from '../provider/simulator.ts'
import { draftRequest } from '../world.ts'

const colleagues: readonly (readonly [name: string, role: Role])[] = [
  ['Jonas Weber', 'admin'],
  ['Aylin Kaya', 'agent'],
  ['يوسف العلي', 'agent'],
  ['Maximiliane Freifrau von Hohenstein-Waldenburg', 'agent'],
]

const channels = [
  { name: 'E-mail', sites: ['mail.fernway.example'] },
  { name: 'Web shop chat', sites: ['chat.fernway.example', '*.fernway-shop.example'] },
]

const questions: readonly (readonly [site: string, question: string])[] = [
  ['https://mail.fernway.example', 'Where is my parcel?'],
  ['https://chat.fernway.example', 'Can I still change the address?'],
  ['https://de.fernway-shop.example', 'Wann kommt mein Geld zurück?'],
  ['https://crm.partner.example', '¿Puedo cambiar la talla?'],
]

const invited = async (owner: Device, address: string, name: string, role: Role): Promise<Device> => {
  const { code } = await owner.change(
    'POST',
    '/v1/pairing-codes',
    { kind: 'invite', role },
    PairingCodeAnswer,
  )
  const device = await newDevice(() => address)
  await device.pair(code, { memberName: name, deviceName: 'Chrome on Linux' })
  return device
}

const requests = (): readonly DraftRequest[] =>
  questions.map(([site, question]) => draftRequest(question, { site }))

/** Somebody is told of alerts by e-mail, and has tried whether that works: here it does not, since nobody has set up a mail server. */
const tryAlerts = async (owner: Device): Promise<void> => {
  const settings = { thresholds: defaultThresholds, emails: ['finance@fernway.example'] }
  await owner.change('PUT', '/v1/alerts/settings', settings, AlertSettings)
  await owner.change('POST', '/v1/alerts/test', undefined, SentAlert)
}

/** The month is raised for an evening and keeps a reserve; a day, a channel and the playground have caps of their own. */
const setCaps = async (owner: Device, channelId: string): Promise<void> => {
  const month: CapPlace = { scope: 'workspace', id: '', kind: 'month' }
  const further: readonly (readonly [place: CapPlace, limit: string])[] = [
    [{ ...month, kind: 'day' }, '8'],
    [{ scope: 'channel', id: channelId, kind: 'month' }, '20'],
    [{ scope: 'playground', id: '', kind: 'month' }, '2.50'],
  ]
  for (const [place, limit] of further) await owner.change('PUT', '/v1/caps', { ...place, limit }, CapList)
  await owner.change('PUT', '/v1/cap/reserve', { reserve: '5' }, Cap)
  const until = new Date(Date.now() + 4 * 3_600_000).toISOString()
  await owner.change('PUT', '/v1/caps/raise', { ...month, limit: '75', until }, CapList)
  await owner.draft({ ...draftRequest('Do you ship to Iceland?'), playground: true })
}

/** Makes a team that has worked: colleagues, channels, caps, replies by everybody, one of them failed and one cut; and an alert that was tried. */
export const workALot = async (owner: Device, address: string, simulator: Simulator): Promise<void> => {
  const made: Channel[] = []
  for (const channel of channels) made.push(await owner.change('POST', '/v1/channels', channel, Channel))
  for (const [name, role] of colleagues) {
    const device = await invited(owner, address, name, role)
    for (const request of requests()) await device.draft(request)
  }
  for (const happening of ['overloaded', 'early-end'] as const) {
    simulator.plan({ provider: 'anthropic', next: [{ do: happening }] })
    await owner.draft(draftRequest('Is anybody there?'))
  }
  await owner.change('POST', '/v1/pairing-codes', { kind: 'invite', role: 'agent' }, PairingCodeAnswer)
  if (made[0] !== undefined) await setCaps(owner, made[0].id)
  await tryAlerts(owner)
}
