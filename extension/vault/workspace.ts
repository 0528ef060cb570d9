import { z } from 'zod'
import { Workspace, WorkspaceChange, WorkspaceDeletion } from '../../shared/workspace.ts'
import { type Answers, BOOKS_TIMEOUT_MS } from './answers.ts'
import { readConnection } from './connection.ts'
import type { Parts, Session } from './session.ts'

/** The workspace's settings and its end. What a member may not see or do is `not-found`. */
export const workspaceCalls = ({ answer }: Answers) => ({
  /** Owners and admins only. */
  workspace: (): Promise<Workspace> => answer(Workspace, { method: 'GET', path: '/v1/workspace' }),

  /** What is absent stays. */
  changeWorkspace: (change: WorkspaceChange): Promise<Workspace> =>
    answer(Workspace, { method: 'PATCH', path: '/v1/workspace', body: z.encode(WorkspaceChange, change) }),

  /** The owner only, who says its name: it is gone in seven days unless they change their mind. */
  deleteWorkspace: (deletion: WorkspaceDeletion): Promise<Workspace> =>
    answer(Workspace, {
      method: 'POST',
      path: '/v1/workspace/deletion',
      body: z.encode(WorkspaceDeletion, deletion),
    }),

  keepWorkspace: (): Promise<Workspace> =>
    answer(Workspace, { method: 'DELETE', path: '/v1/workspace/deletion' }),
})

/** Ends this member's membership at the vault, then removes everything here. When the vault refuses or is silent nothing changes. */
export const leaveWith = async ({ local }: Parts, session: Session): Promise<void> => {
  const connection = await readConnection(local)
  if (connection === undefined) return local.wipe()
  const path = `/v1/members/${connection.memberId}`
  await session.ask({ method: 'DELETE', path, signal: AbortSignal.timeout(BOOKS_TIMEOUT_MS) })
  session.forget()
  return local.wipe()
}
