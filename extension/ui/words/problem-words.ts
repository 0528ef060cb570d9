/** `happened` says what is true now and what was not lost; `todo` is the one next step. Both are whole sentences. */
export type ProblemWords = { readonly happened: string; readonly todo: string }
