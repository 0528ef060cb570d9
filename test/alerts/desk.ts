import { link } from '../../server/crypto/chain.ts'
import { watcher } from '../../server/domain/alerts/watching.ts'
import { sqlAlerts } from '../../server/store/alerts/alerts.ts'
import { sqlAlertSettings } from '../../server/store/alerts/settings.ts'
import { alertTeller } from '../../server/store/alerts/telling.ts'
import { sqlWatched } from '../../server/store/alerts/watched.ts'
import { auditAppender } from '../../server/store/books/audit.ts'
import type { AlertSubject } from '../../shared/books/alerts.ts'
import type { CapPlace } from '../../shared/cap.ts'
import { dollars } from '../../shared/money.ts'
import { answered, type Books, givenBooks } from '../books/desk.ts'

/** Puts an alert as short as a test wants it: `75% workspace month`, `100% refused member day`. */
const short = (subject: AlertSubject): string => {
  if (subject.kind !== 'cap') return subject.kind
  const { percent, refused, cap } = subject
  return `${percent}%${refused ? ' refused' : ''} ${cap.scope} ${cap.kind}`
}

/** Somebody who watches the books of a desk, as each vault does. */
const watcherOf = ({ database, clock, ids }: Pick<Books, 'database' | 'clock' | 'ids'>) => {
  const now = () => clock.now
  const tell = alertTeller({ now, newId: ids })
  const watched = sqlWatched(database, { tell, now })
  return { ...watcher({ watched, tellAlert: () => {}, now }), watched }
}

/** Books with somebody who watches them, told in short what was told. */
export const givenWatchedBooks = async (given?: Books) => {
  const books = given ?? (await givenBooks())
  const { database, workspace, member, clock, ids, ledger, request } = books
  await database.db.updateTable('workspaces').set({ wrapped_key: 'sealed' }).execute()
  const now = () => clock.now
  const alerts = sqlAlerts(database, alertTeller({ now, newId: ids }))
  const settings = sqlAlertSettings(database, auditAppender({ now, link }))
  const watch = watcherOf(books)
  const seen = new Set<string>()
  /** What was told since the last time, in the order of percentages. */
  const told = async (): Promise<string[]> => {
    const fresh = (await alerts.list(workspace, { limit: 100 })).alerts.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    return fresh.map(({ subject }) => short(subject)).toSorted()
  }
  const look = async (refusing?: CapPlace): Promise<string[]> => {
    watch.mark(workspace, refusing)
    await watch.watchMarked()
    return told()
  }
  return {
    ...books,
    alerts,
    watch,
    told,
    look,
    anotherWatcher: () => watcherOf(books),
    tellAt: (...percents: readonly number[]) =>
      settings.change(
        { workspaceId: workspace, memberId: member },
        { thresholds: percents.map((percent) => ({ percent, on: true })), emails: [] },
      ),
    settings,
    /** A draft that costs so many dollars, whatever the caps say now. */
    spend: async (amount: string, draft: Parameters<typeof request>[1] = {}): Promise<void> => {
      const call = request(dollars(amount), draft)
      const { held } = await ledger.hold(call)
      if (!held) throw new Error(`a draft of $${amount} did not fit`)
      await ledger.settle(answered(call, dollars(amount)))
    },
  }
}
export type WatchedBooks = Awaited<ReturnType<typeof givenWatchedBooks>>
