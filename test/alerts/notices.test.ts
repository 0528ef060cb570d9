import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { keepBadge, readBadge } from '../../extension/local/badge.ts'
import { openLocal } from '../../extension/local/database.ts'
import { dismiss, isDismissed } from '../../extension/local/dismissed.ts'
import { tellBadge } from '../../extension/ui/alerts/badge.ts'
import { eventsOf, foreignEvent, nearCapEvent } from '../../extension/ui/alerts/events.ts'
import { alertInWords, deliveryInWords, whyInWords } from '../../extension/ui/alerts/sentences.ts'
import { isToldByPause, standingAlert } from '../../extension/ui/alerts/standing.ts'
import { type Language, localeOf, startWords } from '../../extension/ui/words/words.ts'
import { keepConnection } from '../../extension/vault/connection.ts'
import {
  type Alert,
  AlertSettings,
  type AlertSubject,
  type Delivery,
  SentAlert,
} from '../../shared/books/alerts.ts'
import type { Cap } from '../../shared/cap.ts'
import { dollars, zero } from '../../shared/money.ts'
import type { Status } from '../../shared/status.ts'
import { given, until } from '../world.ts'

const speechIn = (language: Language) => ({ t: startWords(language).t, locale: localeOf(language) })
const [english, german] = [speechIn('en'), speechIn('de')]

const now = Date.UTC(2026, 10, 21, 12)
const DAY = 86_400_000
const endsAt = now + 9 * DAY

type CapSubject = Extract<AlertSubject, { kind: 'cap' }>

const capSubject = (more: Partial<CapSubject> = {}): CapSubject => ({
  kind: 'cap',
  percent: 75,
  refused: false,
  cap: { scope: 'workspace', id: '', kind: 'month', name: null },
  limit: dollars('50'),
  settled: dollars('38'),
  resetsAt: endsAt,
  ...more,
})

const ofMina = { scope: 'member', id: crypto.randomUUID(), kind: 'day', name: 'Mina Park' } as const

const foreignUse = {
  kind: 'foreign-use',
  provider: 'anthropic',
  keyLabel: 'Support',
  model: 'claude-haiku-4-5',
  day: '2026-11-20',
  amount: dollars('1.25'),
} as const

const alertAbout = (subject: AlertSubject): Alert => ({ id: crypto.randomUUID(), at: now, subject })

const capOf = (limit: string, settled: string): Cap => ({
  limit: dollars(limit),
  settled: dollars(settled),
  held: zero,
  left: dollars(limit),
  reserve: zero,
  raised: null,
  period: { kind: 'month', timeZone: 'UTC', startsAt: now - 20 * DAY, endsAt },
})

const statusWith = (more: Partial<Status>): Status => ({
  service: 'ownkey',
  contracts: [1],
  version: '0',
  workspace: { id: crypto.randomUUID(), name: 'Acme Support', timeZone: 'UTC' },
  member: { id: crypto.randomUUID(), name: 'Olive Owner', role: 'owner', seesReports: false },
  deviceId: crypto.randomUUID(),
  ai: { on: true, paused: null, cap: null, urgent: false },
  providers: [],
  drafting: null,
  cap: capOf('50', '38'),
  alert: null,
  providerLabel: null,
  ...more,
})

describe('an alert in words', () => {
  test.each([
    [capSubject(), 'The workspace’s month reached 75% of $50.00.'],
    [capSubject({ cap: ofMina, percent: 50 }), 'The day of Mina Park reached 50% of $50.00.'],
    [
      capSubject({ cap: ofMina, percent: 100, refused: true }),
      'A draft was refused: the day of Mina Park is used up.',
    ],
    [
      capSubject({ cap: { scope: 'playground', id: '', kind: 'month', name: null } }),
      'The playground’s month reached 75% of $50.00.',
    ],
    [foreignUse, 'The key Support was used outside Ownkey: claude-haiku-4-5 on Nov 20, $1.25.'],
    [{ ...foreignUse, amount: null }, 'The key Support was used outside Ownkey: claude-haiku-4-5 on Nov 20.'],
    [
      {
        kind: 'over-hold',
        receiptId: crypto.randomUUID(),
        held: dollars('0.01'),
        settled: dollars('0.02'),
      },
      'A call cost $0.02, more than the $0.01 that was held for it.',
    ],
    [{ kind: 'test', by: 'Olive Owner' }, 'A test, asked for by Olive Owner.'],
  ] as const)('%o', (subject, sentence) => {
    expect(alertInWords(english, subject)).toBe(sentence)
    expect(alertInWords(german, subject)).not.toMatch(/[{}]|undefined|alerts\./)
  })

  test('writes its numbers as its reader does', () => {
    expect(alertInWords(german, capSubject()).replaceAll(/\s/g, ' ')).toBe(
      'Der Monat des Workspace hat 75 % von 50,00 $ erreicht.',
    )
  })

  test('shows a name as it was typed, not as markup', () => {
    const cap = { ...ofMina, name: '<b>$t(common.again)</b>' }
    expect(alertInWords(english, capSubject({ cap }))).toContain('<b>$t(common.again)</b>')
  })
})

describe('what became of an alert', () => {
  const delivery: Delivery = {
    via: 'webhook',
    to: 'hooks.slack.com',
    state: 'waiting',
    tries: 0,
    nextAt: now,
    failure: null,
  }

  test.each([
    [{}, 'on its way'],
    [{ state: 'delivered', tries: 1, nextAt: null }, 'delivered'],
    [{ tries: 2, failure: 'timeout' }, 'not delivered (no answer in time), next try Nov 21, 12:00 PM'],
    [
      { state: 'given-up', tries: 9, nextAt: null, failure: 'http-410' },
      'given up: the address is gone, 410',
    ],
  ] as const)('%o is told', (more, sentence) => {
    expect(deliveryInWords(english, { ...delivery, ...more }, 'UTC')).toBe(sentence)
  })

  test.each([
    'timeout',
    'unreachable',
    'unknown-host',
    'refused-address',
    'redirected',
    'no-mail-server',
    'removed',
    'smtp-tls',
    'smtp-login',
    'smtp-421',
    'smtp-535',
    'smtp-550',
    'http-404',
    'http-429',
    'http-500',
  ])('a failure called %s has words of its own in every language', (reason) => {
    for (const speech of [english, german]) {
      expect(whyInWords(speech, reason)).not.toMatch(/[{}“„]|undefined|alerts\./)
      expect(whyInWords(speech, reason)).not.toBe(reason)
    }
  })

  test('a reason that a later vault gives stands as it is', () => {
    expect(whyInWords(english, 'quota-of-tomorrow')).toBe('the reason is “quota-of-tomorrow”')
  })
})

describe('an alert stands', () => {
  const standing = (subject: AlertSubject, cap: Cap | null = capOf('50', '38'), at = now) =>
    standingAlert({ alert: alertAbout(subject), cap }, at) !== null

  test('until its cap starts anew', () => {
    expect(standing(capSubject())).toBe(true)
    expect(standing(capSubject(), null, endsAt)).toBe(false)
  })

  test('until the month was raised above it, and no longer if what is used is above the share again', () => {
    expect(standing(capSubject(), capOf('100', '38'))).toBe(false)
    expect(standing(capSubject(), capOf('51', '38.25'))).toBe(true)
  })

  test('at the end of a cap also where less was settled, since a draft was refused', () => {
    expect(standing(capSubject({ percent: 100, refused: true }), capOf('50', '49'))).toBe(true)
  })

  test('as long as the vault tells it, when a key was used elsewhere; a test never', () => {
    expect(standing(foreignUse, null, endsAt)).toBe(true)
    expect(standing({ kind: 'test', by: 'Olive Owner' })).toBe(false)
  })

  test('not beside the sentence that says that drafting is paused by that very cap', () => {
    const full = alertAbout(capSubject({ percent: 100 }))
    const pausedBy = (cap: Status['ai']['cap']) =>
      statusWith({ ai: { on: false, paused: 'cap-reached', cap, urgent: false } })
    expect(isToldByPause(pausedBy(null), full)).toBe(true)
    expect(isToldByPause(pausedBy({ ...ofMina, resetsAt: endsAt }), full)).toBe(false)
    expect(isToldByPause(statusWith({}), full)).toBe(false)
  })
})

describe('what a person puts away', () => {
  const browser = async (status: Status) => {
    const local = openLocal({ indexedDB: new IDBFactory(), IDBKeyRange })
    await keepConnection(local, {
      address: 'https://vault.example',
      workspaceId: status.workspace.id,
      workspaceName: 'Acme Support',
      memberId: status.member.id,
      deviceId: status.deviceId,
    })
    return local
  }
  const tell = (local: Awaited<ReturnType<typeof browser>>, status: Status) =>
    tellBadge(
      local,
      () => now,
      async () => undefined,
    )(status)

  test('leaves the badge, with the percentage of the same month; the next alert is told', async () => {
    const alert = alertAbout(capSubject())
    const status = statusWith({ alert })
    const local = await browser(status)
    await tell(local, status)
    expect(await readBadge(local)).toMatchObject({ alert: { id: alert.id, percent: 75 }, usedPercent: 76 })
    await dismiss(local, [alert.id, ...eventsOf(alert.subject)], now)
    expect(await readBadge(local)).toMatchObject({ alert: null, usedPercent: null })
    const next = alertAbout(capSubject({ percent: 100 }))
    await tell(local, statusWith({ ...status, alert: next }))
    expect(await readBadge(local)).toMatchObject({ alert: { id: next.id, percent: 100 } })
  })

  test('leaves the percentage of the month alone where the alert was of another cap, or of less', () => {
    expect(eventsOf(capSubject())).toEqual([nearCapEvent(endsAt)])
    expect(eventsOf(capSubject({ percent: 50 }))).toEqual([])
    expect(eventsOf(capSubject({ cap: ofMina }))).toEqual([])
    expect(eventsOf(foreignUse)).toEqual([foreignEvent(foreignUse)])
  })

  test('is forgotten when nobody asks any more', async () => {
    const local = await browser(statusWith({}))
    await dismiss(local, ['old'], now - 63 * DAY)
    await dismiss(local, ['new'], now)
    expect(await isDismissed(local, 'old')).toBe(false)
    expect(await isDismissed(local, 'new')).toBe(true)
  })

  test('is not brought back by a badge of another pairing, whose answer came late', async () => {
    const local = await browser(statusWith({}))
    await tell(local, statusWith({ alert: alertAbout(capSubject()) }))
    expect(await readBadge(local)).toBeUndefined()
    await keepBadge(local, { state: 'on', usedPercent: 20, nearCap: null, alert: null, at: now })
    expect(await readBadge(local)).toMatchObject({ usedPercent: 20 })
  })
})

test('a test that somebody sends hides no alert from who sees only the newest', async () => {
  await using world = await given({ cap: '0.02' })
  const thresholds = [{ percent: 1, on: true }]
  await world.owner.change('PUT', '/v1/alerts/settings', { thresholds, emails: [] }, AlertSettings)
  for (const text of ['Where is my parcel?', 'Where is it, please?']) await world.owner.ask(text)
  await until(world.owner.status, ({ alert }) => alert !== null)
  await world.owner.change('POST', '/v1/alerts/test', undefined, SentAlert)
  expect((await world.owner.status()).alert?.subject).toMatchObject({ kind: 'cap', percent: 1 })
})
