/** What the popup shows. Everything but `home` has a way back to it. */
export type View =
  /** `returned`: from a step below, so that the focus goes to its heading and not nowhere. */
  | { readonly view: 'home'; readonly returned: boolean }
  | { readonly view: 'connect' }
  | { readonly view: 'replace'; readonly keyId: string }
  | { readonly view: 'model'; readonly keyId: string }
  | { readonly view: 'disconnect'; readonly keyId: string }
  | { readonly view: 'cap' }
  | { readonly view: 'add-browser' }
  | { readonly view: 'sign-out' }

export type Go = (view: View) => void

export const begin: View = { view: 'home', returned: false }
export const home: View = { view: 'home', returned: true }
