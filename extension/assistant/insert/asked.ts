import { type FromConfirm, InsertQuestion } from '../../messages.ts'
import { questionChannel } from './question-channel.ts'

/** What the panel that opened this window asks, and the way to answer it. */
export type Asked = { readonly question: InsertQuestion; readonly answer: (word: FromConfirm) => void }

/** Never resolves in a window that no panel opened. A window that goes away says so. */
export const awaitQuestion = (view: Window): Promise<Asked> => {
  const id = view.location.hash.slice(1)
  view.history.replaceState(null, '', view.location.pathname)
  const { promise, resolve } = Promise.withResolvers<Asked>()
  const channel = questionChannel(id)
  const answer = (word: FromConfirm): void => channel.postMessage(word)
  channel.addEventListener('message', ({ data }) => {
    const question = InsertQuestion.safeParse(data)
    if (question.success) resolve({ question: question.data, answer })
  })
  view.addEventListener('pagehide', () => answer('closed'))
  answer('ready')
  return promise
}
