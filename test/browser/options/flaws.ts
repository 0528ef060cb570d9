import { AxePuppeteer } from '@axe-core/puppeteer'
import type { Page } from 'puppeteer'

/** Serious accessibility flaws of what a page shows now, in both color schemes. */
export const flawsOf = async (page: Page): Promise<string[]> => {
  const found: string[] = []
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    const { violations } = await new AxePuppeteer(page).analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    found.push(
      ...serious.map(({ id, nodes }) => `${scheme} ${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    )
  }
  return found
}
