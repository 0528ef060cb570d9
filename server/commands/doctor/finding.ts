/** One thing that was looked at. `todo` is one line of what to do, where there is something. */
export type Finding = {
  readonly check: string
  readonly state: 'good' | 'warning' | 'bad'
  readonly says: string
  readonly todo?: string
}

/** As it has to be. */
export const good = (check: string, says: string): Finding => ({ check, state: 'good', says })

/** Nothing is broken, but somebody should know. */
export const warning = (check: string, says: string, todo: string): Finding => ({
  check,
  state: 'warning',
  says,
  todo,
})

/** Broken; the vault's word cannot be relied on here. */
export const bad = (check: string, says: string, todo: string): Finding => ({
  check,
  state: 'bad',
  says,
  todo,
})

/** `1 row`, `2 rows`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

const RESTORE =
  'Somebody or something changed the database: compare it with the newest backup, and keep both before you repair anything.'

/** For what no Ownkey writes by itself. */
export const tampered = (check: string, says: string): Finding => bad(check, says, RESTORE)
