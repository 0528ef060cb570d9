import { createContext, useContext } from 'react'
import type { Role } from '../../../shared/members.ts'
import { mayManage } from '../rights.ts'

/** To whom a surface speaks: owners and admins, who see to keys and caps, or everybody else. */
export type Reader = 'admin' | 'others'

/** Whom this member is spoken to as; a member that is not known yet as everybody else. */
export const readerOf = (member: { readonly role: Role } | undefined): Reader =>
  member !== undefined && mayManage(member.role) ? 'admin' : 'others'

const Readers = createContext<Reader>('others')

export const ReaderProvider = Readers.Provider

export const useReader = (): Reader => useContext(Readers)
