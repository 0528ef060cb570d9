import type { ComponentType } from 'react'
import type { Member } from '../../shared/members.ts'
import type { Status } from '../../shared/status.ts'
import { mayDraft, mayManage, maySeeBooks } from '../ui/rights.ts'
import { AlertsTab } from './alerts.tsx'
import { AuditTab } from './audit.tsx'
import { CapsTab } from './caps.tsx'
import { ChannelsTab } from './channels.tsx'
import { KeysTab } from './keys.tsx'
import { PlaygroundTab } from './playground.tsx'
import { ReceiptsTab } from './receipts.tsx'
import { type PageName, pageNames, type Route } from './route.ts'
import { SettingsTab } from './settings.tsx'
import { SpendTab } from './spend.tsx'
import { StatementsTab } from './statements.tsx'
import { TeamTab } from './team.tsx'

/** What every page is given. `status` is undefined while the vault does not answer. */
export type PageProps = { readonly route: Route; readonly status: Status | undefined }

/**
 * Whose page it is is decided by the vault at each request; `isFor` only spares a member pages that would refuse. Undefined:
 * the vault does not say who asks; then what a browser can show by itself is left.
 */
type Page = {
  readonly isFor: (member: Member | undefined) => boolean
  readonly Content: ComponentType<PageProps>
}

const forReaders = (member: Member | undefined): boolean => member === undefined || maySeeBooks(member)
const forDrafters = (member: Member | undefined): boolean => member !== undefined && mayDraft(member.role)
const forMembers = (member: Member | undefined): boolean => member !== undefined
const forManagers = (member: Member | undefined): boolean => member !== undefined && mayManage(member.role)

const pages: Readonly<Partial<Record<PageName, Page>>> = {
  spend: { isFor: forReaders, Content: SpendTab },
  receipts: { isFor: forReaders, Content: ReceiptsTab },
  statements: { isFor: forManagers, Content: StatementsTab },
  caps: { isFor: forManagers, Content: CapsTab },
  alerts: { isFor: forManagers, Content: AlertsTab },
  keys: { isFor: forManagers, Content: KeysTab },
  team: { isFor: forMembers, Content: TeamTab },
  channels: { isFor: forManagers, Content: ChannelsTab },
  playground: { isFor: forDrafters, Content: PlaygroundTab },
  audit: { isFor: forManagers, Content: AuditTab },
  settings: { isFor: () => true, Content: SettingsTab },
}

/** The pages of a member in the order of the navigation. */
export const pagesOf = (member: Member | undefined): readonly PageName[] =>
  pageNames.filter((name) => pages[name]?.isFor(member))

/** What the address means to a member. A page that is not for them is unknown, as if there were none at all. */
export const pageAt = (member: Member | undefined, { page }: Route): PageName | undefined => {
  const mine = pagesOf(member)
  return page === 'home' ? mine[0] : mine.find((name) => name === page)
}

export const contentOf = (page: PageName): Page['Content'] | undefined => pages[page]?.Content
