/** What the popup shows. Everything but `home` has a way back to it. */
export type View =
  | { readonly view: 'home' }
  | { readonly view: 'connect' }
  | { readonly view: 'replace'; readonly keyId: string }
  | { readonly view: 'model'; readonly keyId: string }
  | { readonly view: 'disconnect'; readonly keyId: string }
  | { readonly view: 'cap' }
  | { readonly view: 'add-browser' }
  | { readonly view: 'sign-out' }

export type Go = (view: View) => void
export const home: View = { view: 'home' }
