/** How long the panel has to be really visible before a press counts. */
export const ARMED_AFTER_MS = 500

/**
 * What the browser tells about being seen. `since`: the moment (of the document's own time line, as events have it) from which the
 * element was neither covered, faded nor transformed. `unknown`: this browser cannot tell.
 */
export type Visibility =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'seen'; readonly since: number | undefined }

/** IntersectionObserver v2. Its type is not in the DOM library yet. */
type ObservedInit = IntersectionObserverInit & { readonly trackVisibility: true; readonly delay: number }
const observed: ObservedInit = { threshold: [0, 0.5, 0.9, 1], trackVisibility: true, delay: 100 }

const isVisible = (entry: IntersectionObserverEntry): boolean =>
  'isVisible' in entry && entry.isVisible === true

/** Watches an element until `signal` aborts; `told` hears each change. */
export const watchVisibility = (
  element: Element,
  told: (visibility: Visibility) => void,
  signal: AbortSignal,
): void => {
  let since: number | undefined
  const observer = new IntersectionObserver((entries) => {
    const entry = entries.at(-1)
    if (entry === undefined) return
    since = isVisible(entry) ? (since ?? entry.time) : undefined
    told({ kind: 'seen', since })
  }, observed)
  if (!('trackVisibility' in observer) || observer.trackVisibility !== true) {
    told({ kind: 'unknown' })
    return
  }
  observer.observe(element)
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Whether a press at `at` comes from a person who could see what they pressed. */
export const isArmed = (visibility: Visibility, at: number): boolean =>
  visibility.kind === 'seen' && visibility.since !== undefined && at - visibility.since >= ARMED_AFTER_MS
