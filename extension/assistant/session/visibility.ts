/** How long the panel has to be really visible before a press counts. */
const ARMED_AFTER_MS = 500

/** Whether this browser can tell that something is covered (IntersectionObserver v2). Without it the panel asks apart before it writes into a page. */
export const canTellVisibility: boolean = 'isVisible' in IntersectionObserverEntry.prototype

/** The options of version 2; their type is not in the DOM library yet. */
type ObservedInit = IntersectionObserverInit & { readonly trackVisibility: true; readonly delay: number }
const observed: ObservedInit = { threshold: [0, 0.5, 0.9, 1], trackVisibility: true, delay: 100 }

/** All of it is on screen, and nothing covers, fades or transforms it. A browser that cannot tell says no. */
const isVisible = (entry: IntersectionObserverEntry): boolean =>
  'isVisible' in entry && entry.isVisible === true && entry.intersectionRatio >= 0.9

/**
 * Watches an element until `signal` aborts. `told` hears the moment since which it is visible without a break (on the document's own
 * time line, as events have it), or undefined while it is not.
 */
export const watchVisibility = (
  element: Element,
  told: (since: number | undefined) => void,
  signal: AbortSignal,
): void => {
  let since: number | undefined
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) since = isVisible(entry) ? (since ?? entry.time) : undefined
    told(since)
  }, observed)
  observer.observe(element)
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Whether a press at `at` comes from a person who could see what they pressed. */
export const isArmed = (since: number | undefined, at: number): boolean =>
  since !== undefined && at - since >= ARMED_AFTER_MS
