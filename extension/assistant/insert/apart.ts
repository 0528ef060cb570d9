import { browser } from 'wxt/browser'
import { FromConfirm, type InsertQuestion } from '../../messages.ts'
import { questionChannel } from './question-channel.ts'

/** `no-window`: neither the browser nor the page's policy let one open. */
type Answer = 'yes' | 'no' | 'no-window'

const look = 'popup,noopener,width=440,height=520'
/** A window that has said nothing for so long was not opened. */
const OPENING_MS = 10_000

/**
 * Asks in a window of the extension's own, which no page can cover. Needs the press of a person, or the browser opens none. The two
 * share a channel that nobody else knows, since Firefox cuts such a window off from the frame that opened it.
 */
export const confirmApart = (question: InsertQuestion, id: string): Promise<Answer> => {
  const { promise, resolve } = Promise.withResolvers<Answer>()
  const channel = questionChannel(id)
  const opening = setTimeout(() => resolve('no-window'), OPENING_MS)
  const hear = ({ data }: MessageEvent): void => {
    const word = FromConfirm.safeParse(data).data
    if (word === undefined) return
    clearTimeout(opening)
    if (word === 'ready') channel.postMessage(question)
    else resolve(word === 'confirmed' ? 'yes' : 'no')
  }
  channel.addEventListener('message', hear)
  window.open(`${browser.runtime.getURL('/confirm.html')}#${id}`, '', look)
  return promise.finally(() => {
    clearTimeout(opening)
    channel.close()
  })
}
