import type { Member, Role } from '../../shared/members.ts'

/** Keys, models, the cap and the audit log are for owners and admins. The vault decides; this only spares them the question. */
export const mayManage = (role: Role): boolean => role === 'owner' || role === 'admin'

/** Light agents see whether AI is on and nothing that costs or counts. */
export const mayDraft = (role: Role): boolean => role !== 'light-agent'

/** Spend and receipts: one's own for those who draft, everybody's with the reports flag. */
export const maySeeBooks = ({ role, seesReports }: Pick<Member, 'role' | 'seesReports'>): boolean =>
  mayDraft(role) || seesReports

/** Whose figures are everybody's, and not only one's own. */
export const seesEverybody = ({ role, seesReports }: Pick<Member, 'role' | 'seesReports'>): boolean =>
  mayManage(role) || seesReports
