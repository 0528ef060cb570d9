import { z } from 'zod'
import { CapPlace } from '../../../shared/cap.ts'
import type { Caller } from '../identity/caller.ts'
import { Refusal } from '../refusal.ts'
import type { Watcher } from './watching.ts'

const Refusing = z.object(CapPlace.shape)

/** The cap that is reached, where that is why something was refused. */
const refusing = (error: unknown): CapPlace | undefined =>
  error instanceof Refusal && error.slug === 'cap-reached' ? Refusing.safeParse(error.facts).data : undefined

/** The same work, which lets the watcher know of the caps that refused it. */
export const markingRefusals =
  ({ mark }: Pick<Watcher, 'mark'>) =>
  <Rest extends unknown[], T>(work: (caller: Caller, ...rest: Rest) => Promise<T>): typeof work =>
  async (caller, ...rest) => {
    try {
      return await work(caller, ...rest)
    } catch (error) {
      const place = refusing(error)
      if (place !== undefined) mark(caller.workspaceId, place)
      throw error
    }
  }
