import { describe, expect, test } from 'vitest'
import { drain } from '../server/domain/drafts/drain.ts'

const patience = () => new AbortController()

describe('a vault that stops', () => {
  test('begins nothing new', async () => {
    const work = drain()
    await work.close(patience().signal)
    expect(work.open).toBe(false)
    let began = false
    const asked = work.run(async () => {
      began = true
    })
    await expect(asked).rejects.toMatchObject({ slug: 'vault-stopping' })
    expect(began).toBe(false)
  })

  test('waits for what runs, and tells it only when patience is over', async () => {
    const work = drain()
    const giveUp = patience()
    const seen: string[] = []
    const running = work.run(
      (signal) =>
        new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => {
            seen.push('told')
            setImmediate(() => {
              seen.push('ended')
              resolve()
            })
          })
        }),
    )
    const closing = work.close(giveUp.signal).then(() => seen.push('closed'))
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen).toEqual([])
    giveUp.abort()
    await Promise.all([running, closing])
    expect(seen).toEqual(['told', 'ended', 'closed'])
  })

  test('stops also when something that ran has failed', async () => {
    const work = drain()
    const failing = work.run(() => Promise.reject(new Error('broken')))
    await expect(failing).rejects.toThrow('broken')
    await expect(work.close(patience().signal)).resolves.toBeUndefined()
  })
})
