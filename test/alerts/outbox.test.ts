import { describe, expect, test } from 'vitest'
import { type Outgoing, sendDue, type Tried } from '../../server/domain/alerts/outbox.ts'
import { Refusal } from '../../server/domain/refusal.ts'
import { sqlOutbox } from '../../server/store/alerts/outbox.ts'
import { givenWatchedBooks } from './desk.ts'

const MESSAGES = 30
const delivered: Tried = { delivered: true }

/** Alerts that wait, and senders beside each other as several vaults have them. */
const givenWaiting = async (messages: number) => {
  const books = await givenWatchedBooks()
  const { database, workspace, member, settings, alerts, clock } = books
  const deed = { workspaceId: workspace, memberId: member }
  await settings.change(deed, { thresholds: [], emails: ['books@desk.example'] })
  const tests = Array.from({ length: messages }, (_, number) => {
    return { about: 'test', number, subject: { kind: 'test', by: 'Olga' } } as const
  })
  await alerts.tell(workspace, tests)
  const sent: string[] = []
  const outcomes: string[] = []
  const outbox = sqlOutbox(database)
  /** Sends as a vault does, by a mail server that answers so. */
  const sender = (answer: (id: string) => Promise<Tried>) =>
    sendDue({
      outbox,
      alertSettings: settings,
      envelope: { open: () => Promise.reject(new Error('there is no webhook here')) },
      workspaceKey: () => Promise.reject(new Error('there is no webhook here')),
      signMessage: () => '',
      post: () => Promise.resolve(delivered),
      sendMail: ({ id }) => {
        sent.push(id)
        return answer(id)
      },
      tellDelivery: (_via, outcome) => outcomes.push(outcome),
      now: () => clock.now,
    })
  return { ...books, outbox, sender, sent, outcomes }
}

const never = new AbortController().signal
const soon = (tried: Tried) => () => new Promise<Tried>((resolve) => setTimeout(() => resolve(tried), 5))

describe('messages that wait', () => {
  test('are sent once by three vaults at the same time', async () => {
    const { sender, sent, outcomes } = await givenWaiting(MESSAGES)
    const senders = [sender(soon(delivered)), sender(soon(delivered)), sender(soon(delivered))]
    await Promise.all(senders.map((send) => send(never)))
    expect(sent).toHaveLength(MESSAGES)
    expect(new Set(sent).size).toBe(MESSAGES)
    expect(outcomes).toEqual(Array.from({ length: MESSAGES }, () => 'delivered'))
  })

  test('wait after a bug of ours as after any try, and it is not swallowed', async () => {
    const { sender, sent, outcomes, outbox, clock } = await givenWaiting(1)
    await expect(sender(() => Promise.reject(new Error('a bug')))(never)).rejects.toThrow('a bug')
    expect(await outbox.claim(clock.now, clock.now + 1)).toBeUndefined()
    clock.now += 30_000
    await sender(soon(delivered))(never)
    expect(sent).toHaveLength(2)
    expect(outcomes).toEqual(['failed', 'delivered'])
  })

  test('are let go of untried when the vault is sealed in this moment', async () => {
    const { sender, outcomes, outbox, clock } = await givenWaiting(1)
    const sealed = () => Promise.reject(new Refusal('vault-sealed', {}))
    await expect(sender(sealed)(never)).rejects.toThrow('vault-sealed')
    expect(outcomes).toEqual([])
    expect(await outbox.claim(clock.now, clock.now + 1)).toMatchObject({ tries: 0 })
  })

  test('that a stopping vault was at are nobody’s fault: they are not counted as tried', async () => {
    const { sender, outcomes, outbox, clock } = await givenWaiting(1)
    const stop = new AbortController()
    const broken: Tried = { delivered: false, failure: 'unreachable', lasting: false }
    const answer = async (): Promise<Tried> => {
      stop.abort()
      return broken
    }
    await sender(answer)(stop.signal)
    expect(outcomes).toEqual([])
    expect(await outbox.claim(clock.now, clock.now + 1)).toMatchObject({ tries: 0 })
  })

  test('are not ended by a vault whose turn is over', async () => {
    const { outbox, clock } = await givenWaiting(1)
    const isOutgoing = (one: Outgoing | undefined): Outgoing => {
      if (one === undefined) throw new Error('nothing was due')
      return one
    }
    const slow = isOutgoing(await outbox.claim(clock.now, clock.now + 10))
    expect(await outbox.claim(clock.now, clock.now + 10)).toBeUndefined()
    clock.now += 10
    const next = isOutgoing(await outbox.claim(clock.now, clock.now + 20))
    expect(next.id).toBe(slow.id)
    await outbox.delivered(next, clock.now)
    await outbox.failed(slow, 'timeout', clock.now)
    clock.now += 100
    expect(await outbox.claim(clock.now, clock.now + 10)).toBeUndefined()
  })
})
