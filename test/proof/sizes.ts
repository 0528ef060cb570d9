/** How large the proofs are. Each proof takes its own part. */
export type Sizes = {
  /** Where chance begins; undefined: anywhere. A schedule that fails tells its own. */
  readonly seed?: number
  /** Schedules with one step after the other, and with all steps at once. */
  readonly schedules: { readonly inOrder: number; readonly atOnce: number; readonly steps: number }
  /** Events of the small and of the large ledger, and the pairs of hold and settle that are timed on each. */
  readonly ledger: { readonly small: number; readonly large: number; readonly pairs: number }
  /** Receipts of the small and of the large export. */
  readonly exported: { readonly small: number; readonly large: number }
  /** Drafts while both providers fail at random. */
  readonly chaos: { readonly drafts: number }
  /** Over HTTP, with vaults as processes of their own. */
  readonly wire: {
    /** Schedules of three vaults, and the most steps of one. */
    readonly schedules: { readonly count: number; readonly steps: number }
    /** Drafts that are asked for at once. */
    readonly rush: number
    /** How often a vault is killed, and in the middle of how many streams. */
    readonly kills: { readonly times: number; readonly streams: number }
    /** A reader leaves at every so many-th boundary of a stream. */
    readonly leavingEvery: number
  }
}

/** For `npm run proof`. */
export const full: Sizes = {
  schedules: { inOrder: 700, atOnce: 300, steps: 40 },
  ledger: { small: 1_000, large: 1_000_000, pairs: 500 },
  exported: { small: 10_000, large: 1_000_000 },
  chaos: { drafts: 2_000 },
  wire: {
    schedules: { count: 20, steps: 40 },
    rush: 500,
    kills: { times: 20, streams: 50 },
    leavingEvery: 1,
  },
}

/** For `npm test`: all proofs together in minutes, beside everything else. */
export const reduced: Sizes = {
  schedules: { inOrder: 30, atOnce: 15, steps: 40 },
  ledger: { small: 300, large: 3_000, pairs: 30 },
  exported: { small: 10_000, large: 50_000 },
  chaos: { drafts: 120 },
  wire: { schedules: { count: 2, steps: 16 }, rush: 60, kills: { times: 2, streams: 8 }, leavingEvery: 1 },
}
