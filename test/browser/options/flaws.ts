import axe, { type AxeResults, type RunOptions } from 'axe-core'
import type { Surface } from '../surfaces.ts'

/** What holds in one scheme holds in the other, but for what has to do with color. */
const looks: readonly { readonly scheme: string; readonly options: RunOptions }[] = [
  { scheme: 'light', options: {} },
  { scheme: 'dark', options: { runOnly: ['color-contrast', 'link-in-text-block'] } },
]

/** Until no color is on its way from one scheme to the other any more; what blinks forever may go on. */
const atRest = (surface: Surface): Promise<unknown> =>
  surface.evaluate(async () => {
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
    await Promise.allSettled(passing.map(({ finished }) => finished))
  })

/** Until the surface is drawn in this scheme: a frame of another origin hears of it later than its page. */
const drawnIn = (surface: Surface, scheme: string): Promise<unknown> =>
  surface.waitForFunction(
    (wanted) => document.documentElement.getAttribute('data-mantine-color-scheme') === wanted,
    {},
    scheme,
  )

declare global {
  interface Window {
    axe?: { run(document: Document, options: RunOptions): Promise<AxeResults> }
  }
}

/** Everything that axe finds in what a page of the extension, or its frame in somebody's page, shows now, in both color schemes. */
export const flawsOf = async (surface: Surface): Promise<string[]> => {
  const found: string[] = []
  const page = 'browser' in surface ? surface : surface.page()
  await surface.evaluate(axe.source)
  for (const { scheme, options } of looks) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await drawnIn(surface, scheme)
    await atRest(surface)
    const results = await surface.evaluate((it) => window.axe?.run(document, it), options)
    if (results === undefined) throw new Error('axe was not loaded')
    found.push(
      ...results.violations.map(
        ({ id, nodes }) => `${scheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      ),
    )
  }
  return found
}
