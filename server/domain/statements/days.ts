const DAY_MS = 86_400_000
/** A day (UTC) is closed this long after its end: reports are some hours behind. */
export const CLOSED_AFTER_MS = 6 * 3_600_000
/** What a report lacks this long after a day's end is missing for good. */
const FINAL_AFTER_MS = 72 * 3_600_000

/** Whether a day's report is complete enough to be compared. */
export const isClosed = (day: number, now: number): boolean => now >= day + DAY_MS + CLOSED_AFTER_MS

/** Whether a day's report gets no more calls. */
export const isFinal = (day: number, now: number): boolean => now >= day + DAY_MS + FINAL_AFTER_MS
