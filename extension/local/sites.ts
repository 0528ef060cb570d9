import { z } from 'zod'
import { SiteOrigin } from '../../shared/drafts.ts'
import type { Local } from './database.ts'

/** What a person chose on one site: how far the panel was moved from where it docks, in CSS pixels. */
const SiteChoice = z.object({
  site: SiteOrigin,
  moved: z.object({ dx: z.number(), dy: z.number() }),
})
type SiteChoice = z.infer<typeof SiteChoice>

export const readSiteChoice = async (local: Local, site: string): Promise<SiteChoice | undefined> =>
  SiteChoice.safeParse(await local.sites.get(site)).data

export const keepSiteChoice = async (local: Local, choice: SiteChoice): Promise<void> => {
  await local.sites.put(choice)
}
