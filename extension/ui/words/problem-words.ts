/**
 * `happened` says what is true now and what was not lost; `todo` is the one next step, and `admin` that of an owner or admin where it is another
 * one. All are whole sentences.
 */
export type ProblemWords = { readonly happened: string; readonly todo: string; readonly admin?: string }
