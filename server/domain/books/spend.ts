import type { Spend } from '../../../shared/spend.ts'

/** The present period's spend, of everybody or of one member. The cap inside is always the workspace's. */
export type ReadSpend = (workspaceId: string, timeZone: string, memberId?: string) => Promise<Spend>
