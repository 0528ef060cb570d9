/** A file, and what it is called. */
export type NamedFile = { readonly name: string; readonly content: Blob }

/** A name that every file system takes. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || 'workspace'

/** Hands a file to the browser, which stores it as every download. */
export const download = ({ name, content }: NamedFile): void => {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
