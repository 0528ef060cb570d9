const DAY_MS = 86_400_000

/** A workspace that keeps receipts for so many days only. */
export type Keeping = { readonly workspaceId: string; readonly days: number }

/** Where receipts are given up. */
export type RetentionStore = {
  /** The workspaces that do not keep receipts for good. */
  limited(): Promise<readonly Keeping[]>
  /**
   * Deletes some of the receipts that began before `before` (ms) in periods that are over, with their attempts and hold lines; what they had
   * settled is written into the ledger's chain in the same transaction. Tells how many; 0 when there are none left.
   */
  prune(keeping: Keeping, before: number): Promise<number>
}

type RetentionParts = { readonly retention: RetentionStore; readonly now: () => number }

/** The first moment (ms) whose receipts are kept: whole days (UTC), so that a day is given up at once and not in drops. */
export const keptSince = (now: number, days: number): number =>
  Math.floor(now / DAY_MS) * DAY_MS - days * DAY_MS

/** Gives up receipts past their time, in every workspace. Safe to run on every vault at any time. */
export const pruneReceipts =
  ({ retention, now }: RetentionParts) =>
  async (): Promise<void> => {
    for (const keeping of await retention.limited()) {
      const before = keptSince(now(), keeping.days)
      while ((await retention.prune(keeping, before)) > 0);
    }
  }
