import type { Page } from 'puppeteer'
import type { Stage } from '../browser/chromium.ts'
import type { Surface } from '../browser/surfaces.ts'

/** Takes a picture of a surface in light and in dark, under `name-light` and `name-dark`; does nothing when nobody wants pictures. */
export type Photographer = (surface: Surface, name: string) => Promise<void>

const noPictures: Photographer = async () => {}

const pageOf = (surface: Surface): Page => ('browser' in surface ? surface : surface.page())

export const photographer = (stage: Stage, folder: string | undefined): Photographer => {
  if (folder === undefined) return noPictures
  return async (surface, name) => {
    await stage.screenshot(surface, `${name}-dark`, { dark: true })
    await stage.screenshot(surface, `${name}-light`, { dark: false })
    await pageOf(surface).emulateMediaFeatures([])
  }
}
